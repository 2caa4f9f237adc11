"""Parse a command line, run one command, print, return the exit status; only this room speaks."""
