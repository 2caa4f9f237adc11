"""What every data file of a manual may hold: the one declaration that the loader, the messages and the JSON Schemas read."""

from __future__ import annotations

from qmstool.i18n import Text
from qmstool.parsing.yaml.records import Field, Kind, Shape

# A table reads best as one: a line for each key.
# fmt: off
T = Kind.TEXT
NOTE = Field("note", T, Text("ghi chú", "a remark"))
NOTE2 = Field("note", Kind.BILINGUAL, Text("ghi chú", "a remark"))
SCHEMA = Field("schema", Kind.CHOICE, Text("phiên bản của dạng tệp", "version of the file's shape"), required=True, choices=("1",))
STATUSES = ("in_force", "amended", "partly_superseded", "superseded", "repealed", "in_transition", "unknown")
NUMBERINGS = ("issue-revision", "revision", "major-minor", "in-code")
ACTS = ("new", "revise", "reissue", "correct", "withdraw")
ANSWERS = ("agrees", "comments", "no-comment")
INSTRUMENTS = ("decision", "cover", "notice", "unknown")
TRANSITIONS = ("carried", "changed", "new", "merged", "split", "withdrawn")
CHECKED = Field("checked", Kind.CHOICE, Text("đọc được ở mấy nguồn công khai", "in how many public sources it was read"), choices=("two", "one", "unverified"))
SOURCES = Field("sources", T, Text("đọc được ở những nguồn nào", "the sources it was read in"), many=True)

ORGANIZATION = Shape("organization", (
    Field("name", T, Text("tên đầy đủ của cơ quan", "full name of the organisation"), required=True),
    Field("short", T, Text("tên gọi tắt", "short name")),
))
SITE = Shape("site", (
    Field("url", T, Text("địa chỉ trang web", "address of the site")),
    Field("edit_url", T, Text("địa chỉ mở trình sửa; {path} là tệp", "address of the editor; {path} is the file")),
    Field("contact", T, Text("nơi liên hệ", "whom to ask")),
    Field("stale_days", Kind.NUMBER, Text("dựng quá bao nhiêu ngày thì báo là cũ", "days until a site calls itself old")),
))
STANDARD = Shape("standard", (
    Field("catalogue", Kind.SLUG, Text("danh mục điều khoản", "catalogue followed"), required=True),
    Field("amendments", Kind.SLUG, Text("các bản sửa đổi kèm theo", "amendments followed"), many=True),
    Field("transition", Kind.SLUG, Text("bảng chuyển đổi sang ấn bản sau", "transition to the next edition")),
))
TYPE = Shape("type", (
    Field("name", Kind.BILINGUAL, Text("tên loại tài liệu", "name of the type"), required=True),
    Field("plural", Kind.BILINGUAL, Text("tên khi nói về nhiều tài liệu", "name for many of them")),
    Field("code", T, Text('khuôn mã, ví dụ "QT {unit} {nn}"', 'code shape, such as "QT {unit} {nn}"')),
    Field("form_of", Kind.TYPE, Text("biểu mẫu của loại tài liệu nào", "forms of which type")),
    Field("review_months", Kind.NUMBER, Text("chu kỳ xem xét, tháng", "review interval, months")),
    Field("numbering", Kind.CHOICE, Text("cách đánh số lần ban hành, sửa đổi", "numbering policy"), choices=NUMBERINGS),
    Field("requires", T, Text("các trường bắt buộc của loại này", "keys this type must have"), many=True),
))
UNIT = Shape("unit", (
    Field("name", T, Text("tên đơn vị", "name of the unit"), required=True),
    Field("head", Kind.ROLE, Text("vai trò đứng đầu", "role that heads it")),
    Field("contact", T, Text("nơi liên hệ", "whom to ask")),
    NOTE,
))
ROLE = Shape("role", (
    Field("name", T, Text("tên vai trò", "name of the role"), required=True),
    Field("unit", Kind.UNIT, Text("thuộc đơn vị", "unit it belongs to")),
    Field("approves", Kind.TYPE, Text("được phê duyệt những loại tài liệu nào", "types it may approve"), many=True),
    NOTE,
))
HOLDING = Shape("holding", (
    Field("role", Kind.ROLE, Text("vai trò", "role"), required=True),
    Field("from", Kind.DATE, Text("từ ngày", "first day"), required=True),
    Field("to", Kind.DATE, Text("đến hết ngày", "last day")),
    Field("capacity", T, Text("tư cách ký: KT., TUQ., Q.", "signing capacity")),
))
PERSON = Shape("person", (
    Field("name", T, Text("họ và tên", "name"), required=True),
    Field("holds", HOLDING, Text("giữ vai trò gì, từ ngày nào", "roles held, from–to"), many=True),
    Field("emails", T, Text("địa chỉ thư điện tử", "e-mail addresses"), many=True),
    Field("keys", T, Text("khóa SSH công khai", "public SSH keys"), many=True),
))
WORDS = Shape("words", (
    Field("clause", T, Text("từ đứng trước số điều khoản", "words before a clause number"), many=True),
    Field("section", T, Text("từ đứng trước số mục", "words before a section number"), many=True),
    Field("annex", T, Text("từ đứng trước số phụ lục", "words before an annex number"), many=True),
    Field("to", T, Text("từ nối một dải số", "words that join a range"), many=True),
    Field("and", T, Text("từ nối một danh sách số", "words that join a list"), many=True),
    Field("of", T, Text("từ nối một mục với tài liệu của nó: «của»", "words that join a section to its document"), many=True),
))
CITATIONS = Shape("citations", (
    Field("external", T, Text("khuôn số hiệu tài liệu bên ngoài", "shapes of outside numbers"), many=True),
    Field("words", WORDS, Text("từ báo hiệu viện dẫn, theo ngôn ngữ", "citation words by language"), keyed=True),
))
CHECK = Shape("check", (
    Field("review_soon_days", Kind.NUMBER, Text("báo trước hạn xem xét, ngày", "days before a review is due")),
    Field("external_recheck_days", Kind.NUMBER, Text("hạn rà lại tài liệu bên ngoài, ngày", "days an external check stays fresh")),
    Field("recall_days", Kind.NUMBER, Text("hạn thu hồi bản hết hiệu lực, ngày", "days within which old copies come back")),
    Field("off", T, Text("các quy tắc tắt cho sổ tay này, gọi theo tên hay số", "rules switched off, by name or id"), many=True),
))
SIGNATURE = Text("chữ trên khối ký", "word of the signature block")
LABELS = Shape("labels", tuple(Field(name, Kind.BILINGUAL, SIGNATURE) for name in ("author", "reviewer", "approver")))
MANIFEST = Shape("qms.yml", (
    SCHEMA,
    Field("organization", ORGANIZATION, Text("cơ quan có sổ tay này", "whose manual this is"), required=True),
    Field("notice", Kind.BILINGUAL, Text("thông báo trên mọi trang", "banner of every page")),
    Field("language", Kind.CHOICE, Text("ngôn ngữ của sổ tay", "language of the manual"), required=True, choices=("vi", "en")),
    Field("timezone", T, Text("múi giờ, ví dụ Asia/Ho_Chi_Minh", "time zone, such as Asia/Ho_Chi_Minh"), required=True),
    Field("site", SITE, Text("trang web", "the site")),
    Field("standards", STANDARD, Text("các tiêu chuẩn áp dụng", "standards followed"), required=True, many=True),
    Field("types", TYPE, Text("các loại tài liệu", "types of document"), required=True, keyed=True),
    Field("units", UNIT, Text("các đơn vị", "units"), keyed=True),
    Field("roles", ROLE, Text("các vai trò", "roles"), keyed=True),
    Field("people", PERSON, Text("những người giữ vai trò", "holders of roles"), keyed=True),
    Field("labels", LABELS, Text("chữ có thể đổi", "labels that vary")),
    Field("citations", CITATIONS, Text("cách nhận ra viện dẫn", "how citations are found")),
    Field("check", CHECK, Text("thiết lập của phép kiểm tra", "settings of the checker")),
))

