"""Declare the process map."""

from __future__ import annotations

from qmstool.manual.schema.fields import NOTE, SCHEMA, field, keyed, many, required
from qmstool.parsing.yaml.schema import Schema
from qmstool.parsing.yaml.schema import ValueKind as K

# A table reads best as one: a line for each key.
# fmt: off
GROUP = Schema("group", (
    required("name", K.BILINGUAL, "tên nhóm", "name of the group"),
    NOTE,
))
PARTY = Schema("party", (
    required("name", K.BILINGUAL, "tên đối tượng bên ngoài", "name of the party"),
    field("side", K.CHOICE,
        "phía đầu vào hay đầu ra", "side it stands on", ("in", "out", "both")),
))
PROCESS = Schema("process", (
    required("title", K.BILINGUAL, "tên quá trình", "title"),
    required("group", K.GROUP, "nhóm", "group"),
    field("owner", K.ROLE, "vai trò chủ quá trình", "process owner"),
    field("procedure", K.DOCUMENT, "quy trình", "procedure"),
    many("inputs", K.TEXT, "đầu vào", "inputs"),
    many("outputs", K.TEXT, "đầu ra", "outputs"),
    many("clauses", K.CLAUSE, "điều khoản liên quan", "clauses"),
    NOTE,
))
FLOW = Schema("flow", (
    required("from", K.PROCESS, "từ", "from"),
    required("to", K.PROCESS, "đến", "to"),
    field("item", K.BILINGUAL, "cái được chuyển", "what flows"),
))
PROCESS_MAP = Schema("process-map.yml", (
    SCHEMA,
    required("title", K.BILINGUAL, "tên sơ đồ", "title"),
    NOTE,
    keyed("groups", GROUP, "các nhóm quá trình", "groups", required=True),
    keyed("parties", PARTY, "các đối tượng bên ngoài", "outside parties"),
    keyed("processes", PROCESS, "các quá trình", "processes", required=True),
    many("flows", FLOW, "các dòng chuyển", "flows"),
))
