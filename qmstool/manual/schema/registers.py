"""Declare the registers: external documents, records, abbreviations."""

from __future__ import annotations

from qmstool.manual.schema.fields import NOTE, SCHEMA, field, keyed, many, required
from qmstool.parsing.yaml.schema import Schema
from qmstool.parsing.yaml.schema import ValueKind as K

# A table reads best as one: a line for each key.
# fmt: off
STATUSES = (
    "in_force", "amended", "partly_superseded", "superseded", "repealed", "in_transition",
    "unknown",
)
EXTERNAL = Schema("external", (
    required("number", K.TEXT, "số hiệu, hoặc unknown", "number, or unknown"),
    required("type", K.TEXT, "loại văn bản", "type"),
    required("issuer", K.TEXT, "cơ quan ban hành", "issuer"),
    required("title", K.TEXT, "tên văn bản", "title"),
    many("names", K.TEXT, "các cách gọi khác trong văn bản", "other names in running text"),
    field("issued", K.DATE, "ngày ban hành", "date of issue"),
    field("effective", K.DATE, "ngày hiệu lực", "effective date"),
    field("expired", K.DATE, "ngày hết hiệu lực", "day it ceased"),
    required("status", K.CHOICE, "tình trạng hiệu lực", "status", STATUSES),
    many("amended_by", K.TEXT, "được sửa đổi bởi", "amended by"),
    many("superseded_by", K.TEXT, "được thay thế bởi", "superseded by"),
    field("url", K.ADDRESS, "địa chỉ đọc văn bản", "where to read it"),
    field("checked_on", K.DATE, "ngày rà soát hiệu lực", "day its status was checked"),
    field("checked_by", K.TEXT, "người rà soát", "who checked"),
    field("evidence", K.TEXT, "căn cứ của lần rà soát", "what the check rests on"),
    NOTE,
))
EXTERNALS = Schema("external.yml", (
    SCHEMA,
    keyed("documents", EXTERNAL, "tài liệu bên ngoài", "external documents", required=True),
))
RECORD = Schema("record", (
    required("title", K.TEXT, "tên hồ sơ", "title"),
    field("form", K.DOCUMENT, "biểu mẫu", "form it is made on"),
    field("owner", K.UNIT, "đơn vị lưu", "unit that keeps it"),
    required("retention", K.TEXT, "thời hạn bảo quản", "retention period"),
    field("place", K.TEXT, "nơi lưu", "where it is kept"),
    field("disposition", K.TEXT, "cách xử lý khi hết hạn", "what happens afterwards"),
    NOTE,
))
RECORDS = Schema("records.yml", (
    SCHEMA,
    keyed("records", RECORD, "hồ sơ", "records", required=True),
))
ABBREVIATION = Schema("abbreviation", (
    required("expansion", K.TEXT, "viết đầy đủ", "expansion"),
    field("inferred", K.FLAG, "suy ra, sổ tay không ghi", "inferred; the manual never says"),
    NOTE,
))
ABBREVIATIONS = Schema("abbreviations.yml", (
    SCHEMA,
    keyed("abbreviations", ABBREVIATION, "chữ viết tắt", "abbreviations", required=True),
))