PAPER = Shape("paper", (
    Field("issue", T, Text("lần ban hành ghi trên bản giấy", "issue on paper")),
    Field("revision", T, Text("lần sửa đổi ghi trên bản giấy", "revision on paper")),
    Field("effective", Kind.DATE, Text("ngày hiệu lực ghi trên bản giấy", "effective date on paper")),
))
COPY = Shape("distribution", (
    Field("unit", Kind.UNIT, Text("đơn vị nhận", "unit that receives"), required=True),
    Field("medium", Kind.CHOICE, Text("bản giấy hay điện tử", "paper or electronic"), choices=("paper", "electronic")),
    Field("copies", Kind.NUMBER, Text("số bản", "how many copies")),
))
DOCUMENT = Shape("document", (
    Field("code", T, Text("mã tài liệu, hoặc unknown", "code, or unknown"), required=True),
    Field("key", Kind.SLUG, Text("tên ngắn thay mã khi chưa biết mã", "short name while the code is unknown")),
    Field("type", Kind.TYPE, Text("loại tài liệu trong qms.yml", "a type of qms.yml"), required=True),
    Field("title", T, Text("tên tài liệu", "title"), required=True),
    Field("names", T, Text("các cách gọi khác trong văn bản", "other names in running text"), many=True),
    Field("owner", Kind.UNIT, Text("đơn vị chủ trì", "owner")),
    Field("authors", Kind.HOLDER, Text("người biên soạn", "authors"), many=True),
    Field("reviewers", Kind.HOLDER, Text("người xem xét", "reviewers"), many=True),
    Field("approver", Kind.ROLE, Text("vai trò phê duyệt", "role that approves")),
    Field("review_months", Kind.NUMBER, Text("chu kỳ xem xét, tháng", "review interval, months")),
    Field("retention", T, Text("thời hạn bảo quản", "retention period")),
    Field("distribution", COPY, Text("nơi nhận", "who receives it"), many=True),
    Field("replaces", Kind.DOCUMENT, Text("thay cho những tài liệu nào", "documents it replaces"), many=True),
    Field("text", Kind.CHOICE, Text("nội dung có giữ ở đây không", "whether the text is kept here"), choices=("held", "not-held")),
    Field("paper", PAPER, Text("bản giấy ghi gì", "what the paper says")),
    Field("file", T, Text("tệp Word/Excel của biểu mẫu", "the form's Word/Excel file")),
    Field("parent", Kind.DOCUMENT, Text("tài liệu mà biểu mẫu thuộc về", "document a form belongs to")),
    Field("records", Kind.RECORD, Text("hồ sơ sinh ra", "records it produces"), many=True),
    NOTE,
))

