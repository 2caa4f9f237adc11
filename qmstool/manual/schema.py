"""Declare the data files of a manual: their keys, the kinds of their values, and what each is for.

The loader, the messages about what does not fit, and the JSON Schemas of editors all read this one
declaration. The notes are shown to users.
"""

from __future__ import annotations

from qmstool.i18n import Text
from qmstool.parsing.yaml.schema import Field, Schema
from qmstool.parsing.yaml.schema import ValueKind as K


def field(name: str, kind: K | Schema, vi: str, en: str, choices: tuple[str, ...] = ()) -> Field:
    """Return a key that may be left out, with what it is for in Vietnamese and English."""
    return Field(name, kind, Text(vi, en), choices=choices)


def operation(name: str, kind: K | Schema, vi: str, en: str) -> Field:
    """Return a key of operation: no content of a release, today's value counts everywhere."""
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
STATUSES = (
    "in_force", "amended", "partly_superseded", "superseded", "repealed", "in_transition",
    "unknown",
)
NUMBERINGS = ("issue-revision", "revision", "major-minor", "in-code")
ACTS = ("new", "revise", "reissue", "correct", "withdraw")
ANSWERS = ("agrees", "comments", "no-comment")
CLAIMS = ("issue", "revision", "date", "effective", "signer")
LEVELS = ("signed-file", "paper", "scan", "none")
REVIEW_OUTCOMES = ("stands", "returned")
INSTRUMENTS = ("decision", "cover", "notice", "unknown")
DOWNLOADS = ("pdf", "docx")
KEY_USAGES = ("non-repudiation", "digital-signature")
TRANSITIONS = ("carried", "changed", "new", "merged", "split", "withdrawn")
REASONS = ("law", "contract", "risk")
IMPLEMENTED = ("yes", "partly", "planned")
CHECKED = field("checked", K.CHOICE,
    "đọc được ở mấy nguồn công khai", "in how many public sources it was read",
    ("two", "one", "unverified"))
