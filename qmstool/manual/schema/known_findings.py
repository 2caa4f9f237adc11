"""Declare a file of known findings."""

from __future__ import annotations

from qmstool.manual.schema.fields import SCHEMA, field, many, required
from qmstool.parsing.yaml.schema import Schema
from qmstool.parsing.yaml.schema import ValueKind as K

# A table reads best as one: a line for each key.
# fmt: off
KNOWN_ENTRY = Schema("debt", (
    required("rule", K.TEXT, "quy tắc, như QMS101", "rule, such as QMS101"),
    required("path", K.TEXT, "tệp", "file"),
    field("words", K.TEXT, "những chữ bị báo", "the words under the finding"),
    required("count", K.NUMBER, "mấy chỗ", "how many places"),
))
KNOWN_FINDINGS = Schema("debts", (
    SCHEMA,
    field("since", K.DATE, "ngày lập tệp", "day on which the file was made"),
    many("debts", KNOWN_ENTRY,
        "các lỗi đã biết, chưa sửa", "findings known and not yet fixed", required=True),
))
