"""Hold one module for each command, with `add(parser)` and `run(options) -> int`."""
