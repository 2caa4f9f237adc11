"""Declare the data files of a manual: their keys, the kinds of their values, and what each is for.

The loader, the messages about what does not fit, and the JSON Schemas of editors all read these
declarations. The notes are shown to users.
"""
