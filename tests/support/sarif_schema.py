"""The published schema of SARIF 2.1.0; where it comes from is said beside it."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

import jsonschema

FILE = Path(__file__).parents[1] / "data" / "sarif" / "sarif-2.1.0-rtm.5.json"


@cache
def sarif() -> jsonschema.Draft7Validator:
    """A validator of reports; the file is the one that was published, or nothing is validated."""
    data = FILE.read_bytes()
    assert hashlib.sha256(data).hexdigest() in (FILE.parent / "README.md").read_text(
        encoding="utf-8"
    )
    schema = json.loads(data)
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    validator: jsonschema.Draft7Validator = kind(schema, format_checker=kind.FORMAT_CHECKER)
    return validator
