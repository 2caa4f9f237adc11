"""Build the keys of a data file, and declare those that several files have."""

from __future__ import annotations

from qmstool.i18n import Text
from qmstool.parsing.yaml.schema import Field, Schema
from qmstool.parsing.yaml.schema import ValueKind as K


def field(name: str, kind: K | Schema, vi: str, en: str, choices: tuple[str, ...] = ()) -> Field:
    """Return a key that may be left out, with what it is for in Vietnamese and English."""
    return Field(name, kind, Text(vi, en), choices=choices)


def operation(name: str, kind: K | Schema, vi: str, en: str) -> Field:
    """Return a key of operation: no content of a release, today's value counts everywhere.

    The mark is for whoever reads the shapes; `Config.operation` and `Config.operated_as` do it,
    and tests/manual/test_config.py holds that they do it for every key that bears the mark.
    """
    return Field(name, kind, Text(vi, en), operation=True)


def required(name: str, kind: K | Schema, vi: str, en: str, choices: tuple[str, ...] = ()) -> Field:
    """Return a key that has to be there."""
    return Field(name, kind, Text(vi, en), required=True, choices=choices)


def many(name: str, kind: K | Schema, vi: str, en: str, *, required: bool = False) -> Field:
    """Return a key with a list of values of the kind."""
    return Field(name, kind, Text(vi, en), required=required, many=True)


def one_or_more(name: str, kind: K, vi: str, en: str) -> Field:
    """Return a key with one value of the kind, or a list of them."""
    return Field(name, kind, Text(vi, en), or_list=True)


def keyed(name: str, kind: K | Schema, vi: str, en: str, *, required: bool = False) -> Field:
    """Return a key with a mapping from free keys to values of the kind."""
    return Field(name, kind, Text(vi, en), required=required, keyed=True)


# A table reads best as one: a line for each key.
# fmt: off
NOTE = field("note", K.TEXT, "ghi chú", "a remark")
BILINGUAL_NOTE = field("note", K.BILINGUAL, "ghi chú", "a remark")
SCHEMA = required("schema", K.CHOICE,
    "phiên bản của dạng tệp", "version of the file's shape", ("1",))
# Records are never rewritten: those of the first shape stay, and are read as ever.
RECORD_SCHEMA = required("schema", K.CHOICE,
    "phiên bản của dạng tệp", "version of the file's shape", ("1", "2"))
EVIDENCE = Schema("evidence", (
    required("kind", K.TEXT, "loại bằng chứng", "kind"),
    field("file", K.TEXT, "tệp giữ kèm", "file kept"),
    field("reference", K.TEXT, "nơi tra cứu", "reference"),
    field("digest", K.HASH, "mã kiểm tra của tệp", "digest of the file"),
    field("original", K.TEXT, "bản gốc ở đâu", "where the original is"),
    field("publish", K.FLAG, "có đăng lên trang không", "whether the site shows it"),
))
