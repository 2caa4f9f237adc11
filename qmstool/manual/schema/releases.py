"""Declare releases and what is prepared for one."""

from __future__ import annotations

from qmstool.manual.schema.fields import EVIDENCE, RECORD_SCHEMA, field, many, required
from qmstool.parsing.yaml.schema import Schema
from qmstool.parsing.yaml.schema import ValueKind as K

# A table reads best as one: a line for each key.
# fmt: off
ACTS = ("new", "revise", "reissue", "correct", "withdraw")
CLAIMS = ("issue", "revision", "date", "effective", "signer")
LEVELS = ("signed-file", "paper", "scan", "none")
INSTRUMENTS = ("decision", "cover", "notice", "unknown")
INSTRUMENT = Schema("instrument", (
    required("kind", K.CHOICE, "loại văn bản ban hành", "kind of instrument", INSTRUMENTS),
    field("number", K.TEXT, "số", "number"),
    field("date", K.DATE, "ngày ký", "date"),
))
SIGNER = Schema("signer", (
    required("person", K.TEXT, "người ký", "person"),
    field("role", K.TEXT, "chức vụ", "role"),
    field("capacity", K.TEXT, "tư cách ký", "capacity"),
))
PIN = Schema("pin", (
    required("path", K.TEXT, "đường dẫn", "path"),
    required("blob", K.HASH, "mã blob trong git", "git blob"),
    field("digest", K.HASH, "mã kiểm tra SHA-256", "SHA-256 digest"),
))
CLAIM = Schema("claim", (
    required("what", K.CHOICE, "điều gì: lần ban hành, ngày ký …", "what is claimed", CLAIMS),
    required("value", K.TEXT, "văn bản ghi thế nào", "what the text says"),
    field("stood", K.TEXT, "ghi ở đâu: bìa, bảng đầu trang", "where it stood: cover, header"),
))
TAKEN_OVER = Schema("taken-over", (
    required("level", K.CHOICE,
        "mức bằng chứng của việc phê duyệt", "what the approval is evidenced by", LEVELS),
    many("claims", CLAIM, "điều văn bản tự ghi", "what the text itself claims"),
))
ITEM = Schema("item", (
    required("code", K.DOCUMENT, "mã hoặc tên ngắn của tài liệu", "code or key"),
    required("act", K.CHOICE, "việc ban hành", "what the release does", ACTS),
    required("title", K.TEXT, "tên tài liệu", "title"),
    field("issue", K.TEXT, "lần ban hành", "issue"),
    field("revision", K.TEXT, "lần sửa đổi", "revision"),
    field("digest", K.HASH, "mã kiểm tra nội dung", "content digest"),
    many("files", PIN, "các tệp", "files"),
    field("summary", K.TEXT, "tóm tắt thay đổi", "summary"),
    field("reason", K.TEXT, "lý do", "reason"),
    field("follows", K.NUMBER,
        "được so sánh với bản của đợt nào; 0: chưa có bản nào có hiệu lực",
        "the release whose text it was compared with; 0: nothing was in force"),
    field("taken_over", TAKEN_OVER,
        "tiếp nhận bản đã ký trên giấy, không ban hành",
        "taken over as it was signed on paper, and not issued"),
))
APPROVAL = Schema("approval", (
    required("person", K.TEXT, "người phê duyệt ở cấp này", "who approved at this step"),
    field("role", K.TEXT, "chức vụ", "role"),
    field("capacity", K.TEXT, "tư cách ký", "capacity"),
    field("date", K.DATE, "ngày ký", "day of signing"),
))
RELEASE = Schema("release", (
    RECORD_SCHEMA,
    required("release", K.NUMBER, "số thứ tự", "sequence"),
    field("imported", K.FLAG, "bản tiếp nhận", "an imported baseline"),
    required("title", K.TEXT, "tên đợt ban hành", "title"),
    required("instrument", INSTRUMENT, "văn bản ban hành", "issuing instrument"),
    required("signer", SIGNER, "người ký", "signer"),
    many("approvals", APPROVAL,
        "những người phê duyệt trước người ký, theo thứ tự",
        "who approved before the signer, in their order"),
    required("effective", K.DATE, "ngày hiệu lực", "effective date"),
    many("evidence", EVIDENCE, "bằng chứng", "evidence"),
    required("recorder", K.TEXT, "người ghi nhận", "recorder"),
    field("recorded", K.DATE, "ngày ghi nhận", "day it was recorded"),
    field("tool", K.TEXT, "phiên bản công cụ", "version of the tool"),
    many("catalogues", K.SLUG, "danh mục điều khoản", "catalogues"),
    many("mends", K.NUMBER, "thay cho bản ghi sai số", "records that this one puts right"),
    many("cancels", K.NUMBER,
        "đợt chưa có hiệu lực bị đợt này thay", "scheduled releases it replaces"),
    field("replaces_record", K.NUMBER,
        "thay cho phần tiếp nhận nhầm của đợt số",
        "the record whose mistaken take-over it replaces"),
    field("reason", K.TEXT, "vì sao thay", "why it is replaced"),
    field("as_signed", K.FLAG,
        "người ký xem bản so sánh với một bản khác bản đang có hiệu lực",
        "the signer saw a comparison with another version than the one in force"),
    field("without_evidence", K.FLAG,
        "ghi nhận khi chưa có bằng chứng phê duyệt", "recorded with the approval not evidenced"),
    required("previous", K.HASH, "mã kiểm tra của đợt trước", "digest of the previous release"),
    many("basis", PIN, "dữ liệu kèm theo", "data in force beside the texts", required=True),
    many("items", ITEM, "các tài liệu", "documents", required=True),
))
CANDIDATE = Schema("candidate", (
    RECORD_SCHEMA,
    required("candidate", K.SLUG, "tên ngắn của hồ sơ trình ký", "short name of the candidate"),
    required("title", K.TEXT, "tên đợt ban hành", "title of the release"),
    required("commit", K.HASH, "phiên bản git được chốt", "the commit that was frozen"),
    required("prepared", K.DATE, "ngày lập", "day it was prepared"),
    field("effective", K.DATE,
        "ngày hiệu lực ghi trong dự thảo quyết định",
        "effective date that the draft decision names"),
    field("tool", K.TEXT, "phiên bản công cụ", "version of the tool"),
    many("catalogues", K.SLUG, "danh mục điều khoản", "catalogues"),
    many("basis", PIN, "dữ liệu kèm theo", "data beside the texts", required=True),
    many("items", ITEM, "các tài liệu", "documents", required=True),
))