EXTERNAL = Shape("external", (
    Field("number", T, Text("số hiệu, hoặc unknown", "number, or unknown"), required=True),
    Field("type", T, Text("loại văn bản", "type"), required=True),
    Field("issuer", T, Text("cơ quan ban hành", "issuer"), required=True),
    Field("title", T, Text("tên văn bản", "title"), required=True),
    Field("names", T, Text("các cách gọi khác trong văn bản", "other names in running text"), many=True),
    Field("issued", Kind.DATE, Text("ngày ban hành", "date of issue")),
    Field("effective", Kind.DATE, Text("ngày hiệu lực", "effective date")),
    Field("expired", Kind.DATE, Text("ngày hết hiệu lực", "day it ceased")),
    Field("status", Kind.CHOICE, Text("tình trạng hiệu lực", "status"), required=True, choices=STATUSES),
    Field("amended_by", T, Text("được sửa đổi bởi", "amended by"), many=True),
    Field("superseded_by", T, Text("được thay thế bởi", "superseded by"), many=True),
    Field("url", Kind.ADDRESS, Text("địa chỉ đọc văn bản", "where to read it")),
    Field("checked_on", Kind.DATE, Text("ngày rà soát hiệu lực", "day its status was checked")),
    Field("checked_by", T, Text("người rà soát", "who checked")),
    Field("evidence", T, Text("căn cứ của lần rà soát", "what the check rests on")),
    NOTE,
))
EXTERNALS = Shape("external.yml", (
    SCHEMA,
    Field("documents", EXTERNAL, Text("tài liệu bên ngoài", "external documents"), required=True, keyed=True),
))
RECORD = Shape("record", (
    Field("title", T, Text("tên hồ sơ", "title"), required=True),
    Field("form", Kind.DOCUMENT, Text("biểu mẫu", "form it is made on")),
    Field("owner", Kind.UNIT, Text("đơn vị lưu", "unit that keeps it")),
    Field("retention", T, Text("thời hạn bảo quản", "retention period"), required=True),
    Field("place", T, Text("nơi lưu", "where it is kept")),
    Field("disposition", T, Text("cách xử lý khi hết hạn", "what happens afterwards")),
    NOTE,
))
RECORDS = Shape("records.yml", (
    SCHEMA,
    Field("records", RECORD, Text("hồ sơ", "records"), required=True, keyed=True),
))

