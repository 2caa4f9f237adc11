"""Give rules the words of a text: blocks of prose, sentences, spans, phrases and titles."""