SOURCES = many("sources", K.TEXT, "đọc được ở những nguồn nào", "the sources it was read in")

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
    field("code", K.TEXT,
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
    many("external", K.TEXT, "khuôn số hiệu tài liệu bên ngoài", "shapes of outside numbers"),
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
ABBREVIATION = Schema("abbreviation", (
    required("expansion", K.TEXT, "viết đầy đủ", "expansion"),
    field("inferred", K.FLAG, "suy ra, sổ tay không ghi", "inferred; the manual never says"),
    NOTE,
))
ABBREVIATIONS = Schema("abbreviations.yml", (
    SCHEMA,
    keyed("abbreviations", ABBREVIATION, "chữ viết tắt", "abbreviations", required=True),
))

SWAP = Schema("slip", (
    required("said", K.TEXT, "chữ viết nhầm", "what was written"),
    required("meant", K.TEXT, "chữ có lẽ định viết", "what was probably meant"),
))
OLD_WORD = Schema("old word", (
    required("said", K.TEXT, "lời của ấn bản cũ", "words of the older edition"),
    required("instead", K.TEXT, "lời nay thay cho nó", "what stands in its place now"),
))
SPELLINGS = Schema("spellings", (
    many("said", K.TEXT,
        "các cách viết, ưu tiên đứng đầu", "ways to write it, best first", required=True),
))
PERIOD = Schema("period", (
    many("said", K.TEXT, "các cách nói kỳ này", "ways to name the period", required=True),
    required("days", K.NUMBER, "dài bao nhiêu ngày", "how many days it lasts"),
))
WORDS_FILE = Schema("words", (
    SCHEMA,
    many("announce", K.TEXT,
        "chữ báo trước một danh sách hay hình", "words that announce a list or figure"),
    many("placeholders", K.TEXT,
        "chữ giữ chỗ cho lời chưa viết", "words that keep a place for text to come"),
    many("figures", K.TEXT, "chữ gọi một hình, sơ đồ", "words for a figure or chart"),
    many("tables", K.TEXT, "chữ gọi một bảng", "words for a table"),
    many("below", K.TEXT, "chữ nói rằng nó ở bên dưới", "words that say it stands below"),
    many("elsewhere", K.TEXT,
        "chữ sau số hình của văn bản khác", "words after the number of another text's figure"),
    many("dangling", K.TEXT, "chữ không thể đứng cuối một ý", "words that cannot end an item"),
    many("dangling_whole", K.TEXT,
        "cụm trọn nghĩa tận cùng bằng chữ ấy", "whole phrases that end in one"),
    many("reduplication", K.TEXT, "chữ được phép nói hai lần liền", "words that may stand twice"),
    many("compounds", K.TEXT,
        "từ ghép gặp chữ đầu của chính nó", "words that may follow their first syllable"),
    many("orphans", K.TEXT, "mẩu chữ bị tách rời", "torn-off pieces of words"),
    many("open_rhymes", K.TEXT,
        "vần không thể thiếu phụ âm cuối", "rhymes that need a final consonant"),
    many("torn_pairs", K.TEXT, "phụ âm đôi bị tách làm hai", "double consonants torn in two"),
    many("semivowels", K.TEXT,
        "nguyên âm cuối có thể bị tách", "final vowels that may be torn off"),
    many("page_marks", K.TEXT,
        "chữ trước số trang sót lại", "words before a page number left behind"),
    many("bullets", K.TEXT, "dấu đầu dòng sót lại", "list signs left behind"),
    many("suspended", K.TEXT, "chữ sau một gạch nối bỏ lửng", "words after a suspended hyphen"),
    many("slips", SWAP, "viết nhầm thường gặp", "common slips"),
    many("old_words", OLD_WORD, "lời của ấn bản cũ", "words of an older edition"),
    many("weak", K.TEXT, "lời làm yếu một nghĩa vụ", "words that weaken a duty"),
    many("not_weak", K.TEXT,
        "cụm có lời ấy mà không yếu", "phrases that hold one and are not weak"),
    many("periodic", K.TEXT, "chữ nói việc làm theo kỳ", "words that say «periodically»"),
    many("not_periodic", K.TEXT,
        "cụm có chữ ấy mà không phải việc theo kỳ", "phrases with one and no period"),
    many("periods", PERIOD, "kỳ nói bằng chữ", "periods in words"),
    many("units", PERIOD, "đơn vị đi với số", "units that go with a number"),
    many("once", K.TEXT, "chữ «một lần» sau số và đơn vị", "«once» after number and unit"),
    many("times", K.TEXT, "chữ «lần» sau số", "«times» after a number"),
    many("every", K.TEXT,
        "chữ trước «6 tháng» để thành chu kỳ", "words before «6 months» that make it a period"),
    many("numbers", K.TEXT, "số viết bằng chữ, từ một trở lên", "numbers in words, from one up"),
    many("keep", K.TEXT, "chữ nói lưu hồ sơ bao lâu", "words for keeping a record for a time"),
    many("activities", K.TEXT, "những việc có chu kỳ", "activities that have a period"),
    many("carry_out", K.TEXT,
        "chữ nói rằng một việc được làm", "words that say an activity is done"),
    many("idle", K.TEXT,
        "chữ không tính khi so tên của việc", "words that do not count in an activity's name"),
    many("passive", K.TEXT, "chữ của câu bị động", "words that make a sentence passive"),
    many("common", K.TEXT,
        "danh từ chung, tự nó chưa chỉ rõ vật nào", "nouns that name nothing in particular"),
    many("stops", K.TEXT, "chữ kết thúc tên của việc", "words that end the name of an activity"),
    many("places", K.TEXT, "chữ trước nơi làm", "words before a place"),
    many("unless", K.TEXT, "chữ nêu điều kiện", "words that set a condition"),
    many("either", K.TEXT, "chữ nối hai khả năng", "words that join two alternatives"),
    many("duties", K.TEXT, "chữ giao việc hay thẩm quyền", "words that give a duty or authority"),
    many("bodies", K.TEXT,
        "tên chung của người, đơn vị có thẩm quyền", "common names of those in authority"),
    many("code_words", K.TEXT,
        "chữ giữa tên và mã của một tài liệu", "words between a document's title and its code"),
    many("relation_words", K.TEXT,
        "chữ đầu cột ghi tài liệu khác", "heads of columns that name other documents"),
    many("lead_in", K.TEXT, "lời dẫn trước một viện dẫn", "words that lead in to a citation"),
    many("list_titles", K.TEXT,
        "tên mục chỉ để liệt kê tài liệu", "titles of sections that only list documents"),
    many("glossary", K.TEXT, "chữ trong tên mục giải nghĩa", "words in the title of a glossary"),
    many("defines", K.TEXT, "lời giải nghĩa tại chỗ", "words that define in place"),
    many("means", K.TEXT,
        "chữ sau chữ viết tắt được giải nghĩa", "words after a short form that is explained"),
    many("known_abbreviations", K.TEXT,
        "chữ viết tắt ai cũng hiểu", "abbreviations that everybody knows"),
    many("variants", SPELLINGS, "những cách viết một thuật ngữ", "variants of a term"),
    many("not_variants", K.TEXT,
        "từ ghép có chữ trông như thế", "compounds that hold a look-alike"),
    many("tones", SPELLINGS, "những cách đặt dấu thanh", "ways to place a tone mark"),
    many("generic_titles", K.TEXT,
        "tên điều khoản không nói gì riêng", "clause titles that say nothing of their own"),
    many("title_words", K.TEXT,
        "chữ không tính khi so tên mục", "words that do not count in a title"),
    many("issue", K.TEXT,
        "chữ trước lần ban hành ở đầu trang biểu mẫu", "words before the issue in a form's header"),
    many("revision", K.TEXT, "chữ trước lần sửa đổi", "words before the revision"),
    many("retention", K.TEXT,
        "tiêu đề cột thời hạn bảo quản", "titles of a column of retention times"),
    many("unfinished", K.TEXT, "chữ nói là sẽ viết sau", "words that put off the writing"),
    many("issue_and_revision", K.TEXT,
        "chữ trước cả hai, viết «1/2»", "words before both, written «1/2»"),
    many("exclusion", K.TEXT,
        "chữ nói điều khoản không áp dụng", "words that say a clause does not apply"),
    many("clause", K.TEXT, "từ đứng trước số điều khoản", "words before a clause number"),
    many("section", K.TEXT,
        "từ hay dấu đứng trước số mục", "words and signs before a section number"),
    many("headed", K.TEXT,
        "chữ đứng trước số mục chỉ ở tiêu đề: «Điều 3.»",
        "words before a section's number in headings only: «Article 3.»"),
    many("part", K.TEXT,
        "từ chỉ báo số có phần: «đoạn 4.2»", "words that announce numbers with parts only"),
    many("annex", K.TEXT, "từ đứng trước số phụ lục", "words before an annex number"),
    many("control", K.TEXT,
        "từ đứng trước số biện pháp kiểm soát: A.5.1", "words before a control number: A.5.1"),
    many("standard_bodies", K.TEXT,
        "tổ chức ra tiêu chuẩn, như ở đầu số hiệu: ISO", "who makes standards, as names open: ISO"),
    many("laws", K.TEXT,
        "khuôn tên luật của nơi khác", "shapes of laws, held here or not"),
    many("not_citing", K.TEXT,
        "cụm từ tận cùng bằng «mục» mà không viện dẫn", "phrases that cite nothing"),
    many("plural", K.TEXT,
        "chữ báo nhiều số: «các», «những»", "words that announce more than one number"),
    many("numbered", K.TEXT,
        "chữ giữa «mục» và số: «số»", "words between «section» and its number"),
    many("range_from", K.TEXT, "chữ mở đầu một dải số: «từ»", "words that open a range"),
    many("range_to", K.TEXT, "chữ nối một dải số: «đến»", "words that join a range"),
    many("joined", K.TEXT, "chữ nối một danh sách số: «và»", "words that join a list"),
    many("after_numbers", K.TEXT,
        "chữ đứng sau một danh sách số", "words that may follow a list of numbers"),
    many("part_of", K.TEXT,
        "chữ nối một mục với tài liệu của nó", "words that join a section to its document"),
    many("within", K.TEXT, "chữ chỉ nơi chốn nối như vậy: «tại»", "words of place that join so"),
    many("document_words", K.TEXT,
        "chữ gọi chung một tài liệu", "words that call a document by its kind"),
    many("this", K.TEXT, "chữ chỉ chính tài liệu này", "words that mean this very document"),
    many("outside_words", K.TEXT, "chữ gọi văn bản của nơi khác", "words for documents of others"),
    many("articles", K.TEXT, "mạo từ", "articles"),
    many("any_document", K.TEXT,
        "chữ gọi được mọi tài liệu: «tài liệu»", "words that any document may be called by"),
    many("standard_words", K.TEXT,
        "chữ gọi tiêu chuẩn mà sổ tay theo", "words for the standard followed"),
))

SITE_WORDS = Schema("site words", (
    SCHEMA,
    field("unverified", K.FLAG,
        "chưa có người nói tiếng này đọc lại", "nobody who speaks it has read it"),
    field("date", K.TEXT,
        "cách viết ngày, với {day}, {month}, {year}", "a day, with {day}, {month} and {year}"),
    many("months", K.TEXT, "tên mười hai tháng", "the names of the twelve months"),
    keyed("words", K.TEXT,
        "lời của trang và giấy tờ, theo câu tiếng Anh", "words of pages, by the English sentence"),
))

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
EVIDENCE = Schema("evidence", (
    required("kind", K.TEXT, "loại bằng chứng", "kind"),
    field("file", K.TEXT, "tệp giữ kèm", "file kept"),
    field("reference", K.TEXT, "nơi tra cứu", "reference"),
    field("digest", K.HASH, "mã kiểm tra của tệp", "digest of the file"),
    field("original", K.TEXT, "bản gốc ở đâu", "where the original is"),
    field("publish", K.FLAG, "có đăng lên trang không", "whether the site shows it"),
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

DEBT = Schema("debt", (
    required("rule", K.TEXT, "quy tắc, như QMS101", "rule, such as QMS101"),
    required("path", K.TEXT, "tệp", "file"),
    field("words", K.TEXT, "những chữ bị báo", "the words under the finding"),
    required("count", K.NUMBER, "mấy chỗ", "how many places"),
))
DEBTS = Schema("debts", (
    SCHEMA,
    field("since", K.DATE, "ngày lập tệp", "day on which the file was made"),
    many("debts", DEBT,
        "các lỗi đã biết, chưa sửa", "findings known and not yet fixed", required=True),
))
