"""Run the rules over a manual and make the report: runner, cache, known findings, comparison with a revision, fixes."""
