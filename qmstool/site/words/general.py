"""Hold every word the pages say of themselves, in both languages; templates know it as `w.name`."""

from __future__ import annotations

from qmstool.i18n import Text
from qmstool.site.words.monitoring import WATCH
from qmstool.site.words.releases import ISSUED

WORDS = {
    "abbreviations": Text("Chữ viết tắt", "Abbreviations"),
    "abbreviations_lead": Text(
        "{count} chữ viết tắt dùng trong sổ tay.",
        "Abbreviations used in the manual: {count}.",
    ),
    "about": Text("Về sổ tay này", "About this manual"),
    "about_card": Text("Nguồn, phiên bản, các đợt ban hành", "Sources, versions, releases"),
    "after": Text("Tiếp theo", "Next"),
    "amended_by": Text("Được sửa đổi bởi", "Amended by"),
    "and_the_standard": Text("Đối chiếu với tiêu chuẩn", "Beside the standard"),
    "answers_clauses": Text("Đáp ứng điều khoản", "Answers clauses"),
    "applicability": Text(
        "Bảng xác định điều khoản áp dụng / không áp dụng",
        "Which clauses apply",
    ),
    "applicability_lead": Text(
        "Mỗi điều khoản được đáp ứng ở đâu, bằng tài liệu và hồ sơ nào, ai chịu trách nhiệm.",
        "Where each clause is answered, by which documents and records, and who is responsible.",
    ),
    "applicability_word": Text("Tình trạng áp dụng", "Applicability"),
    "applicable": Text("Áp dụng", "Applies"),
    "around": Text("Trang trước và trang sau", "Previous and next page"),
    "as_of": Text("Tình trạng tính đến ngày", "State as of"),
    "before": Text("Trước đó", "Previous"),
    "belongs_to": Text("Thuộc tài liệu", "Belongs to"),
    "built_at": Text("Dựng lúc", "Built at"),
    "by_unit": Text("Quy trình, quy định theo đơn vị", "Procedures and rules by unit"),
    "chain": Text("Chuỗi thay thế đến văn bản hiện nay", "Successors, down to the present one"),
    "change_kind": Text("Thay đổi", "Change"),
    "changed": Text("có dự thảo sửa đổi", "a draft revision exists"),
    "changes": Text("Theo dõi sửa đổi", "Change table"),
    "chapter": Text("Xem cả chương", "The whole chapter"),
    "check_code": Text("Mã kiểm tra", "Check code"),
    "checked_by": Text("Người rà soát", "Checked by"),
    "checked_on": Text("Ngày rà soát", "Checked on"),
    "citations": Text("Viện dẫn tìm thấy trong lời văn", "Citations found in the text"),
    "cited_by": Text("Được viện dẫn tại", "Cited by"),
    "cited_nowhere": Text(
        "Sổ tay và các tài liệu không viện dẫn văn bản này.",
        "Neither the manual nor any document cites it.",
    ),
    "cites": Text("Viện dẫn tới", "Cites"),
    "clause": Text("Điều khoản", "Clause"),
    "clauses": Text("Điều khoản", "Clauses"),
    "clauses_count": Text("{count} điều khoản", "Clauses: {count}"),
    "code": Text("Mã", "Code"),
    "comes_after": Text("Thay thế hoặc sửa đổi", "Replaces or amends"),
    "overtaken": Text("Lưu ý", "Note"),
    "coming": Text("Áp dụng từ {day}: bản sau", "From {day}: the next version"),
    "coming_list": Text("Sắp áp dụng", "Soon in force"),
    "coming_from": Text("áp dụng từ {day}", "applies from {day}"),
    "text_coming": Text("Đã ban hành, chưa đến ngày có hiệu lực", "Issued, not yet in force"),
    "text_coming_more": Text("Tài liệu này áp dụng từ {day}.", "This document applies from {day}."),
    "text_coming_link": Text("Đọc bản sẽ áp dụng", "Read the text that will apply"),
    "days": Text("Bản có hiệu lực tại ngày", "The manual on a day"),
    "days_card": Text("Ngày nào thì làm theo bản nào", "Which version was in force when"),
    "days_lead": Text(
        "Mỗi dòng là một khoảng thời gian và bản sổ tay có hiệu lực trong khoảng đó.",
        "Each line is a stretch of time and the version of the manual in force during it.",
    ),
    "days_since": Text("Từ ngày", "From"),
    "days_until": Text("Đến trước ngày", "Until the day before"),
    "days_start": Text("chưa rõ ngày bắt đầu", "start unknown"),
    "days_open": Text("đến nay chưa có bản sau", "no later version known"),
    "days_ask": Text("Xem sổ tay của ngày", "Show the manual of"),
    "days_go": Text("Xem", "Show"),
    "days_none": Text(
        "Ngày ấy chưa có đợt ban hành nào có hiệu lực.",
        "No release was in force on that day.",
    ),
    "stale": Text(
        "Trang web này được dựng ngày {day}, đã quá {days} ngày; tình trạng hiệu lực có thể đã "
        "khác. Hãy hỏi lại trước khi dùng.",
        "This site was built on {day}, more than {days} days ago; what is in force may have "
        "changed. Ask before relying on it.",
    ),
    "outrun": Text(
        "{title}: đã đến ngày có hiệu lực, nhưng trang này dựng trước ngày đó.",
        "{title}: in force by now, but this site is older.",
    ),
    "kept": Text(
        "Đây là bản lưu của một đợt ban hành, để tra cứu; có thể đã có bản sau.",
        "These pages are kept from one release, for reference; there may be a later version.",
    ),
    "kept_in_force": Text("Đợt này đang có hiệu lực.", "This release is in force."),
    "kept_overtaken": Text(
        "Bản này không có hiệu lực: đợt ghi nhận sau đã thay thế.",
        "This version never came into force: a later record took its place.",
    ),
    "kept_scheduled": Text(
        "Chưa có hiệu lực: áp dụng từ {day}.",
        "Not yet in force: applies from {day}.",
    ),
    "kept_unchanged": Text(
        "Đã có đợt sau từ ngày {day}; tài liệu trên trang này không thay đổi.",
        "A later release has been in force since {day}; the document on this page did not change.",
    ),
    "kept_withdrawn": Text(
        "Tài liệu này đã bãi bỏ từ ngày {day}.",
        "This document was withdrawn on {day}.",
    ),
    "to_successor": Text("Xem bản thay thế", "See its successor"),
    "to_coming": Text("Xem bản ấy", "See it"),
    "version_day": Text("Ngày {day}", "Day {day}"),
    "commit": Text("Phiên bản git", "Git commit"),
    "contact": Text("Liên hệ", "Contact"),
    "contents": Text("Nội dung sổ tay", "Contents"),
    "control": Text("Thông tin kiểm soát", "Control data"),
    "demands": Text("Tiêu chuẩn đòi hỏi", "The standard demands"),
    "disposition": Text("Xử lý khi hết hạn", "Disposition"),
    "distribution": Text("Nơi nhận", "Distribution"),
    "documents": Text("Danh mục tài liệu nội bộ", "Register of controlled documents"),
    "documents_lead": Text(
        "{count} tài liệu, không kể biểu mẫu. Danh mục này được lập tự động từ chính các tài liệu "
        "và các đợt ban hành.",
        "Documents, forms apart: {count}. This register is generated from the documents and the "
        "releases themselves.",
    ),
    "documents_records": Text("Tài liệu, hồ sơ", "Documents and records"),
    "documents_short": Text("Tài liệu nội bộ", "Controlled documents"),
    "documents_to_see": Text("Tài liệu cần xem lại", "Documents to look at"),
    "download": Text("Tải về", "Download"),
    "draft_banner": Text(
        "Đây là bản dự thảo, chưa có hiệu lực.",
        "This is a draft; it is not in force.",
    ),
    "draft_more": Text(
        "Trang này dựng từ nội dung mới nhất đang soạn, chưa được phê duyệt; không dùng để thực "
        "hiện công việc.",
        "These pages show the newest text being worked on. It has not been approved and is not to "
        "be worked by.",
    ),
    "draft_title": Text("Bản dự thảo", "Draft"),
    "effective_from": Text("Hiệu lực từ", "In force from"),
    "evidence": Text("Căn cứ của lần rà soát", "What the check rests on"),
    "excluded_clause": Text("Điều khoản {number} không áp dụng", "Clause {number} does not apply"),
    "excluded_count": Text(
        "{count} điều khoản không áp dụng",
        "Clauses that do not apply: {count}",
    ),
    "expansion": Text("Viết đầy đủ", "Stands for"),
    "expired": Text("Hết hiệu lực từ", "Ceased on"),
    "external": Text("Danh mục tài liệu bên ngoài", "Register of external documents"),
    "external_none": Text(
        "Chưa đăng ký tài liệu bên ngoài nào.", "No external document is registered yet."
    ),
    "external_lead": Text(
        "{count} văn bản của cơ quan khác. Tình trạng là kết quả lần rà soát ghi ở từng dòng; hãy "
        "kiểm tra lại trước khi áp dụng.",
        "Documents issued by others: {count}. The status is the outcome of the check noted on "
        "each line; look again before relying on it.",
    ),
    "external_short": Text("Tài liệu bên ngoài", "External documents"),
    "facts": Text("Thông tin đăng ký", "Register entry"),
    "file": Text("Tệp", "File"),
    "flows": Text("Các dòng chuyển", "Flows"),
    "form": Text("Biểu mẫu", "Form"),
    "forms": Text("Biểu mẫu", "Forms"),
    "forms_count": Text("{count} biểu mẫu để tải về", "Forms to download: {count}"),
    "forms_lead": Text(
        "{count} biểu mẫu. Tải tệp về để điền.",
        "Forms: {count}. Download the file to fill it in.",
    ),
    "forms_none": Text("Chưa đăng ký biểu mẫu nào.", "No form is registered yet."),
    "gives_to": Text("Chuyển cho", "Gives to"),
    "guiding": Text("Chính sách và mục tiêu", "Policy and objectives"),
    "held_count": Text(
        "{count}, trong đó {held} có nội dung ở đây",
        "{count}, the text of {held} is kept here",
    ),
    "third_parties": Text("Phần của người khác", "Parts of others"),
    "third_parties_more": Text(
        "Trang này được dựng với những phần mềm sau, mỗi phần theo giấy phép của nó.",
        "This site is built with the following software, each part under its licence.",
    ),
    "part_name": Text("Phần mềm", "Software"),
    "part_version": Text("Phiên bản", "Version"),
    "part_licence": Text("Giấy phép", "Licence"),
    "how_built": Text("Trang này được dựng thế nào", "How this site is built"),
    "how_built_more": Text(
        "Mọi danh mục, ma trận, bảng theo dõi và con số trên các trang đều được tính từ văn bản "
        "và dữ liệu mỗi lần dựng; không bảng nào lập bằng tay.",
        "Every register, matrix, table and number on these pages is computed from the manual's "
        "texts and data at each build; none is kept by hand.",
    ),
    "imported": Text("bản tiếp nhận", "imported"),
    "in_force_card": Text("Tài liệu đang áp dụng", "What is in force"),
    "in_force_count": Text(
        "{count} trên {all} tài liệu đã đăng ký",
        "{count} of {all} registered documents",
    ),
    "imported_count": Text(
        "{count} bản tiếp nhận, chưa có bằng chứng phê duyệt",
        "{count} imported, approval not evidenced",
    ),
    "inferred": Text("suy ra", "inferred"),
    "inputs": Text("Đầu vào", "Inputs"),
    "instrument": Text("Văn bản ban hành", "Instrument"),
    "issue_revision": Text("Lần ban hành · sửa đổi", "Issue · revision"),
    "issued": Text("Ngày ban hành", "Issued"),
    "issuer": Text("Cơ quan ban hành", "Issuer"),
    "kept_by": Text("Đơn vị lưu", "Kept by"),
    "maintain_always": Text("Phải có tài liệu", "A document is demanded"),
    "maintain_conditional": Text(
        "Phải có tài liệu khi áp dụng",
        "A document is demanded where it applies",
    ),
    "manual": Text("Sổ tay chất lượng", "The manual"),
    "manual_card": Text(
        "Các phần, các mục theo điều khoản, phụ lục",
        "Parts, sections by clause, annexes",
    ),
    "manual_short": Text("Mục sổ tay", "Section"),
    "map": Text("Sơ đồ quá trình", "Process map"),
    "map_alternative": Text(
        "Các quá trình xếp theo nhóm, mũi tên chỉ dòng chuyển. Nội dung bằng chữ nằm ngay dưới "
        "hình.",
        "Processes in groups, arrows for what flows between them. The same stands as text below "
        "the picture.",
    ),
    "map_count": Text("{count} quá trình", "Processes: {count}"),
    "map_text": Text("Sơ đồ bằng chữ", "The map as text"),
    "matrix": Text("Ma trận điều khoản – tài liệu", "Clause–document matrix"),
    "matrix_beside": Text(
        "Các tiêu chuẩn cạnh nhau: mỗi dòng là những điều khoản cùng nghĩa, và cái đáp ứng chúng.",
        "The standards side by side: in each line the clauses of one meaning, and what answers.",
    ),
    "matrix_lead": Text(
        "{standard}: {rows} điều khoản, {columns} tài liệu đáp ứng các điều khoản đó.",
        "Clauses of {standard}: {rows}; documents that answer them: {columns}.",
    ),
    "in_english": Text("Ghi chú, bằng tiếng Anh", "Remarks, in English"),
    "months": Text("tháng", "months"),
    "moved": Text("Trang đã chuyển", "This page has moved"),
    "moved_to": Text("Nội dung này nay ở", "It is now at"),
    "new_clause": Text("Ấn bản mới", "New edition"),
    "newest_release": Text("Đợt ban hành mới nhất", "Newest release"),
    "no_owner": Text("Chưa rõ đơn vị chủ trì", "Owning unit unknown"),
    "no_reason": Text("chưa ghi", "not given"),
    "not_applicable": Text("Không áp dụng", "Does not apply"),
    "not_found": Text("Không có trang này", "There is no such page"),
    "not_found_more": Text(
        "Hãy tìm bằng ô tìm kiếm, hoặc bắt đầu lại từ trang chủ.",
        "Use the search, or start again from the home page.",
    ),
    "not_held": Text(
        "Mới chỉ đăng ký, chưa có nội dung",
        "Registered only; the text is not kept here",
    ),
    "not_held_more": Text(
        "Ở đây chỉ có thông tin đăng ký, không có lời văn. Hãy hỏi nơi phụ trách bản đang dùng.",
        "Only its register entry is here, not its text. Ask its owner for the text in use.",
    ),
    "not_held_paper": Text(
        "Tài liệu này được ban hành trên giấy. Ở đây chỉ có thông tin đăng ký, không có lời văn.",
        "This document is issued on paper. Only its register entry is here, not its text.",
    ),
    "linked_files": Text("Các tệp mà nội dung dẫn tới", "Files that the text links to"),
    "said_by_none": Text("Chưa tài liệu nào ghi: {columns}.", "No document states: {columns}."),
    "last_review": Text("Lần xem xét gần nhất đã ghi nhận", "Last recorded review"),
    "text_is_file": Text("Nội dung là tệp ở trên", "The text is the file above"),
    "text_is_file_more": Text(
        "Bản được kiểm soát của tài liệu này là tệp ấy, không phải trang này. Mã kiểm tra ở đây "
        "tính trên cả tệp; tệp tải về từ bản đang xem đúng là tệp được ghi nhận.",
        "The controlled text of this document is that file, not this page. The check code counts "
        "the file in; what is downloaded from this version is the file as it was recorded.",
    ),
    "not_known": Text("chưa rõ", "unknown"),
    "note": Text("Ghi chú", "Note"),
    "notice": Text("Cần biết trước khi đọc", "Before you read"),
    "number": Text("Số, ký hiệu", "Number"),
    "old_clause": Text("Ấn bản cũ", "Old edition"),
    "organization": Text("Cơ quan", "Organisation"),
    "outputs": Text("Đầu ra", "Outputs"),
    "owner": Text("Đơn vị chủ trì", "Owner"),
    "permalink": Text("Liên kết tới mục này", "Link to this section"),
    "place": Text("Nơi lưu", "Place"),
    "procedure": Text("Quy trình", "Procedure"),
    "process_owner": Text("Chủ quá trình", "Process owner"),
    "propose_change": Text("Đề nghị sửa đổi", "Propose a change"),
    "propose_section": Text("Đề nghị sửa đổi mục này", "Propose a change to this section"),
    "read_outside": Text("Đọc văn bản tại nguồn", "Read it at its source"),
    "reason": Text("Lý do", "Reason"),
    "record": Text("Tên hồ sơ", "Record"),
    "records": Text("Hồ sơ", "Records"),
    "records_lead": Text(
        "{count} loại hồ sơ mà sổ tay và các quy trình đòi hỏi.",
        "Kinds of record that the manual and its procedures call for: {count}.",
    ),
    "records_none": Text("Chưa đăng ký loại hồ sơ nào.", "No kind of record is registered yet."),
    "records_register": Text("Danh mục hồ sơ", "Register of records"),
    "references": Text("Viện dẫn", "References"),
    "registers": Text("Danh mục và tra cứu", "Registers"),
    "release": Text("Đợt", "Release"),
    "releases": Text("Các đợt ban hành", "Releases"),
    "remark": Text("Nhận xét", "Remark"),
    "replaced_by": Text("Được thay thế bởi", "Replaced by"),
    "replaces": Text("Thay cho", "Replaces"),
    "responsible": Text("Trách nhiệm", "Responsible"),
    "retain_always": Text("Phải lưu hồ sơ", "A record is demanded"),
    "retain_conditional": Text(
        "Phải lưu hồ sơ khi áp dụng",
        "A record is demanded where it applies",
    ),
    "retention": Text("Thời hạn bảo quản", "Retention"),
    "review_comment": Text("Góp ý khi xem xét", "Comments of the review"),
    "review_due": Text("Hạn xem xét", "Review due"),
    "review_every": Text("Xem xét định kỳ", "Periodic review"),
    "search_hint": Text(
        "Gõ có dấu hay không dấu đều được; mã viết cách nào cũng tìm ra.",
        "Accents may be left out; codes are found in any spelling.",
    ),
    "search_invite": Text(
        "Tìm quy trình, biểu mẫu, điều khoản…",
        "Find a procedure, form, clause…",
    ),
    "section": Text("Mục của sổ tay", "Section of the manual"),
    "short_form": Text("Viết tắt", "Short form"),
    "signer": Text("Người ký", "Signed by"),
    "source": Text("Tệp", "File"),
    "standards": Text("Tiêu chuẩn", "Standards"),
    "state": Text("Tình trạng", "State"),
    "status": Text("Tình trạng hiệu lực", "Status"),
    "takes_from": Text("Nhận từ", "Takes from"),
    "text_elsewhere": Text("Tài liệu không còn trong sổ tay", "No longer part of the manual"),
    "text_elsewhere_more": Text(
        "Lời văn đã ban hành của tài liệu này nằm ở trang của đợt ban hành tương ứng; ở đây chỉ "
        "còn dữ liệu.",
        "Its released text stands on the pages of that release; only its data remains here.",
    ),
    "text_missing": Text(
        "Không tìm thấy lời văn trong kho git",
        "The text is not in the git repository",
    ),
    "text_missing_more": Text(
        "Tài liệu này đã ban hành nhưng kho git không còn giữ lời văn của bản ấy, nên trang này "
        "chỉ có dữ liệu.",
        "This document was released, but the git repository no longer holds its text, so this "
        "page shows data only.",
    ),
    "this_is_draft": Text("Dự thảo sửa đổi, chưa có hiệu lực", "Draft revision, not in force"),
    "title": Text("Tên", "Title"),
    "statement_of": Text("Phiên bản và phê duyệt:", "Version and approval:"),
    "statement_none": Text(
        "Bảng này chưa là một tài liệu, nên chưa có phiên bản và phê duyệt.",
        "This table is no document yet, so it has neither version nor approval.",
    ),
    "title_one": Text("tên đọc ở một nguồn công khai", "title read in one public source"),
    "title_two": Text("tên đọc ở hai nguồn công khai", "title read in two public sources"),
    "title_unverified": Text("tên chưa kiểm chứng", "title unverified"),
    "to_in_force": Text("Xem bản đang có hiệu lực", "See what is in force"),
    "tool": Text("Công cụ", "Tool"),
    "transition": Text("Chuyển đổi ấn bản tiêu chuẩn", "Transition to the next edition"),
    "type": Text("Loại", "Type"),
    "printed": Text(
        "Bản in không kiểm soát · in ngày {day}",
        "Uncontrolled when printed · printed {day}",
    ),
    "unread": Text("Chưa ghi nhận đã đọc và hiểu", "Not yet acknowledged as read"),
    "uncontrolled_print": Text(
        "Bản in không kiểm soát. Đối chiếu mã kiểm tra với trang hiện hành trước khi dùng.",
        "Uncontrolled when printed. Compare the check code with the current page before use.",
    ),
    "uncontrolled_short": Text("Bản in không kiểm soát", "Uncontrolled when printed"),
    "as_clause": Text("như {number}", "as {number}"),
    "under": Text("trong {number}", "under {number}"),
    "untitled": Text("(không có tên riêng)", "(no title of its own)"),
    "unanswered": Text("Chưa có gì đáp ứng", "No answer yet"),
    "unverified": Text("Chưa kiểm chứng", "Unverified"),
    "unverified_more": Text(
        "Chưa có người giữ văn bản tiêu chuẩn xác nhận bảng này.",
        "Nobody holding the standard's text has confirmed it.",
    ),
    "unverified_title": Text("Cả bảng này chưa kiểm chứng", "The whole table is unverified"),
    "verified": Text("Kiểm chứng", "Verified"),
    "verified_yes": Text("Đã kiểm chứng", "Verified"),
    "version_baseline": Text(
        "Bản tiếp nhận (đợt {number}) – chưa có bằng chứng phê duyệt",
        "Taken over (release {number}) – approval not evidenced",
    ),
    "version_current": Text("Đang có hiệu lực: {name}", "In force: {name}"),
    "version_draft": Text("Dự thảo", "Draft"),
    "version_label": Text("Phiên bản", "Version"),
    "version_past": Text(
        "Bản này không còn hiệu lực từ ngày {day}.",
        "This version has not been in force since {day}.",
    ),
    "version_since": Text("hiệu lực từ {day}", "in force from {day}"),
    "version_release": Text("Đợt {number}", "Release {number}"),
    "what_changed": Text("Nội dung", "What changed"),
    "what_is_here": Text("Trong sổ tay này có", "What is in this manual"),
    "you_are_here": Text("Đường dẫn", "You are here"),
    **WATCH,
    **ISSUED,
}

REGISTERED = {"registered": Text("mới chỉ đăng ký", "registered only")}
SHORT_STATES = {
    "imported": Text("bản tiếp nhận", "imported"),
    "scheduled": Text("sắp có hiệu lực", "scheduled"),
}
ACTS = {
    "new": Text("Ban hành mới", "New"),
    "revise": Text("Sửa đổi", "Revised"),
    "reissue": Text("Ban hành lại", "Re-issued"),
    "correct": Text("Đính chính", "Corrected"),
    "withdraw": Text("Bãi bỏ", "Withdrawn"),
    "imported": Text("Bản tiếp nhận", "Imported"),
}
CHANGE_KINDS = {
    "added": Text("thêm mới", "added"),
    "changed": Text("thay đổi", "changed"),
    "note": Text("chú thích", "note"),
}
TRANSITION_KINDS = {
    "carried": Text("Giữ nguyên", "Carried over"),
    "changed": Text("Thay đổi", "Changed"),
    "new": Text("Mới", "New"),
    "merged": Text("Gộp", "Merged"),
    "split": Text("Tách", "Split"),
    "withdrawn": Text("Bỏ", "Withdrawn"),
}