CLAUSE = Shape("clause", (
    Field("vi", T, Text("tên tiếng Việt", "Vietnamese title")),
    Field("en", T, Text("tên tiếng Anh", "English title")),
    Field("unverified", T, Text("phần chưa kiểm chứng", "what is unverified"), many=True),
    CHECKED,
    Field("maintain", Kind.CHOICE, Text("phải có tài liệu", "a document is demanded"), choices=("always", "conditional")),
    Field("retain", Kind.CHOICE, Text("phải lưu hồ sơ", "a record is demanded"), choices=("always", "conditional")),
    Field("comment", Kind.BILINGUAL, Text("chú thích", "comment")),
    Field("ask", Kind.BILINGUAL, Text("điều phải hỏi, sổ tay không tự chứng minh được", "what to ask, since no manual proves it")),
))
CHANGE = Shape("change", (
    Field("kind", Kind.CHOICE, Text("loại thay đổi", "kind of change"), required=True, choices=("added", "changed", "note")),
    Field("comment", Kind.BILINGUAL, Text("chú thích", "comment")),
    Field("ask", Kind.BILINGUAL, Text("điều phải hỏi, sổ tay không tự chứng minh được", "what to ask, since no manual proves it")),
))
CATALOGUE = Shape("catalogue", (
    SCHEMA,
    Field("standard", T, Text("tiêu chuẩn", "standard"), required=True),
    Field("edition", T, Text("ấn bản", "edition"), required=True),
    Field("title", Kind.BILINGUAL, Text("tên ngắn", "short title"), required=True),
    Field("cited_as", T, Text("cách gọi trong văn bản", "how text names it"), many=True),
    NOTE2,
    Field("unverified", Kind.FLAG, Text("chưa kiểm chứng", "unverified")),
    SOURCES,
    CHECKED,
    Field("amends", Kind.SLUG, Text("sửa đổi danh mục nào", "catalogue it amends")),
    Field("changes", CHANGE, Text("điều khoản bị sửa đổi", "clauses it changes"), keyed=True),
    Field("clauses", CLAUSE, Text("các điều khoản", "clauses"), keyed=True),
))
LINE = Shape("line", (
    Field("kind", Kind.CHOICE, Text("loại chuyển đổi", "kind"), required=True, choices=TRANSITIONS),
    Field("from", Kind.CLAUSE, Text("điều khoản ấn bản cũ", "clauses of the old edition"), many=True),
    Field("to", Kind.CLAUSE, Text("điều khoản ấn bản mới", "clauses of the new edition"), many=True),
    Field("comment", Kind.BILINGUAL, Text("chú thích", "comment")),
    Field("unverified", Kind.FLAG, Text("chưa kiểm chứng", "unverified")),
    CHECKED,
))
MILESTONE = Shape("milestone", (
    Field("day", Kind.DATE, Text("ngày", "the day"), required=True),
    Field("what", Kind.BILINGUAL, Text("điều có hiệu lực từ ngày ấy", "what holds from that day"), required=True),
    CHECKED,
))
TRANSITION = Shape("transition", (
    SCHEMA,
    Field("from", Kind.SLUG, Text("từ danh mục", "from catalogue"), required=True),
    Field("to", Kind.SLUG, Text("sang danh mục", "to catalogue"), required=True),
    Field("unverified", Kind.FLAG, Text("chưa kiểm chứng", "unverified")),
    NOTE2,
    SOURCES,
    CHECKED,
    Field("dates", MILESTONE, Text("các mốc của kỳ chuyển đổi", "the days of the transition period"), many=True),
    Field("lines", LINE, Text("từng dòng chuyển đổi", "the lines"), required=True, many=True),
))
MEANING = Shape("meaning", (
    Field("vi", T, Text("tên tiếng Việt", "Vietnamese title")),
    Field("en", T, Text("tên tiếng Anh", "English title")),
    CHECKED,
    Field("clauses", T, Text("số điều khoản ở từng danh mục", "its number in each catalogue"), required=True, keyed=True),
))
HARMONIZED = Shape("harmonized.yml", (
    SCHEMA,
    NOTE2,
    SOURCES,
    CHECKED,
    Field("meanings", MEANING, Text("các điều khoản cùng nghĩa", "clauses that mean the same"), required=True, keyed=True),
))
EXCLUDED = Shape("excluded", (
    Field("reason", T, Text("lý do không áp dụng", "justification")),
))
ROW = Shape("row", (
    Field("section", Kind.SECTION, Text("mục của sổ tay trả lời điều khoản này", "section that answers the clause")),
    Field("documents", Kind.DOCUMENT, Text("tài liệu nội bộ", "controlled documents"), many=True),
    Field("external", Kind.EXTERNAL, Text("tài liệu bên ngoài", "external documents"), many=True),
    Field("records", Kind.RECORD, Text("hồ sơ chứng minh", "records"), many=True),
    Field("role", Kind.ROLE, Text("vai trò chịu trách nhiệm", "responsible role")),
    Field("covers", Kind.CLAUSE, Text("điều khoản con mà mục này trả lời luôn", "lower clauses answered too"), many=True),
    Field("excluded", EXCLUDED, Text("không áp dụng, kèm lý do", "not applicable, with its reason")),
    NOTE,
))
MAPPING = Shape("mapping", (
    SCHEMA,
    Field("catalogue", Kind.SLUG, Text("danh mục điều khoản", "catalogue"), required=True),
    Field("clauses", ROW, Text("từng điều khoản", "a row for each clause"), required=True, keyed=True),
))

GROUP = Shape("group", (Field("name", Kind.BILINGUAL, Text("tên nhóm", "name of the group"), required=True), NOTE))
PARTY = Shape("party", (
    Field("name", Kind.BILINGUAL, Text("tên đối tượng bên ngoài", "name of the party"), required=True),
    Field("side", Kind.CHOICE, Text("phía đầu vào hay đầu ra", "side it stands on"), choices=("in", "out", "both")),
))
PROCESS = Shape("process", (
    Field("title", Kind.BILINGUAL, Text("tên quá trình", "title"), required=True),
    Field("group", Kind.GROUP, Text("nhóm", "group"), required=True),
    Field("owner", Kind.ROLE, Text("vai trò chủ quá trình", "process owner")),
    Field("procedure", Kind.DOCUMENT, Text("quy trình", "procedure")),
    Field("inputs", T, Text("đầu vào", "inputs"), many=True),
    Field("outputs", T, Text("đầu ra", "outputs"), many=True),
    Field("clauses", Kind.CLAUSE, Text("điều khoản liên quan", "clauses"), many=True),
    NOTE,
))
FLOW = Shape("flow", (
    Field("from", Kind.PROCESS, Text("từ", "from"), required=True),
    Field("to", Kind.PROCESS, Text("đến", "to"), required=True),
    Field("item", Kind.BILINGUAL, Text("cái được chuyển", "what flows")),
))
PROCESS_MAP = Shape("process-map.yml", (
    SCHEMA,
    Field("title", Kind.BILINGUAL, Text("tên sơ đồ", "title"), required=True),
    NOTE,
    Field("groups", GROUP, Text("các nhóm quá trình", "groups"), required=True, keyed=True),
    Field("parties", PARTY, Text("các đối tượng bên ngoài", "outside parties"), keyed=True),
    Field("processes", PROCESS, Text("các quá trình", "processes"), required=True, keyed=True),
    Field("flows", FLOW, Text("các dòng chuyển", "flows"), many=True),
))
ABBREVIATION = Shape("abbreviation", (
    Field("expansion", T, Text("viết đầy đủ", "expansion"), required=True),
    Field("inferred", Kind.FLAG, Text("suy ra, sổ tay không ghi", "inferred; the manual never says")),
    NOTE,
))
ABBREVIATIONS = Shape("abbreviations.yml", (
    SCHEMA,
    Field("abbreviations", ABBREVIATION, Text("chữ viết tắt", "abbreviations"), required=True, keyed=True),
))

