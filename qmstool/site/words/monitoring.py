"""Hold the words of pages that watch over the manual: changes, dashboard, clause map, releases."""

from __future__ import annotations

from qmstool.i18n import Text

WATCH = {
    "answer_why": Text("Vì sao", "Why"),
    "board": Text("Bảng theo dõi", "Dashboard"),
    "board_card": Text("Việc đang chờ người xử lý", "What waits for somebody"),
    "board_lead": Text(
        "Những việc đang chờ người xử lý, tính từ sổ tay, danh mục và các đợt ban hành.",
        "What waits for somebody, computed from the manual, its registers and its releases.",
    ),
    "candidates": Text("Hồ sơ đang trình ký", "Candidates before the signer"),
    "change_draft": Text("Dự thảo đổi gì so với bản đã ghi nhận", "What the draft changes"),
    "change_last": Text("Lần sửa đổi gần nhất đổi gì", "What changed last"),
    "change_lost": Text(
        "Kho git không còn giữ nội dung của bản trước nên không so sánh được.",
        "The git repository no longer holds the text of the version before, so nothing can be "
        "compared.",
    ),
    "change_not_held": Text(
        "Nội dung của bản đã ban hành không lưu ở đây, nên không so sánh được. Đây là "
        "dự thảo đề xuất, không phải nội dung của tài liệu đã ban hành.",
        "The text that was issued is not kept here, so nothing can be compared. This is "
        "a draft proposal, not the text of the issued document.",
    ),
    "change_show": Text(
        "Xem chi tiết: chữ bỏ gạch ngang, chữ thêm gạch chân",
        "Show the words: struck out went, underlined came",
    ),
    "compared_with": Text("So với: {name}", "Compared with: {name}"),
    "draft_new": Text("mới chỉ có trong dự thảo", "in the draft only"),
    "date_unknown": Text("chưa rõ ngày hiệu lực", "effective date unknown"),
    "drafted": Text("Tài liệu có thay đổi chưa ban hành", "Documents with unreleased changes"),
    "due": Text("đến hạn {day}", "due on {day}"),
    "error": Text("lỗi", "errors"),
    "findings": Text("Kết quả kiểm tra", "Findings of the check"),
    "findings_card": Text("Kết quả kiểm tra bản này", "Findings of the check of this version"),
    "findings_more": Text(
        "Chạy «qmstool check» để thấy từng chỗ, kèm cách sửa.",
        "Run «qmstool check» to see each place, and what would fix it.",
    ),
    "findings_none": Text("Không có phát hiện nào.", "Nothing was found."),
    "heat": Text("Bản đồ điều khoản", "Clause map"),
    "heat_alternative": Text(
        "Mỗi ô là một điều khoản, có biểu tượng và màu của tình trạng. Nội dung bằng chữ nằm ngay "
        "dưới hình.",
        "Each cell is a clause with the icon and colour of its state. The same stands as text "
        "below the picture.",
    ),
    "heat_card": Text(
        "Điều khoản nào đã được đáp ứng, bằng gì",
        "Which clauses are answered, and how well",
    ),
    "heat_lead": Text(
        "{count} điều khoản của {standard}. Mỗi ô cho thấy tình trạng yếu nhất trong những gì đáp "
        "ứng điều khoản ấy: mục của sổ tay, tài liệu, hồ sơ phải lưu.",
        "Clauses of {standard}: {count}. Each cell shows the weakest state among what answers the "
        "clause: section, documents, the record demanded.",
    ),
    "heat_text": Text("Các điều khoản theo tình trạng", "The clauses by state"),
    "history": Text("Nhật ký thay đổi", "Trail"),
    "history_note": Text(
        "Ai lưu gì vào kho git, đợt nào được ký, ghi nhận và có hiệu lực, bản nào đã phát. Lưu vào "
        "kho không phải là phê duyệt.",
        "Who committed what, which release was signed, recorded and in force, which copies went "
        "out. To commit is not to approve.",
    ),
    "how_many": Text("Số lượng", "Count"),
    "info": Text("gợi ý", "notes"),
    "items_count": Text("{count} tài liệu", "Documents: {count}"),
    "laws": Text(
        "Tài liệu bên ngoài hết hiệu lực mà vẫn được dùng",
        "External documents that ceased and are still relied on",
    ),
    "named_at": Text("được viện dẫn tại", "cited at"),
    "newest_digest": Text("Mã kiểm tra SHA-256 của đợt mới nhất", "SHA-256 of the newest release"),
    "newest_digest_more": Text(
        "Ghi lại mã này ở ngoài kho (sổ, thư điện tử): đối chiếu với mã thì biết các đợt sau cùng "
        "có bị cắt bỏ hay không.",
        "Keep this outside the repository (a ledger, an e-mail): compared with it, a cut-off tail "
        "of the chain shows.",
    ),
    "no_retention": Text(
        "Hồ sơ chưa rõ thời hạn bảo quản",
        "Records without a known retention period",
    ),
    "no_text": Text("chưa có nội dung", "no text here"),
    "not_held_all": Text(
        "Tài liệu mới chỉ đăng ký, chưa có nội dung",
        "Documents whose text is not held here",
    ),
    "nothing_waits": Text("Không có.", "None."),
    "now_is": Text("nay là {names}", "now {names}"),
    "open_release": Text("Mở trang của đợt này", "Open the pages of this release"),
    "overdue": Text("quá hạn từ {day}", "overdue since {day}"),
    "proof": Text("Kiểm chứng", "Verification"),
    "proof_card": Text(
        "Câu hỏi của đánh giá viên, và câu trả lời",
        "The auditor's questions, answered",
    ),
    "proof_lead": Text(
        "Những câu một đánh giá viên sẽ hỏi, trả lời từ chính các bản ghi: có, không, hoặc chưa "
        "có bằng chứng. Tự kiểm lại bằng lệnh «qmstool verify».",
        "What an auditor will ask, answered from the records themselves: yes, no, or not "
        "evidenced. Check it yourself with «qmstool verify».",
    ),
    "proof_documents": Text("Từng tài liệu đang có hiệu lực", "Each document in force"),
    "proof_documents_more": Text(
        "Trang web được dựng không có khóa, chứng thư tin cậy và mã đối chứng, nên tự nó không "
        "chứng minh được gì: chỉ nói điều trái với bản ghi và điều còn thiếu. Ai giữ những thứ ấy "
        "thì hỏi bằng «qmstool verify --trust … --witness …».",
        "These pages are made without trusted keys, certificates or a witness code, so by "
        "themselves they prove nothing: they say what speaks against a record and what is missing. "
        "Whoever keeps these asks by «qmstool verify --trust … --witness …».",
    ),
    "follow": Text("Theo dõi", "Follow"),
    "proposed": Text("có dự thảo đề xuất", "a draft proposal exists"),
    "question": Text("Câu hỏi", "Question"),
    "answer": Text("Trả lời", "Answer"),
    "recorded_on": Text("Ghi nhận ngày", "Recorded on"),
    "releases_alternative": Text(
        "Các đợt ban hành theo thời gian, mới nhất ở trên. Nội dung bằng chữ nằm ngay dưới hình.",
        "Releases in time, the newest on top. The same stands as text below the picture.",
    ),
    "releases_lead": Text(
        "Mọi đợt đã ghi nhận, mới nhất ở trên.",
        "Every recorded release, the newest on top.",
    ),
    "releases_link": Text(
        "Xem tất cả các đợt, đợt nào ban hành những gì.",
        "See all releases, and what each put in force.",
    ),
    "releases_text": Text("Từng đợt", "Release by release"),
    "returned": Text(
        "Xem xét định kỳ trả lại kèm góp ý", "Periodic reviews returned with comments"
    ),
    "reviews": Text("Đến hạn hoặc quá hạn xem xét", "Reviews due or overdue"),
    "reviews_unknown": Text("Chưa rõ hạn xem xét", "Review date unknown"),
    "rule": Text("Quy tắc", "Rule"),
    "severity": Text("Mức", "Severity"),
    "short_address": Text("Địa chỉ ngắn", "Short address"),
    "short_address_more": Text(
        "Quét để mở bản hiện hành của tài liệu này; in ra dán nơi làm việc.",
        "Scan to open what is current of this document.",
    ),
    "this_is_proposal": Text("Dự thảo đề xuất, chưa có hiệu lực", "Draft proposal, not in force"),
    "unproven": Text(
        "Đợt ban hành chưa có bằng chứng phê duyệt",
        "Releases without evidence of approval",
    ),
    "warning": Text("cảnh báo", "warnings"),
    "watch": Text("Kiểm soát", "Oversight"),
    "when": Text("Khi nào", "When"),
    "who": Text("Ai", "Who"),
    "act": Text("Việc", "What"),
}
HEAT_STATES = {
    "open": Text("chưa đáp ứng", "not answered"),
    "lacking": Text("thiếu hồ sơ mà tiêu chuẩn đòi hỏi", "a demanded record is not named"),
    "registered": Text(
        "tài liệu mới chỉ đăng ký, chưa có nội dung",
        "rests on a document whose text is not held",
    ),
    "excluded": Text("không áp dụng", "does not apply"),
}
