"""Check document control: data of documents, names, forms, people, copies, external documents."""