SWAP = Shape("slip", (
    Field("said", T, Text("chữ viết nhầm", "what was written"), required=True),
    Field("meant", T, Text("chữ có lẽ định viết", "what was probably meant"), required=True),
))
OLD_WORD = Shape("old word", (
    Field("said", T, Text("lời của ấn bản cũ", "words of the older edition"), required=True),
    Field("instead", T, Text("lời nay thay cho nó", "what stands in its place now"), required=True),
))
SPELLINGS = Shape("spellings", (
    Field("said", T, Text("các cách viết, ưu tiên đứng đầu", "ways to write it, best first"), required=True, many=True),
))
PERIOD = Shape("period", (
    Field("said", T, Text("các cách nói kỳ này", "ways to name the period"), required=True, many=True),
    Field("days", Kind.NUMBER, Text("dài bao nhiêu ngày", "how many days it lasts"), required=True),
))
WORDS_FILE = Shape("words", (
    SCHEMA,
    Field("announce", T, Text("chữ báo trước một danh sách hay hình", "words that announce a list or figure"), many=True),
    Field("placeholders", T, Text("chữ giữ chỗ cho lời chưa viết", "words that keep a place for text to come"), many=True),
    Field("figures", T, Text("chữ gọi một hình, sơ đồ", "words for a figure or chart"), many=True),
    Field("tables", T, Text("chữ gọi một bảng", "words for a table"), many=True),
    Field("below", T, Text("chữ nói rằng nó ở bên dưới", "words that say it stands below"), many=True),
    Field("elsewhere", T, Text("chữ sau số hình của văn bản khác", "words after the number of another text's figure"), many=True),
    Field("dangling", T, Text("chữ không thể đứng cuối một ý", "words that cannot end an item"), many=True),
    Field("dangling_whole", T, Text("cụm trọn nghĩa tận cùng bằng chữ ấy", "whole phrases that end in one"), many=True),
    Field("reduplication", T, Text("chữ được phép nói hai lần liền", "words that may stand twice"), many=True),
    Field("compounds", T, Text("từ ghép gặp chữ đầu của chính nó", "words that may follow their first syllable"), many=True),
    Field("orphans", T, Text("mẩu chữ bị tách rời", "torn-off pieces of words"), many=True),
    Field("open_rhymes", T, Text("vần không thể thiếu phụ âm cuối", "rhymes that need a final consonant"), many=True),
    Field("torn_pairs", T, Text("phụ âm đôi bị tách làm hai", "double consonants torn in two"), many=True),
    Field("semivowels", T, Text("nguyên âm cuối có thể bị tách", "final vowels that may be torn off"), many=True),
    Field("page_marks", T, Text("chữ trước số trang sót lại", "words before a page number left behind"), many=True),
    Field("bullets", T, Text("dấu đầu dòng sót lại", "list signs left behind"), many=True),
    Field("suspended", T, Text("chữ sau một gạch nối bỏ lửng", "words after a suspended hyphen"), many=True),
    Field("slips", SWAP, Text("viết nhầm thường gặp", "common slips"), many=True),
    Field("old_words", OLD_WORD, Text("lời của ấn bản cũ", "words of an older edition"), many=True),
    Field("weak", T, Text("lời làm yếu một nghĩa vụ", "words that weaken a duty"), many=True),
    Field("not_weak", T, Text("cụm có lời ấy mà không yếu", "phrases that hold one and are not weak"), many=True),
    Field("periodic", T, Text("chữ nói việc làm theo kỳ", "words that say «periodically»"), many=True),
    Field("not_periodic", T, Text("cụm có chữ ấy mà không phải việc theo kỳ", "phrases with one and no period"), many=True),
    Field("periods", PERIOD, Text("kỳ nói bằng chữ", "periods in words"), many=True),
    Field("units", PERIOD, Text("đơn vị đi với số", "units that go with a number"), many=True),
    Field("once", T, Text("chữ «một lần» sau số và đơn vị", "«once» after number and unit"), many=True),
    Field("times", T, Text("chữ «lần» sau số", "«times» after a number"), many=True),
    Field("every", T, Text("chữ trước «6 tháng» để thành chu kỳ", "words before «6 months» that make it a period"), many=True),
    Field("numbers", T, Text("số viết bằng chữ, từ một trở lên", "numbers in words, from one up"), many=True),
    Field("keep", T, Text("chữ nói lưu hồ sơ bao lâu", "words for keeping a record for a time"), many=True),
    Field("activities", T, Text("những việc có chu kỳ", "activities that have a period"), many=True),
    Field("carry_out", T, Text("chữ nói rằng một việc được làm", "words that say an activity is done"), many=True),
    Field("idle", T, Text("chữ không tính khi so tên của việc", "words that do not count in an activity's name"), many=True),
    Field("passive", T, Text("chữ của câu bị động", "words that make a sentence passive"), many=True),
    Field("common", T, Text("danh từ chung, tự nó chưa chỉ rõ vật nào", "nouns that name nothing in particular"), many=True),
    Field("stops", T, Text("chữ kết thúc tên của việc", "words that end the name of an activity"), many=True),
    Field("places", T, Text("chữ trước nơi làm", "words before a place"), many=True),
    Field("unless", T, Text("chữ nêu điều kiện", "words that set a condition"), many=True),
    Field("either", T, Text("chữ nối hai khả năng", "words that join two alternatives"), many=True),
    Field("duties", T, Text("chữ giao việc hay thẩm quyền", "words that give a duty or authority"), many=True),
    Field("bodies", T, Text("tên chung của người, đơn vị có thẩm quyền", "common names of those in authority"), many=True),
    Field("code_words", T, Text("chữ giữa tên và mã của một tài liệu", "words between a document's title and its code"), many=True),
    Field("relation_words", T, Text("chữ đầu cột ghi tài liệu khác", "heads of columns that name other documents"), many=True),
    Field("lead_in", T, Text("lời dẫn trước một viện dẫn", "words that lead in to a citation"), many=True),
    Field("list_titles", T, Text("tên mục chỉ để liệt kê tài liệu", "titles of sections that only list documents"), many=True),
    Field("glossary", T, Text("chữ trong tên mục giải nghĩa", "words in the title of a glossary"), many=True),
    Field("defines", T, Text("lời giải nghĩa tại chỗ", "words that define in place"), many=True),
    Field("means", T, Text("chữ sau chữ viết tắt được giải nghĩa", "words after a short form that is explained"), many=True),
    Field("known_abbreviations", T, Text("chữ viết tắt ai cũng hiểu", "abbreviations that everybody knows"), many=True),
    Field("variants", SPELLINGS, Text("những cách viết một thuật ngữ", "variants of a term"), many=True),
    Field("not_variants", T, Text("từ ghép có chữ trông như thế", "compounds that hold a look-alike"), many=True),
    Field("tones", SPELLINGS, Text("những cách đặt dấu thanh", "ways to place a tone mark"), many=True),
    Field("generic_titles", T, Text("tên điều khoản không nói gì riêng", "clause titles that say nothing of their own"), many=True),
    Field("title_words", T, Text("chữ không tính khi so tên mục", "words that do not count in a title"), many=True),
    Field("issue", T, Text("chữ trước lần ban hành ở đầu trang biểu mẫu", "words before the issue in a form's header"), many=True),
    Field("revision", T, Text("chữ trước lần sửa đổi", "words before the revision"), many=True),
    Field("retention", T, Text("tiêu đề cột thời hạn bảo quản", "titles of a column of retention times"), many=True),
    Field("unfinished", T, Text("chữ nói là sẽ viết sau", "words that put off the writing"), many=True),
    Field("issue_and_revision", T, Text("chữ trước cả hai, viết «1/2»", "words before both, written «1/2»"), many=True),
    Field("exclusion", T, Text("chữ nói điều khoản không áp dụng", "words that say a clause does not apply"), many=True),
    Field("not_citing", T, Text("cụm từ tận cùng bằng «mục» mà không viện dẫn", "phrases that cite nothing"), many=True),
    Field("plural", T, Text("chữ báo nhiều số: «các», «những»", "words that announce more than one number"), many=True),
    Field("numbered", T, Text("chữ giữa «mục» và số: «số»", "words between «section» and its number"), many=True),
    Field("range_from", T, Text("chữ mở đầu một dải số: «từ»", "words that open a range"), many=True),
    Field("range_to", T, Text("chữ nối một dải số: «đến»", "words that join a range"), many=True),
    Field("joined", T, Text("chữ nối một danh sách số: «và»", "words that join a list"), many=True),
    Field("after_numbers", T, Text("chữ đứng sau một danh sách số", "words that may follow a list of numbers"), many=True),
    Field("part_of", T, Text("chữ nối một mục với tài liệu của nó", "words that join a section to its document"), many=True),
    Field("within", T, Text("chữ chỉ nơi chốn nối như vậy: «tại»", "words of place that join so"), many=True),
    Field("document_words", T, Text("chữ gọi chung một tài liệu", "words that call a document by its kind"), many=True),
    Field("this", T, Text("chữ chỉ chính tài liệu này", "words that mean this very document"), many=True),
    Field("outside_words", T, Text("chữ gọi văn bản của nơi khác", "words for documents of others"), many=True),
    Field("articles", T, Text("mạo từ", "articles"), many=True),
    Field("any_document", T, Text("chữ gọi được mọi tài liệu: «tài liệu»", "words that any document may be called by"), many=True),
    Field("standard_words", T, Text("chữ gọi tiêu chuẩn mà sổ tay theo", "words for the standard followed"), many=True),
))

