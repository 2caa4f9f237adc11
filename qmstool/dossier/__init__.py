"""A candidate → the pages that lie before the signer: request, draft decision, texts, comparison, recipients."""
