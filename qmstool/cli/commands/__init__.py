"""Hold one module for each command, with `add(parser)` and `run(options) -> int`; `release` has one for each act."""
