"""Family 6, prose: what a careful reader would query.

Informative; each rule can be switched off, and nothing is mended by itself.

The rules stand in the `prose_…` rooms beside this one, by idea; this is their table.
"""

from __future__ import annotations

from qmstool.findings import Severity
from qmstool.i18n import Text
from qmstool.rules.base.rule import Rule
from qmstool.rules.prose import abbreviations as prose_abbreviations
from qmstool.rules.prose import duties as prose_duties
from qmstool.rules.prose import exclusions as prose_exclusions
from qmstool.rules.prose import gaps as prose_gaps
from qmstool.rules.prose import page_remnants as prose_remnants
from qmstool.rules.prose import periods as prose_periods
from qmstool.rules.prose import sections as prose_sections
from qmstool.rules.prose import terms as prose_terms
from qmstool.rules.prose import typing_errors as prose_typing
from qmstool.rules.prose import variants as prose_variants

W, I = Severity.WARNING, Severity.INFO  # noqa: E741 - a column of the table

# fmt: off
RULES = (
    Rule("QMS601", "exclusion-stated-differently", W,
        Text("Điều khoản không áp dụng được nói mỗi nơi một khác", "An exclusion stated differently"), Text(
            "Chỗ này nói điều khoản {clause} không áp dụng bằng lời khác với bảng điều "
            "khoản: «{said}». Hãy dùng tên «{title}» "
            "và lý do «{reason}», đúng như trong bảng.",
            "Here the manual says in other words than the mapping that clause {clause} does "
            "not apply: «{said}». Use the title "
            "«{title}» and the reason «{reason}», as in the mapping."),
        prose_exclusions.exclusion_stated_differently),
    Rule("QMS602", "likely-slip", W, Text("Cụm chữ có lẽ viết nhầm", "A phrase that looks like a slip"), Text(
        (
            "«{words}» có lẽ là một chỗ viết nhầm. Công cụ không tự sửa; người có thẩm quyền "
            "quyết định."
        ),
        (
            "«{words}» looks like a slip of the pen. Nothing is fixed by itself; somebody must "
            "decide."
        )), prose_typing.likely_slip),
    Rule("QMS603", "announced-missing", W, Text("Báo trước danh sách, hình, bảng mà không có", "Announced and not there"), Text(
        (
            "«{words}» báo trước một danh sách, hình hay bảng, nhưng sau đó không có. Hãy bổ "
            "sung, hoặc bỏ câu ấy."
        ),
        (
            "«{words}» announces a list, a figure or a table, and none follows. Add it, or take "
            "the announcement out."
        )),
        prose_gaps.announced_missing),
    Rule("QMS604", "unfinished-text", W, Text("Câu chữ bỏ lửng", "Unfinished text"), Text(
        "Chỗ này chưa viết xong: «{words}». Viết cho hết ý, hoặc bỏ đi.",
        "This is not finished: «{words}». Complete it, or take it out."), prose_gaps.unfinished_text),
    Rule("QMS605", "doubled-word", W, Text("Lặp từ", "A word typed twice"), Text(
        "«{words}»: một chữ viết hai lần liền. Hãy bỏ một chữ.",
        "«{words}»: one word stands twice. Take one out."), prose_typing.doubled_word),
    Rule("QMS606", "split-word", W, Text("Chữ bị tách rời", "A word torn apart"), Text(
        "«{words}» là chữ bị tách rời, thường do rút chữ từ tệp PDF. Hãy nối lại.",
        "«{words}» is torn apart, as happens when text is taken out of a PDF. Join it."), prose_typing.split_word),
    Rule("QMS607", "stray-punctuation", I, Text("Dấu câu, khoảng trắng lệch chỗ", "Stray punctuation or blanks"), Text(
        "«{words}»: dấu câu hoặc khoảng trắng không đúng chỗ.",
        "«{words}»: punctuation or a blank stands in the wrong place."), prose_typing.stray_punctuation),
    Rule("QMS608", "title-not-of-clause", I, Text("Tên mục khác tên điều khoản", "A title that is not the clause's"), Text(
        (
            "Mục này trả lời điều khoản {clause} nhưng mang tên «{said}»; trong {standard} điều "
            "khoản ấy tên là «{title}»."
        ),
        (
            "This section answers clause {clause} but is called «{said}»; in {standard} that "
            "clause is called «{title}»."
        )),
        prose_sections.title_not_of_clause),
    Rule("QMS609", "old-edition-word", I, Text("Lời của ấn bản tiêu chuẩn cũ", "Words of an older edition"), Text(
        "«{words}» là lời của ấn bản tiêu chuẩn cũ. Nay dùng: {instead}.",
        "«{words}» is the language of an older edition of the standard. Now: {instead}."), prose_terms.old_edition_word),
    Rule("QMS610", "weak-obligation", I, Text("Nghĩa vụ bị làm yếu", "A weakened obligation"), Text(
        (
            "«{words}» để ngỏ việc có làm hay không. Hãy nêu ai quyết định, theo tiêu chí nào, "
            "hoặc bỏ cụm từ này."
        ),
        (
            "«{words}» leaves it open whether this is done. Say who decides and by what "
            "criterion, or take the words out."
        )),
        prose_duties.weak_obligation),
    Rule("QMS611", "period-missing", I, Text("Việc định kỳ không nêu chu kỳ", "Periodic, without its period"), Text(
        (
            "«{words}»: câu này không nêu bao lâu một lần, cũng không viện dẫn tài liệu nào quy "
            "định. Hãy ghi rõ chu kỳ."
        ),
        (
            "«{words}»: the text does not say how often, and cites no document that does. Give "
            "the period."
        )),
        prose_duties.period_missing),
    Rule("QMS612", "two-periods", W, Text("Một việc, hai chu kỳ", "Two periods for one activity"), Text(
        (
            "«{activity}»: ở đây ghi «{two}», chỗ khác ghi «{one}». Hãy thống nhất một bên; nếu "
            "là hai việc thì gọi bằng hai tên."
        ),
        (
            "«{activity}»: here «{two}», elsewhere «{one}». Choose one; if these are two "
            "activities, give them two names."
        )),
        prose_periods.two_periods),
    Rule("QMS613", "alternative-authorities", W,
        Text("Hai căn cứ hay thẩm quyền nối bằng «hoặc»", "Two authorities joined by «or»"), Text(
            (
                "«{one}» hoặc «{other}»: không rõ khi nào theo bên nào. Hãy nêu rõ từng trường "
                "hợp, hoặc chỉ giữ một bên."
            ),
            (
                "«{one}» or «{other}»: the text does not say when which applies. Say so, or keep "
                "one of them."
            )),
        prose_duties.alternative_authorities),
    Rule("QMS614", "abbreviation-undefined", I,
        Text("Chữ viết tắt không được giải nghĩa", "An abbreviation that nothing explains"), Text(
        "«{short}» không có trong bảng chữ viết tắt (manual/abbreviations.yml), cũng không "
        "tài liệu nào giải nghĩa. Hãy ghi "
        "vào bảng, hoặc viết đầy đủ.",
        "«{short}» is not in the list of abbreviations (manual/abbreviations.yml), and no "
        "document explains it. "
        "Add it to the list, or write it out."),
        prose_abbreviations.abbreviation_undefined),
    Rule("QMS615", "abbreviation-inferred", I,
        Text("Chữ viết tắt mới chỉ được suy ra", "An abbreviation that was only inferred"), Text(
            (
                "Không tài liệu nào nói «{short}» là gì; bảng chữ viết tắt ghi «{expansion}» là "
                "suy ra. Hãy hỏi tác giả để xác nhận."
            ),
            "No text says what «{short}» stands for; the list of abbreviations infers "
            "«{expansion}». Ask the author to confirm "
            "it."),
        prose_abbreviations.abbreviation_inferred),
    Rule("QMS616", "abbreviation-unused", I, Text("Chữ viết tắt không ai dùng", "An abbreviation that nothing uses"), Text(
        "Không tài liệu nào dùng «{short}». Hãy bỏ dòng này khỏi bảng chữ viết tắt.",
        "No text uses «{short}». Take this line out of the list."), prose_abbreviations.abbreviation_unused),
    Rule("QMS617", "term-variant", I, Text("Một từ nhiều cách viết", "One term, several spellings"), Text(
        "Ở đây viết «{words}», nơi khác viết «{usual}» nhiều hơn. Hãy thống nhất một cách viết.",
        "Here «{words}»; elsewhere mostly «{usual}». Choose one of them."), prose_variants.term_variant),
    Rule("QMS618", "near-duplicate", I, Text("Hai mục nói gần như một", "Two sections that say nearly the same"), Text(
        (
            "Mục «{title}» gần như chép lại mục «{other}»: sửa một chỗ dễ quên chỗ kia. Hãy giữ "
            "một mục, mục kia viện dẫn sang."
        ),
        "Section «{title}» nearly repeats section «{other}»: who changes one forgets the "
        "other. Keep one, and let the other cite "
        "it."), prose_sections.near_duplicate),
    Rule("QMS619", "reference-only", I, Text("Mục chỉ có viện dẫn", "A section that is only a reference"), Text(
        (
            "Mục «{title}» không có nội dung riêng, chỉ dẫn sang «{words}». Hãy viết thêm: làm "
            "gì, ai làm, bao lâu một lần."
        ),
        (
            "Section «{title}» says nothing itself; it only points to «{words}». Say what is "
            "done, by whom, how often."
        )),
        prose_sections.reference_only),
    Rule("QMS620", "cited-by-name-and-code", I, Text("Lúc gọi bằng mã, lúc gọi bằng tên", "Cited now by code, now by name"), Text(
        (
            "«{words}» là {code}; nơi khác trong cùng tài liệu gọi bằng mã. Hãy ghi thêm mã để "
            "khỏi nhầm là hai tài liệu."
        ),
        (
            "«{words}» is {code}; elsewhere the same document gives the code. Give it here too, "
            "so that nobody takes them for two."
        )),
        prose_terms.cited_by_name_and_code),
    Rule("QMS621", "mixed-tone-marks", I, Text("Dấu thanh đặt hai kiểu", "Tone marks placed in two ways"), Text(
        (
            "Ở đây viết «{words}», phần lớn tài liệu này đặt dấu theo kiểu «{usual}». Hãy thống "
            "nhất một kiểu."
        ),
        (
            "Here «{words}»; most of this document places the tone mark as in «{usual}». Keep to "
            "one way."
        )),
        prose_terms.mixed_tone_marks),
    Rule("QMS631", "page-remnant", I, Text("Dấu vết của trang giấy", "Left over from a printed page"), Text(
        "«{words}» là số trang hoặc dấu đầu dòng của tệp cũ còn sót lại. Hãy bỏ số trang; "
        "mỗi ý của danh sách thì mở đầu "
        "bằng «- ».",
        "«{words}» is a page number or a bullet left over from the old file. Take the number "
        "out; begin each item of a list "
        "with «- »."), prose_remnants.page_remnant),
)
