"""Run checks for the command line: plain, cached, compared, fixed, watched."""