INSTRUMENT = Shape("instrument", (
    Field("kind", Kind.CHOICE, Text("loại văn bản ban hành", "kind of instrument"), required=True, choices=INSTRUMENTS),
    Field("number", T, Text("số", "number")),
    Field("date", Kind.DATE, Text("ngày ký", "date")),
))
SIGNER = Shape("signer", (
    Field("person", T, Text("người ký", "person"), required=True),
    Field("role", T, Text("chức vụ", "role")),
    Field("capacity", T, Text("tư cách ký", "capacity")),
))
EVIDENCE = Shape("evidence", (
    Field("kind", T, Text("loại bằng chứng", "kind"), required=True),
    Field("file", T, Text("tệp giữ kèm", "file kept")),
    Field("reference", T, Text("nơi tra cứu", "reference")),
    Field("digest", Kind.HASH, Text("mã kiểm tra của tệp", "digest of the file")),
    Field("original", T, Text("bản gốc ở đâu", "where the original is")),
    Field("publish", Kind.FLAG, Text("có đăng lên trang không", "whether the site shows it")),
))
PIN = Shape("pin", (
    Field("path", T, Text("đường dẫn", "path"), required=True),
    Field("blob", Kind.HASH, Text("mã blob trong git", "git blob"), required=True),
    Field("digest", Kind.HASH, Text("mã kiểm tra SHA-256", "SHA-256 digest")),
))
ITEM = Shape("item", (
    Field("code", Kind.DOCUMENT, Text("mã hoặc tên ngắn của tài liệu", "code or key"), required=True),
    Field("act", Kind.CHOICE, Text("việc ban hành", "what the release does"), required=True, choices=ACTS),
    Field("title", T, Text("tên tài liệu", "title"), required=True),
    Field("issue", T, Text("lần ban hành", "issue")),
    Field("revision", T, Text("lần sửa đổi", "revision")),
    Field("digest", Kind.HASH, Text("mã kiểm tra nội dung", "content digest")),
    Field("files", PIN, Text("các tệp", "files"), many=True),
    Field("summary", T, Text("tóm tắt thay đổi", "summary")),
    Field("reason", T, Text("lý do", "reason")),
))
RELEASE = Shape("release", (
    SCHEMA,
    Field("release", Kind.NUMBER, Text("số thứ tự", "sequence"), required=True),
    Field("imported", Kind.FLAG, Text("bản nhập", "an imported baseline")),
    Field("title", T, Text("tên đợt ban hành", "title"), required=True),
    Field("instrument", INSTRUMENT, Text("văn bản ban hành", "issuing instrument"), required=True),
    Field("signer", SIGNER, Text("người ký", "signer"), required=True),
    Field("effective", Kind.DATE, Text("ngày hiệu lực", "effective date"), required=True),
    Field("evidence", EVIDENCE, Text("bằng chứng", "evidence"), many=True),
    Field("recorder", T, Text("người ghi nhận", "recorder"), required=True),
    Field("recorded", Kind.DATE, Text("ngày ghi nhận", "day it was recorded")),
    Field("tool", T, Text("phiên bản công cụ", "version of the tool")),
    Field("catalogues", Kind.SLUG, Text("danh mục điều khoản", "catalogues"), many=True),
    Field("mends", Kind.NUMBER, Text("thay cho bản ghi sai số", "records that this one puts right"), many=True),
    Field("cancels", Kind.NUMBER, Text("đợt chưa có hiệu lực bị đợt này thay", "scheduled releases it replaces"), many=True),
    Field("previous", Kind.HASH, Text("mã kiểm tra của đợt trước", "digest of the previous release"), required=True),
    Field("basis", PIN, Text("dữ liệu kèm theo", "data in force beside the texts"), required=True, many=True),
    Field("items", ITEM, Text("các tài liệu", "documents"), required=True, many=True),
))

