"""Declare standards: catalogues of clauses, transitions, harmonized clauses, mappings."""

from __future__ import annotations

from qmstool.manual.schema.fields import BILINGUAL_NOTE, NOTE, SCHEMA, field, keyed, many, required
from qmstool.parsing.yaml.schema import Schema
from qmstool.parsing.yaml.schema import ValueKind as K

# A table reads best as one: a line for each key.
# fmt: off
TRANSITIONS = ("carried", "changed", "new", "merged", "split", "withdrawn")
REASONS = ("law", "contract", "risk")
IMPLEMENTED = ("yes", "partly", "planned")
CHECKED = field("checked", K.CHOICE,
    "đọc được ở mấy nguồn công khai", "in how many public sources it was read",
    ("two", "one", "unverified"))
SOURCES = many("sources", K.TEXT, "đọc được ở những nguồn nào", "the sources it was read in")
CLAUSE = Schema("clause", (
    field("vi", K.TEXT, "tên tiếng Việt", "Vietnamese title"),
    field("en", K.TEXT, "tên tiếng Anh", "English title"),
    many("unverified", K.TEXT, "phần chưa kiểm chứng", "what is unverified"),
    CHECKED,
    field("maintain", K.CHOICE,
        "phải có tài liệu", "a document is demanded", ("always", "conditional")),
    field("retain", K.CHOICE,
        "phải lưu hồ sơ", "a record is demanded", ("always", "conditional")),
    field("comment", K.BILINGUAL, "chú thích", "comment"),
    field("ask", K.BILINGUAL,
        "điều phải hỏi, sổ tay không tự chứng minh được", "what to ask, since no manual proves it"),
))
CHANGE = Schema("change", (
    required("kind", K.CHOICE,
        "loại thay đổi", "kind of change", ("added", "changed", "note")),
    field("comment", K.BILINGUAL, "chú thích", "comment"),
    field("ask", K.BILINGUAL,
        "điều phải hỏi, sổ tay không tự chứng minh được", "what to ask, since no manual proves it"),
))
CATALOGUE = Schema("catalogue", (
    SCHEMA,
    required("standard", K.TEXT, "tiêu chuẩn", "standard"),
    required("edition", K.TEXT, "ấn bản", "edition"),
    required("title", K.BILINGUAL, "tên ngắn", "short title"),
    many("cited_as", K.TEXT, "cách gọi trong văn bản", "how text names it"),
    BILINGUAL_NOTE,
    field("unverified", K.FLAG, "chưa kiểm chứng", "unverified"),
    SOURCES,
    CHECKED,
    field("amends", K.SLUG, "sửa đổi danh mục nào", "catalogue it amends"),
    keyed("changes", CHANGE, "điều khoản bị sửa đổi", "clauses it changes"),
    keyed("clauses", CLAUSE, "các điều khoản", "clauses"),
))
LINE = Schema("line", (
    required("kind", K.CHOICE, "loại chuyển đổi", "kind", TRANSITIONS),
    many("from", K.CLAUSE, "điều khoản ấn bản cũ", "clauses of the old edition"),
    many("to", K.CLAUSE, "điều khoản ấn bản mới", "clauses of the new edition"),
    field("comment", K.BILINGUAL, "chú thích", "comment"),
    field("unverified", K.FLAG, "chưa kiểm chứng", "unverified"),
    CHECKED,
))
MILESTONE = Schema("milestone", (
    required("day", K.DATE, "ngày", "the day"),
    required("what", K.BILINGUAL, "điều có hiệu lực từ ngày ấy", "what holds from that day"),
    CHECKED,
))
TRANSITION = Schema("transition", (
    SCHEMA,
    required("from", K.SLUG, "từ danh mục", "from catalogue"),
    required("to", K.SLUG, "sang danh mục", "to catalogue"),
    field("unverified", K.FLAG, "chưa kiểm chứng", "unverified"),
    BILINGUAL_NOTE,
    SOURCES,
    CHECKED,
    many("dates", MILESTONE,
        "các mốc của kỳ chuyển đổi", "the days of the transition period"),
    many("lines", LINE, "từng dòng chuyển đổi", "the lines", required=True),
))
MEANING = Schema("meaning", (
    field("vi", K.TEXT, "tên tiếng Việt", "Vietnamese title"),
    field("en", K.TEXT, "tên tiếng Anh", "English title"),
    CHECKED,
    keyed("clauses", K.TEXT,
        "số điều khoản ở từng danh mục", "its number in each catalogue", required=True),
))
HARMONIZED = Schema("harmonized.yml", (
    SCHEMA,
    BILINGUAL_NOTE,
    SOURCES,
    CHECKED,
    keyed("meanings", MEANING,
        "các điều khoản cùng nghĩa", "clauses that mean the same", required=True),
))
EXCLUDED = Schema("excluded", (
    field("reason", K.TEXT, "lý do không áp dụng", "justification"),
))
REASON = Schema("reason", (
    required("by", K.CHOICE,
        "vì luật, hợp đồng hay rủi ro", "demanded by law, a contract or a risk", REASONS),
    field("what", K.TEXT, "luật nào, hợp đồng nào, rủi ro nào", "which one"),
))
ROW = Schema("row", (
    field("section", K.SECTION,
        "mục của sổ tay đáp ứng điều khoản này", "section that answers the clause"),
    many("documents", K.DOCUMENT, "tài liệu nội bộ", "controlled documents"),
    many("external", K.EXTERNAL, "tài liệu bên ngoài", "external documents"),
    many("records", K.RECORD, "hồ sơ chứng minh", "records"),
    field("role", K.ROLE, "vai trò chịu trách nhiệm", "responsible role"),
    many("covers", K.CLAUSE,
        "điều khoản con mà mục này trả lời luôn", "lower clauses answered too"),
    field("excluded", EXCLUDED, "không áp dụng, kèm lý do", "not applicable, with its reason"),
    many("because", REASON,
        "vì sao áp dụng biện pháp kiểm soát này", "why the control is applicable"),
    field("implemented", K.CHOICE,
        "đã thực hiện chưa", "whether it is implemented", IMPLEMENTED),
    field("planned", K.DATE, "ngày dự kiến thực hiện xong", "day by which it is to be implemented"),
    NOTE,
))
MAPPING = Schema("mapping", (
    SCHEMA,
    required("catalogue", K.SLUG, "danh mục điều khoản", "catalogue"),
    field("follows", K.SLUG,
        "lấy dòng của bảng ánh xạ nào cho điều khoản cùng nghĩa",
        "whose mapping answers clauses of the same meaning"),
    keyed("clauses", ROW, "từng điều khoản", "a row for each clause", required=True),
))
