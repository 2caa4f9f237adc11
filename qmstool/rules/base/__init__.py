"""Define what a rule is, and hold what rules of several families share."""
