"""Hold the words of the pages about releases: annex, notice of application, and the trail."""

from __future__ import annotations

from qmstool.i18n import Text

ISSUED = {
    "annex": Text("Tài liệu ban hành kèm theo", "Annex: what the instrument put in force"),
    "annex_imported": Text(
        "Tài liệu được nhập vào, như đang có",
        "What was taken over as it was found",
    ),
    "annex_submitted": Text("Tài liệu trình ký", "What is put before the signer"),
    "annex_more": Text(
        "Mã kiểm tra tính từ toàn văn, kể cả hình và tệp kèm theo; sửa một chữ là mã khác đi. Bản "
        "nào có mã không trùng bảng này thì không phải bản của đợt này.",
        "The check code is computed from the whole text with its pictures and attachments; one "
        "word changed gives another code. A copy whose code is not in this table is not of this "
        "release.",
    ),
    "as_signed": Text(
        "Ghi nhận đúng như văn bản đã ký: hồ sơ trình ký so sánh với một bản khác bản có hiệu lực "
        "vào ngày hiệu lực của đợt này. Bảng dưới so sánh với bản có hiệu lực.",
        "Recorded as signed: the papers before the signer compared with another version than the "
        "one in force on this release's day. The table below compares with the one in force.",
    ),
    "as_of_other": Text(
        "Ngày khác: chọn đợt ở ô «Phiên bản» đầu trang, hoặc chạy «qmstool register {register} "
        "--as-of NGÀY».",
        "Another day: choose a release under «Version» at the top, or run «qmstool register "
        "{register} --as-of DAY».",
    ),
    "comparison": Text("So sánh nội dung cũ và mới", "Old and new content compared"),
    "comparison_lost": Text(
        "Kho git không còn giữ nội dung của bản này hoặc bản trước.",
        "The git repository has lost one of the texts.",
    ),
    "comparison_new": Text("Ban hành mới, xem toàn văn.", "New; see the text."),
    "comparison_same": Text("Nội dung không đổi.", "The content is the same."),
    "comparison_withdrawn": Text("Bãi bỏ toàn bộ.", "Withdrawn as a whole."),
    "evidence_hidden": Text("không đăng lên trang", "not shown on this site"),
    "evidence_title": Text("Bằng chứng phê duyệt", "Evidence of approval"),
    "file_digest": Text("Mã kiểm tra SHA-256 của tệp", "SHA-256 of the file"),
    "mends": Text("Thay cho bản ghi sai của đợt", "Puts right the record of release"),
    "new_content": Text("Nội dung mới", "New content"),
    "no_copies": Text(
        "Không ghi nhận bản giấy nào của các tài liệu bị thay thế ở đơn vị nào; nếu còn bản in "
        "thì hủy hoặc gạch bỏ.",
        "No paper copy of what is replaced is registered with any unit; destroy or strike out any "
        "printout.",
    ),
    "notice_applies": Text("Áp dụng từ ngày", "Applies from"),
    "notice_by": Text("Theo văn bản", "By"),
    "notice_copies": Text("Bản giấy phải trả lại", "Paper copies to be returned"),
    "notice_copies_more": Text(
        "Trả trong ngày bản mới có hiệu lực; bản giữ lại để tham khảo phải đóng dấu «Lỗi thời».",
        "Return them on the day the new version takes effect; a copy kept for reference is "
        "stamped «obsolete».",
    ),
    "notice_foot": Text("……………, ngày …… tháng …… năm ………", "……………, …… ……………… ………"),
    "notice_links": Text("Đọc bản mới", "Read the new version"),
    "notice_number": Text("Số: ………/TB-………", "No.: ………"),
    "notice_of": Text("Thông báo áp dụng", "Notice of application"),
    "notice_replaced": Text("Bản bị thay thế hoặc bãi bỏ", "What is replaced or withdrawn"),
    "notice_signature": Text("NGƯỜI THÔNG BÁO", "NOTICE GIVEN BY"),
    "notice_units": Text("Đơn vị phải biết và thực hiện", "Units that must know and act"),
    "notice_units_none": Text(
        "Tài liệu chưa ghi nơi nhận: ……………………………",
        "No recipient is registered: ……………………………",
    ),
    "notice_what": Text("Nội dung thay đổi", "What changes"),
    "notice_lead": Text(
        "Văn bản soạn sẵn để đăng hoặc in khổ A4; chỗ có dấu chấm để người thông báo tự điền.",
        "Ready to post or to print on A4; the dotted places are for the person who gives notice.",
    ),
    "old_content": Text("Nội dung cũ", "Old content"),
    "original": Text("Bản gốc lưu tại", "Original kept at"),
    "owner_unit": Text("Đơn vị", "Unit"),
    "open_notice": Text("Thông báo áp dụng", "Notice of application"),
    "frozen_commit": Text("Phiên bản git", "Git commit"),
    "opinions_summed": Text("Ý kiến", "Opinions"),
    "prepared_on": Text("Lập ngày", "Prepared on"),
    "submitted_more": Text(
        "Chưa ký thì chưa có hiệu lực. Nội dung dưới đây được chốt lúc lập hồ sơ; dự thảo có thể "
        "đã đổi tiếp.",
        "Not signed, so not in force. What follows was frozen when the dossier was made; the "
        "draft may have moved on.",
    ),
    "submitted_title": Text("Hồ sơ trình ký", "Before the signer"),
    "open_details": Text("Danh mục, so sánh, bằng chứng", "Annex, comparison, evidence"),
    "previous_version": Text("Bản trước", "Version before"),
    "print_hint": Text("In: Ctrl+P", "Print: Ctrl+P"),
    "recall": Text("Bản giấy cần thu hồi", "Paper copies to recall"),
    "recall_when": Text(
        "{unit}: {copies} bản, đợt {number}",
        "{unit}: copies {copies}, release {number}",
    ),
    "circulation": Text("Phân phối, ý kiến, xem xét", "Distribution, opinions, reviews"),
    "circulation_card": Text(
        "Ai giữ bản nào, ai đã trả lời, ai chưa đọc",
        "Who holds which copy, who answered, who has not read",
    ),
    "circulation_lead": Text(
        "Đơn vị nào giữ tài liệu nào, bản nào còn ở ngoài, các đơn vị góp ý gì trước khi trình ký, "
        "lần xem xét định kỳ nào đã ghi nhận, và ai chưa ghi nhận đã đọc bản đang có hiệu lực.",
        "Which unit holds which document, which copies are still out, what units said before the "
        "signature, which periodic reviews are recorded, and who has not acknowledged what is in "
        "force.",
    ),
    "reference_place": Text("Nơi tra cứu", "Where to look it up"),
    "sections": Text("Mục sửa đổi", "Sections"),
    "strength": Text("Mức bằng chứng", "What the evidence is worth"),
    "trail": Text("Nhật ký thay đổi", "Trail"),
    "trail_all": Text("Tất cả", "All"),
    "trail_by_person": Text("Theo người", "By person"),
    "trail_by_unit": Text("Theo đơn vị chủ trì", "By owner"),
    "trail_by_year": Text("Theo năm", "By year"),
    "trail_card": Text("Ai làm gì, khi nào, vì sao", "Who did what, when and why"),
    "trail_document": Text("Tài liệu", "Document"),
    "trail_filter": Text("Lọc nhật ký", "Filter the trail"),
    "trail_from": Text("Từ ngày", "From"),
    "trail_lead": Text(
        "{count} việc, mới nhất ở trên: ai lưu gì vào kho git, đợt nào được ký, ghi nhận và có "
        "hiệu lực. Lưu vào kho không phải là phê duyệt.",
        "Acts: {count}, the newest on top: who committed what, which releases were signed, "
        "recorded and took effect. A commit is no approval.",
    ),
    "trail_more": Text(
        "Chỉ hiện {shown} việc mới nhất; muốn xem việc cũ hơn, chạy «qmstool trail».",
        "Only the newest {shown}; for older ones run «qmstool trail».",
    ),
    "trail_until": Text("Đến ngày", "To"),
    "trail_words": Text("Có chữ", "Words"),
}
