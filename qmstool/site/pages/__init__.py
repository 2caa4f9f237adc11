"""Make one kind of page each, from the edition to values that a template lays out."""
