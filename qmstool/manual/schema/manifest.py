"""Declare the settings of a manual, qms.yml."""

from __future__ import annotations

from qmstool.i18n import Text
from qmstool.manual.schema.fields import NOTE, SCHEMA, field, keyed, many, operation, required
from qmstool.parsing.yaml.schema import Field, Schema
from qmstool.parsing.yaml.schema import ValueKind as K

# A table reads best as one: a line for each key.
# fmt: off
NUMBERINGS = ("issue-revision", "revision", "major-minor", "in-code")
DOWNLOADS = ("pdf", "docx")
KEY_USAGES = ("non-repudiation", "digital-signature")
ORGANIZATION = Schema("organization", (
    required("name", K.TEXT, "tên đầy đủ của cơ quan", "full name of the organisation"),
    field("short", K.TEXT, "tên gọi tắt", "short name"),
))
SITE = Schema("site", (
    operation("url", K.TEXT, "địa chỉ trang web", "address of the site"),
    operation("edit_url", K.TEXT,
        "địa chỉ mở trình sửa; {path} là tệp", "address of the editor; {path} is the file"),
    operation("contact", K.TEXT, "nơi liên hệ", "whom to ask"),
    operation("stale_days", K.NUMBER,
        "dựng quá bao nhiêu ngày thì báo là cũ", "days until a site calls itself old"),
    Field("downloads", K.CHOICE,
        Text("cho tải tài liệu thành tệp nào", "as which files documents can be downloaded"),
        many=True, choices=DOWNLOADS, operation=True),
))
STANDARD = Schema("standard", (
    required("catalogue", K.SLUG, "danh mục điều khoản", "catalogue followed"),
    many("amendments", K.SLUG, "các bản sửa đổi kèm theo", "amendments followed"),
    field("transition", K.SLUG,
        "bảng chuyển đổi sang ấn bản sau", "transition to the next edition"),
))
TYPE = Schema("type", (
    required("name", K.BILINGUAL, "tên loại tài liệu", "name of the type"),
    field("plural", K.BILINGUAL, "tên khi nói về nhiều tài liệu", "name for many of them"),
    field("code", K.SHAPE,
        'khuôn mã, ví dụ "QT {unit} {nn}"', 'code shape, such as "QT {unit} {nn}"'),
    field("form_of", K.TYPE, "biểu mẫu của loại tài liệu nào", "forms of which type"),
    field("filled_in", K.FLAG,
        "hồ sơ đã điền, mang mã của biểu mẫu", "filled-in records, which bear their form's code"),
    field("review_months", K.NUMBER, "chu kỳ xem xét, tháng", "review interval, months"),
    field("numbering", K.CHOICE,
        "cách đánh số lần ban hành, sửa đổi", "numbering policy", NUMBERINGS),
    many("requires", K.TEXT, "các trường bắt buộc của loại này", "keys this type must have"),
))
UNIT = Schema("unit", (
    required("name", K.TEXT, "tên đơn vị", "name of the unit"),
    field("head", K.ROLE, "vai trò đứng đầu", "role that heads it"),
    operation("contact", K.TEXT, "nơi liên hệ", "whom to ask"),
    NOTE,
))
ROLE = Schema("role", (
    required("name", K.TEXT, "tên vai trò", "name of the role"),
    field("unit", K.UNIT, "thuộc đơn vị", "unit it belongs to"),
    many("approves", K.TYPE, "được phê duyệt những loại tài liệu nào", "types it may approve"),
    NOTE,
))
HOLDING = Schema("holding", (
    required("role", K.ROLE, "vai trò", "role"),
    required("from", K.DATE, "từ ngày", "first day"),
    field("to", K.DATE, "đến hết ngày", "last day"),
    field("capacity", K.TEXT, "tư cách ký: KT., TUQ., Q.", "signing capacity"),
))
PERSON = Schema("person", (
    required("name", K.TEXT, "họ và tên", "name"),
    many("holds", HOLDING, "giữ vai trò gì, từ ngày nào", "roles held, from–to"),
    many("emails", K.TEXT, "địa chỉ thư điện tử", "e-mail addresses"),
    many("keys", K.TEXT, "khóa SSH công khai", "public SSH keys"),
))
WORDS = Schema("words", (
    many("clause", K.TEXT, "từ đứng trước số điều khoản", "words before a clause number"),
    many("section", K.TEXT, "từ đứng trước số mục", "words before a section number"),
    many("annex", K.TEXT, "từ đứng trước số phụ lục", "words before an annex number"),
    many("to", K.TEXT, "từ nối một dải số", "words that join a range"),
    many("and", K.TEXT, "từ nối một danh sách số", "words that join a list"),
    many("of", K.TEXT,
        "từ nối một mục với tài liệu của nó: «của»", "words that join a section to its document"),
))
CITATIONS = Schema("citations", (
    many("external", K.SHAPE, "khuôn số hiệu tài liệu bên ngoài", "shapes of outside numbers"),
    keyed("words", WORDS, "từ báo hiệu viện dẫn, theo ngôn ngữ", "citation words by language"),
))
CHECK = Schema("check", (
    field("review_soon_days", K.NUMBER,
        "báo trước hạn xem xét, ngày", "days before a review is due"),
    field("external_recheck_days", K.NUMBER,
        "hạn rà lại tài liệu bên ngoài, ngày", "days an external check stays fresh"),
    field("recall_days", K.NUMBER,
        "hạn thu hồi bản hết hiệu lực, ngày", "days within which old copies come back"),
    many("off", K.TEXT,
        "các quy tắc tắt cho sổ tay này, gọi theo tên hay số", "rules switched off, by name or id"),
    many("ask", K.TEXT,
        "các quy tắc chỉ hỏi khi ghi tên ở đây", "rules that are asked only where named here"),
))
LABELS = Schema("labels", (
    field("author", K.BILINGUAL, "chữ trên khối ký", "word of the signature block"),
    field("reviewer", K.BILINGUAL, "chữ trên khối ký", "word of the signature block"),
    field("approver", K.BILINGUAL, "chữ trên khối ký", "word of the signature block"),
))
SIGNATURES = Schema("signatures", (
    Field("key_usage", K.CHOICE,
        Text("chứng thư ký phải dùng được cho một trong các việc này; [] là không đòi",
            "one of these a signer's certificate must be made for; [] demands none"),
        many=True, choices=KEY_USAGES, operation=True),
))
MANIFEST = Schema("qms.yml", (
    SCHEMA,
    required("organization", ORGANIZATION, "cơ quan có sổ tay này", "whose manual this is"),
    operation("notice", K.BILINGUAL, "thông báo trên mọi trang", "banner of every page"),
    required("language", K.LANGUAGE,
        "ngôn ngữ của sổ tay, như vi, en, pt-BR", "language of the manual, such as vi, en, pt-BR"),
    required("timezone", K.TEXT,
        "múi giờ, ví dụ Asia/Ho_Chi_Minh", "time zone, such as Asia/Ho_Chi_Minh"),
    operation("site", SITE, "trang web", "the site"),
    many("standards", STANDARD, "các tiêu chuẩn áp dụng", "standards followed", required=True),
    keyed("types", TYPE, "các loại tài liệu", "types of document", required=True),
    keyed("units", UNIT, "các đơn vị", "units"),
    keyed("roles", ROLE, "các vai trò", "roles"),
    keyed("people", PERSON, "những người giữ vai trò", "holders of roles"),
    field("labels", LABELS, "chữ có thể đổi", "labels that vary"),
    field("dossier", K.CHOICE,
        "thể thức hồ sơ trình ký: theo Nghị định 30, hay thường",
        "form of the papers to sign: of Vietnamese offices, or plain", ("nd30", "plain")),
    field("citations", CITATIONS, "cách nhận ra viện dẫn", "how citations are found"),
    field("check", CHECK, "thiết lập của phép kiểm tra", "settings of the checker"),
    operation("signatures", SIGNATURES,
        "đòi hỏi với chữ ký điện tử trong tệp bằng chứng",
        "what is demanded of digital signatures"),
    keyed("front_matter", K.TEXT,
        "trường lạ ở đầu tài liệu: là trường nào của ta", "keys of other tools: which of ours"),
    many("front_matter_unread", K.TEXT,
        "trường ở đầu tài liệu để công cụ khác dùng, không đọc",
        "keys of documents for other tools, not read"),
))
