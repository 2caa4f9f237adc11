"""Parse a command line, run one command, print, and return the exit status: the only room that speaks to the user."""
