"""Declare the front matter of a document."""

from __future__ import annotations

from qmstool.i18n import Text
from qmstool.manual.schema.fields import NOTE, field, many, one_or_more, required
from qmstool.parsing.yaml.schema import Schema
from qmstool.parsing.yaml.schema import ValueKind as K

# A table reads best as one: a line for each key.
# fmt: off
PAPER = Schema("paper", (
    field("issue", K.TEXT, "lần ban hành ghi trên bản giấy", "issue on paper"),
    field("revision", K.TEXT, "lần sửa đổi ghi trên bản giấy", "revision on paper"),
    field("effective", K.DATE, "ngày hiệu lực ghi trên bản giấy", "effective date on paper"),
))
COPY = Schema("distribution", (
    required("unit", K.UNIT, "đơn vị nhận", "unit that receives"),
    field("medium", K.CHOICE,
        "bản giấy hay điện tử", "paper or electronic", ("paper", "electronic")),
    field("copies", K.NUMBER, "số bản", "how many copies"),
))
DOCUMENT = Schema("document", (
    required("code", K.TEXT, "mã tài liệu, hoặc unknown", "code, or unknown"),
    field("key", K.SLUG,
        "tên ngắn thay mã khi chưa biết mã", "short name while the code is unknown"),
    required("type", K.TYPE, "loại tài liệu trong qms.yml", "a type of qms.yml"),
    required("title", K.TEXT, "tên tài liệu", "title"),
    many("names", K.TEXT, "các cách gọi khác trong văn bản", "other names in running text"),
    field("owner", K.OWNER, "đơn vị chủ trì", "owner"),
    many("authors", K.HOLDER, "người biên soạn", "authors"),
    many("reviewers", K.HOLDER, "người xem xét", "reviewers"),
    one_or_more("approver", K.ROLE,
        "vai trò phê duyệt; nhiều cấp thì liệt kê theo thứ tự",
        "role that approves; several: a list in their order"),
    field("review_months", K.NUMBER, "chu kỳ xem xét, tháng", "review interval, months"),
    field("retention", K.TEXT, "thời hạn bảo quản", "retention period"),
    many("distribution", COPY, "nơi nhận", "who receives it"),
    many("replaces", K.DOCUMENT, "thay cho những tài liệu nào", "documents it replaces"),
    field("withdraw", K.CHOICE,
        "đề nghị bãi bỏ ở đợt ban hành tới", "to be withdrawn by the next release", ("next",)),
    field("text", K.CHOICE,
        "nội dung có giữ ở đây không", "whether the text is kept here",
        choices=("held", "not-held")),
    field("paper", PAPER, "bản giấy ghi gì", "what the paper says"),
    field("file", K.TEXT, "tệp Word/Excel của biểu mẫu", "the form's Word/Excel file"),
    field("parent", K.DOCUMENT, "tài liệu mà biểu mẫu thuộc về", "document a form belongs to"),
    many("records", K.RECORD, "hồ sơ sinh ra", "records it produces"),
    field("issue", K.TEXT, "lần ban hành mà văn bản tự ghi", "issue that the text claims"),
    field("revision", K.TEXT, "lần sửa đổi mà văn bản tự ghi", "revision that the text claims"),
    field("date", K.DATE, "ngày ký mà văn bản tự ghi", "day of signing that the text claims"),
    field("effective", K.DATE,
        "ngày hiệu lực mà văn bản tự ghi", "effective date that the text claims"),
    field("signer", K.TEXT, "người ký mà văn bản tự ghi", "signer that the text claims"),
    NOTE,
), hint=Text(
    " Trường của công cụ khác thì khai trong qms.yml: «front_matter» nếu là một trường của ta, "
    "«front_matter_unread» nếu không cần đọc; hoặc đặt tên bắt đầu bằng x-.",
    " Declare a key of another tool in qms.yml: under front_matter if it means one of ours, under "
    "front_matter_unread if it is not to be read; or let its name begin with x-.",
))
