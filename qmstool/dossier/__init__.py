"""Make the pages that lie before the signer: request, draft decision, texts, comparison."""
