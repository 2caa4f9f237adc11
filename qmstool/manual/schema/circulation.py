"""Declare what goes round: opinions, copies, reviews, readings, revoked keys."""

from __future__ import annotations

from qmstool.manual.schema.fields import EVIDENCE, NOTE, SCHEMA, field, many, required
from qmstool.parsing.yaml.schema import Schema
from qmstool.parsing.yaml.schema import ValueKind as K

# A table reads best as one: a line for each key.
# fmt: off
ANSWERS = ("agrees", "comments", "no-comment")
REVIEW_OUTCOMES = ("stands", "returned")
ASKED = Schema("asked", (
    required("unit", K.UNIT, "đơn vị được hỏi", "unit that is asked"),
    many("documents", K.DOCUMENT,
        "về tài liệu nào; bỏ trống là tất cả", "on which documents; none: all"),
    required("sent", K.DATE, "ngày gửi", "day it was sent"),
    field("by", K.TEXT, "người gửi", "who sent it"),
    field("reference", K.TEXT, "số công văn, phiếu gửi", "number of the letter"),
    field("due", K.DATE, "hạn trả lời", "day the answer is due"),
    field("answered", K.DATE,
        "ngày trả lời; bỏ trống là chưa", "day of the answer; not yet, if absent"),
    field("answer", K.CHOICE, "ý kiến", "the answer", ANSWERS),
    field("person", K.TEXT, "người trả lời", "who answered"),
    field("comment", K.TEXT, "nội dung góp ý", "what was commented"),
    field("response", K.TEXT, "tiếp thu, giải trình", "what was made of it"),
    many("evidence", EVIDENCE, "bằng chứng", "evidence"),
    NOTE,
))
SIGNED = Schema("signed", (
    required("as", K.CHOICE, "ký với tư cách", "signed as", ("author", "reviewer")),
    many("documents", K.DOCUMENT,
        "những tài liệu nào; bỏ trống là tất cả", "which documents; none: all"),
    required("person", K.TEXT,
        "ai: người trong qms.yml, hoặc họ tên", "who: a person of qms.yml, or a name"),
    field("role", K.TEXT, "chức vụ", "title"),
    field("unit", K.UNIT, "đơn vị", "unit"),
    required("date", K.DATE, "ngày ký", "day of signing"),
    many("evidence", EVIDENCE, "bằng chứng", "evidence"),
    NOTE,
))
OPINIONS = Schema("opinions", (
    SCHEMA,
    required("candidate", K.SLUG, "hồ sơ trình ký nào", "which candidate"),
    field("draft", K.HASH, "phiên bản git đã gửi", "the commit that was sent"),
    many("asked", ASKED, "lấy ý kiến các đơn vị", "units that were asked"),
    many("signed", SIGNED, "người biên soạn, xem xét đã ký", "authors and reviewers that signed"),
))
HANDED = Schema("copy", (
    required("document", K.DOCUMENT, "bản của tài liệu nào", "document it is a copy of"),
    required("release", K.NUMBER, "nội dung của đợt ban hành nào", "release whose text it bears"),
    required("unit", K.UNIT, "đơn vị giữ", "unit that holds it"),
    field("number", K.TEXT, "bản số", "number of the copy"),
    field("medium", K.CHOICE,
        "bản giấy hay điện tử", "paper or electronic", ("paper", "electronic")),
    field("copies", K.NUMBER, "mấy bản", "how many copies"),
    required("handed_out", K.DATE, "ngày phát", "day it was handed out"),
    field("to", K.TEXT, "người nhận", "who received it"),
    field("received", K.DATE, "ngày ký nhận", "day the receipt was signed"),
    field("recalled", K.DATE, "ngày thu hồi", "day it was recalled"),
    field("destroyed", K.DATE, "ngày hủy", "day it was destroyed"),
    field("lost", K.DATE, "ngày báo mất", "day it was reported lost"),
    many("evidence", EVIDENCE, "bằng chứng giao nhận", "evidence of the receipt"),
    NOTE,
))
COPIES = Schema("copies.yml", (
    SCHEMA,
    many("copies", HANDED, "các bản đã phát", "copies handed out", required=True),
))
TEXT_KEY = (
    required("document", K.DOCUMENT, "tài liệu nào", "which document"),
    required("issue", K.TEXT, "lần ban hành", "issue"),
    required("revision", K.TEXT, "lần sửa đổi", "revision"),
    required("check_code", K.TEXT, "mã kiểm tra của bản ấy", "check code of that text"),
)
REVIEW = Schema("review", (
    *TEXT_KEY,
    required("date", K.DATE, "ngày xem xét", "day of the review"),
    required("outcome", K.CHOICE,
        "kết quả: giữ nguyên, hoặc trả lại kèm góp ý", "stands as it is, or returned with comments",
        REVIEW_OUTCOMES),
    required("person", K.TEXT, "người xem xét", "who reviewed it"),
    field("comment", K.TEXT, "nội dung góp ý", "what was commented"),
    many("evidence", EVIDENCE, "bằng chứng", "evidence"),
    NOTE,
))
REVIEWS = Schema("reviews.yml", (
    SCHEMA,
    many("reviews", REVIEW, "các lần xem xét", "the reviews", required=True),
))
READING = Schema("reading", (
    *TEXT_KEY,
    required("person", K.TEXT, "người đã đọc và hiểu", "who read and understood it"),
    field("unit", K.UNIT, "đơn vị", "unit"),
    required("date", K.DATE, "ngày", "day"),
    many("evidence", EVIDENCE, "bằng chứng", "evidence"),
    NOTE,
))
READINGS = Schema("readings.yml", (
    SCHEMA,
    many("readings", READING, "những người đã đọc", "who has read what", required=True),
))
REVOKED_KEY = Schema("revoked key", (
    required("key", K.TEXT, "khóa công khai: ssh-ed25519 AAAA…", "public key: ssh-ed25519 AAAA…"),
    required("from", K.DATE,
        "không còn tin cậy từ ngày; unknown: mọi ngày", "untrusted from; unknown: always"),
    field("holder", K.TEXT, "khóa của ai", "whose key"),
    required("reason", K.TEXT, "lý do: mất, lộ, thôi việc", "why: lost, leaked, left"),
    field("reported", K.DATE, "ngày báo", "day it was reported"),
    many("evidence", EVIDENCE, "bằng chứng", "evidence"),
))
REVOKED = Schema("revoked.yml", (
    SCHEMA,
    many("revoked", REVOKED_KEY,
        "các khóa không còn tin cậy", "keys that are no longer trusted", required=True),
))