CANDIDATE = Shape("candidate", (
    SCHEMA,
    Field("candidate", Kind.SLUG, Text("tên ngắn của hồ sơ trình ký", "short name of the candidate"), required=True),
    Field("title", T, Text("tên đợt ban hành", "title of the release"), required=True),
    Field("commit", Kind.HASH, Text("phiên bản git được chốt", "the commit that was frozen"), required=True),
    Field("prepared", Kind.DATE, Text("ngày lập", "day it was prepared"), required=True),
    Field("tool", T, Text("phiên bản công cụ", "version of the tool")),
    Field("catalogues", Kind.SLUG, Text("danh mục điều khoản", "catalogues"), many=True),
    Field("basis", PIN, Text("dữ liệu kèm theo", "data beside the texts"), required=True, many=True),
    Field("items", ITEM, Text("các tài liệu", "documents"), required=True, many=True),
))

ASKED = Shape("asked", (
    Field("unit", Kind.UNIT, Text("đơn vị được hỏi", "unit that is asked"), required=True),
    Field("documents", Kind.DOCUMENT, Text("về tài liệu nào; bỏ trống là tất cả", "on which documents; none: all"), many=True),
    Field("sent", Kind.DATE, Text("ngày gửi", "day it was sent"), required=True),
    Field("by", T, Text("người gửi", "who sent it")),
    Field("reference", T, Text("số công văn, phiếu gửi", "number of the letter")),
    Field("due", Kind.DATE, Text("hạn trả lời", "day the answer is due")),
    Field("answered", Kind.DATE, Text("ngày trả lời; bỏ trống là chưa", "day of the answer; not yet, if absent")),
    Field("answer", Kind.CHOICE, Text("ý kiến", "the answer"), choices=ANSWERS),
    Field("person", T, Text("người trả lời", "who answered")),
    Field("comment", T, Text("nội dung góp ý", "what was commented")),
    Field("response", T, Text("tiếp thu, giải trình", "what was made of it")),
    Field("evidence", EVIDENCE, Text("bằng chứng", "evidence"), many=True),
    NOTE,
))
SIGNED = Shape("signed", (
    Field("as", Kind.CHOICE, Text("ký với tư cách", "signed as"), required=True, choices=("author", "reviewer")),
    Field("documents", Kind.DOCUMENT, Text("những tài liệu nào; bỏ trống là tất cả", "which documents; none: all"), many=True),
    Field("person", T, Text("ai: người trong qms.yml, hoặc họ tên", "who: a person of qms.yml, or a name"), required=True),
    Field("role", T, Text("chức vụ", "title")),
    Field("unit", Kind.UNIT, Text("đơn vị", "unit")),
    Field("date", Kind.DATE, Text("ngày ký", "day of signing"), required=True),
    Field("evidence", EVIDENCE, Text("bằng chứng", "evidence"), many=True),
    NOTE,
))
OPINIONS = Shape("opinions", (
    SCHEMA,
    Field("candidate", Kind.SLUG, Text("hồ sơ trình ký nào", "which candidate"), required=True),
    Field("draft", Kind.HASH, Text("phiên bản git đã gửi", "the commit that was sent")),
    Field("asked", ASKED, Text("lấy ý kiến các đơn vị", "units that were asked"), many=True),
    Field("signed", SIGNED, Text("người biên soạn, xem xét đã ký", "authors and reviewers that signed"), many=True),
))
HANDED = Shape("copy", (
    Field("document", Kind.DOCUMENT, Text("bản của tài liệu nào", "document it is a copy of"), required=True),
    Field("release", Kind.NUMBER, Text("nội dung của đợt ban hành nào", "release whose text it bears"), required=True),
    Field("unit", Kind.UNIT, Text("đơn vị giữ", "unit that holds it"), required=True),
    Field("number", T, Text("bản số", "number of the copy")),
    Field("medium", Kind.CHOICE, Text("bản giấy hay điện tử", "paper or electronic"), choices=("paper", "electronic")),
    Field("copies", Kind.NUMBER, Text("mấy bản", "how many copies")),
    Field("handed_out", Kind.DATE, Text("ngày phát", "day it was handed out"), required=True),
    Field("to", T, Text("người nhận", "who received it")),
    Field("received", Kind.DATE, Text("ngày ký nhận", "day the receipt was signed")),
    Field("recalled", Kind.DATE, Text("ngày thu hồi", "day it was recalled")),
    Field("destroyed", Kind.DATE, Text("ngày hủy", "day it was destroyed")),
    Field("lost", Kind.DATE, Text("ngày báo mất", "day it was reported lost")),
    Field("evidence", EVIDENCE, Text("bằng chứng giao nhận", "evidence of the receipt"), many=True),
    NOTE,
))
COPIES = Shape("copies.yml", (
    SCHEMA,
    Field("copies", HANDED, Text("các bản đã phát", "copies handed out"), required=True, many=True),
))
REVOKED_KEY = Shape("revoked key", (
    Field("key", T, Text("khóa công khai: ssh-ed25519 AAAA…", "public key: ssh-ed25519 AAAA…"), required=True),
    Field("from", Kind.DATE, Text(
        "không còn tin cậy từ ngày; unknown: mọi ngày",
        "untrusted from; unknown: always",
    ), required=True),
    Field("holder", T, Text("khóa của ai", "whose key")),
    Field("reason", T, Text("lý do: mất, lộ, thôi việc", "why: lost, leaked, left"), required=True),
    Field("reported", Kind.DATE, Text("ngày báo", "day it was reported")),
    Field("evidence", EVIDENCE, Text("bằng chứng", "evidence"), many=True),
))
REVOKED = Shape("revoked.yml", (
    SCHEMA,
    Field("revoked", REVOKED_KEY, Text("các khóa không còn tin cậy", "keys that are no longer trusted"), required=True, many=True),
))

DEBT = Shape("debt", (
    Field("rule", T, Text("quy tắc, như QMS101", "rule, such as QMS101"), required=True),
    Field("path", T, Text("tệp", "file"), required=True),
    Field("words", T, Text("những chữ bị báo", "the words under the finding")),
    Field("count", Kind.NUMBER, Text("mấy chỗ", "how many places"), required=True),
))
DEBTS = Shape("debts", (
    SCHEMA,
    Field("debts", DEBT, Text("các lỗi đã biết, chưa sửa", "findings known and not yet fixed"), required=True, many=True),
))
