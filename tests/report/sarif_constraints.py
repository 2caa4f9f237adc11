"""What SARIF 2.1.0 demands of the objects that our report uses, written by hand from the OASIS text.

No package of the index carries the published schema, so it is not copied here. These objects are closed as the published ones are,
less the names of the standard that we do not write: a new name has to be looked up there and put here.
"""

from __future__ import annotations

from typing import Any


def _object(required: tuple[str, ...], /, **properties: object) -> dict[str, Any]:
    return {"type": "object", "required": list(required), "additionalProperties": False, "properties": properties}


def _list(of: object, **more: object) -> dict[str, Any]:
    return {"type": "array", "items": of, **more}


STRING = {"type": "string"}
NATURAL = {"type": "integer", "minimum": 1}
BAG = {"type": "object", "properties": {"tags": _list(STRING, uniqueItems=True)}}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
MESSAGE = {**_object((), text=STRING, markdown=STRING, id=STRING, arguments=_list(STRING)), "anyOf": [{"required": ["text"]}]}
MULTIFORMAT = _object(("text",), text=STRING, markdown=STRING)
REGION = _object((), startLine=NATURAL, startColumn=NATURAL, endLine=NATURAL, endColumn=NATURAL)
ARTIFACT = _object((), uri={**STRING, "pattern": r"^[!-~]*$"}, uriBaseId=STRING)
PHYSICAL = _object(("artifactLocation",), artifactLocation=ARTIFACT, region=REGION)
LOCATION = _object((), id={"type": "integer", "minimum": -1}, physicalLocation=PHYSICAL, message=MESSAGE)
SUPPRESSION = _object(
    ("kind",),
    kind={"enum": ["inSource", "external"]},
    justification=STRING,
    status={"enum": ["accepted", "underReview", "rejected"]},
)
RULE_REFERENCE = {**_object((), id=STRING, index={"type": "integer", "minimum": -1}), "anyOf": [{"required": ["id"]}]}
NOTIFICATION = _object(("message",), message=MESSAGE, level=LEVEL, associatedRule=RULE_REFERENCE, descriptor=RULE_REFERENCE)
INVOCATION = _object(
    ("executionSuccessful",), executionSuccessful={"type": "boolean"}, toolExecutionNotifications=_list(NOTIFICATION)
)
RULE = _object(
    ("id",),
    id=STRING,
    name=STRING,
    shortDescription=MULTIFORMAT,
    fullDescription=MULTIFORMAT,
    help=MULTIFORMAT,
    helpUri={**STRING, "format": "uri"},
    defaultConfiguration=_object((), level=LEVEL, enabled={"type": "boolean"}),
    properties=BAG,
)
DRIVER = _object(
    ("name",), name=STRING, version=STRING, semanticVersion=STRING, informationUri=STRING, rules=_list(RULE, uniqueItems=True)
)
RESULT = _object(
    ("message",),
    ruleId=STRING,
    ruleIndex={"type": "integer", "minimum": -1},
    level=LEVEL,
    message=MESSAGE,
    locations=_list(LOCATION),
    relatedLocations=_list(LOCATION, uniqueItems=True),
    partialFingerprints={"type": "object", "additionalProperties": STRING},
    suppressions=_list(SUPPRESSION, uniqueItems=True),
    baselineState={"enum": ["new", "unchanged", "updated", "absent"]},
    properties=BAG,
)
RUN = _object(
    ("tool",),
    tool=_object(("driver",), driver=DRIVER),
    language={**STRING, "pattern": "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$"},
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    invocations=_list(INVOCATION),
    results=_list(RESULT),
)
LOG = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    **_object(
        ("version", "runs"),
        **{"$schema": STRING, "version": {"const": "2.1.0"}, "runs": _list(RUN)},
    ),
}
