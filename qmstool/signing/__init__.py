"""From a frozen candidate to the record of the decision that was signed."""
