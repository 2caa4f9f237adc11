"""Family 0, reading: files that cannot be read, or say what no file of a manual may say; most is met by the loader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.frozen import replace
from qmstool.i18n import Text
from qmstool.parsing.similar import nearest_name
from qmstool.rules.base.cascades import misnumbered
from qmstool.rules.base.rule import Facts, Rule
from qmstool.rules.input.causes import CAUSES, FRONT, HINTS
from qmstool.rules.input.characters import merge_places
from qmstool.rules.input.encoding import told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

REST = Text(" Phần còn lại của tệp chưa được kiểm tra.", " The rest of the file was not checked.")
EXCLUDED = "excluded"


def broken_yaml(facts: Facts) -> Iterator[Violation]:
    """Pass on YAML that cannot be read, its cause in words; merge markers and a wrong encoding are told in its place."""
    for fault in told("broken-yaml")(facts):
        source = facts.manual.sources.get(fault.location.path)
        if source is None or not ("not-utf8" in source.flaws or any(merge_places(source))):
            yield caused(fault)


def value_misread(facts: Facts) -> Iterator[Violation]:
    """Pass on values that are read otherwise than they were written."""
    return (caused(fault) for fault in told("value-misread")(facts))


def caused(fault: Violation) -> Violation:
    """The same fault with its cause and cure in words."""
    said = fault.values
    cause, cure = (each.fill({"sign": said.get("sign", "")}) for each in CAUSES[said["cause"]])
    detail = f" ({said['detail']})" if said.get("detail") else ""
    values = {
        "cause_vi": cause.vi + detail,
        "cause_en": cause.en + detail,
        "cure_vi": cure.vi,
        "cure_en": cure.en,
    }
    rest = REST if said.get("rest") else Text("", "")
    values |= {"rest_vi": rest.vi, "rest_en": rest.en}
    return replace(fault, values=values)


def no_front_matter(facts: Facts) -> Iterator[Violation]:
    """Pass on documents whose data stand not where they should, with what is wrong; merge markers are told as such."""
    for fault in told("no-front-matter")(facts):
        source = facts.manual.sources.get(fault.location.path)
        if source is None or not ("not-utf8" in source.flaws or any(merge_places(source))):
            said = FRONT[fault.values.get("cause", "")].fill({"sign": fault.values.get("sign", "")})
            yield replace(fault, values={"said_vi": said.vi, "said_en": said.en})


def hinted(slug: str) -> Callable[[Facts], Iterator[Violation]]:
    """Return the check that passes on keys or values that do not fit, with the slip that made them so."""

    def check(facts: Facts) -> Iterator[Violation]:
        for fault in told(slug)(facts):
            hint = HINTS[fault.values.get("slip", "")].fill({})
            said = {
                "said_vi": f"«{fault.values.get('value', '')}»",
                "said_en": f"«{fault.values.get('value', '')}»",
                **fault.values,
            }
            more = {
                f"hint_{lang}": fault.values.get(f"hint_{lang}", "") + text
                for lang, text in (("vi", hint.vi), ("en", hint.en))
            }
            yield replace(fault, values=said | more)

    return check


def wrong_value(facts: Facts) -> Iterator[Violation]:
    """Pass on values that do not fit; that an exclusion gives no reason has a rule of its own."""
    return (fault for fault in hinted("wrong-value")(facts) if fault.values["key"] != EXCLUDED)


def clause_without_parent(facts: Facts) -> Iterator[Violation]:
    """Pass on orphans, save those whose parent is there under a mistyped number."""
    mistyped = [
        number
        for catalogue in facts.manual.catalogues.values()
        for number in misnumbered(catalogue)
    ]
    return (
        fault
        for fault in told("clause-without-parent")(facts)
        if not nearest_name(fault.values["parent"], mistyped)
    )


def clause_number(facts: Facts) -> Iterator[Violation]:
    """Clauses of a catalogue whose number is none."""
    for catalogue in facts.manual.catalogues.values():
        for number in misnumbered(catalogue):
            yield Violation(catalogue.clauses[number].mark.location, {"number": number})


def duplicate_anchor(facts: Facts) -> Iterator[Violation]:
    """Headings with an anchor that the file already has."""
    for path, pairs in facts.lost.doubled.items():
        source = facts.manual.sources[path]
        for heading, earlier in pairs:
            place = source.locate(heading.id_start, heading.id_end)
            yield Violation(
                place,
                {"anchor": heading.anchor},
                related=(source.locate(earlier.id_start, earlier.id_end),),
            )


def duplicate_section(facts: Facts) -> Iterator[Violation]:
    """Two files of the manual whose level-1 headings bear one number."""
    main = facts.manual.main
    for section in main.sections if main else ():
        first = main.by_number.get(section.number) if main else None
        if (
            section.heading.level == 1
            and first
            and first is not section
            and first.heading.level == 1
        ):
            stem = facts.lost.stem(section.file)
            meant = stem if stem and main and stem not in main.by_number else None
            yield Violation(section.location, {"number": section.number}, meant, (first.location,))


def section_without_heading(facts: Facts) -> Iterator[Violation]:
    """Section files of the manual that do not open with a level-1 heading."""
    main = facts.manual.main
    for file in main.files[1:] if main else ():
        if not file.page.headings or file.page.headings[0].level != 1:
            yield Violation(file.source.locate(0, 0), {"path": file.path})


E, W = Severity.ERROR, Severity.WARNING

# A table reads best as one.
# fmt: off
RULES = (
    Rule(
        "QMS001", "broken-yaml", E,
        Text("Phần dữ liệu không đọc được", "Data that cannot be read"),
        Text(
            "Không đọc được dữ liệu ở chỗ này: {cause_vi}. {cure_vi}{rest_vi}",
            "The data cannot be read here: {cause_en}. {cure_en}{rest_en}",
        ),
        broken_yaml,
    ),
    Rule(
        "QMS002", "no-front-matter", E,
        Text("Tài liệu không có phần thông tin đầu tệp", "A document without front matter"),
        Text("{said_vi}", "{said_en}"),
        no_front_matter,
    ),
    Rule(
        "QMS003", "unknown-key", E,
        Text("Tên trường không có trong mẫu", "A key that the file may not have"),
        Text(
            "Ở đây không có trường nào tên «{key}».{hint_vi} Các trường dùng được: {known}.",
            "There is no key «{key}» here.{hint_en} The keys are: {known}.",
        ),
        hinted("unknown-key"),
    ),
    Rule(
        "QMS004", "missing-key", E,
        Text("Thiếu một trường bắt buộc", "A required key is missing"),
        Text(
            "Ở đây thiếu trường «{key}» ({what_vi}). Chưa biết thì ghi unknown, ở nơi được phép.",
            (
                "The key «{key}» ({what_en}) is missing here. Where it is not known, write "
                "unknown if that is permitted."
            ),
        ),
        told("missing-key"),
    ),
    Rule(
        "QMS005", "wrong-value", E,
        Text("Giá trị không đúng dạng", "A value of the wrong kind"),
        Text(
            "{said_vi} không dùng được cho trường «{key}»: cần {expected_vi}.{hint_vi}",
            "{said_en} does not fit the key «{key}»: it must be {expected_en}.{hint_en}",
        ),
        wrong_value,
    ),
    Rule(
        "QMS006", "duplicate-key", E,
        Text("Một trường ghi hai lần", "A key written twice"),
        Text(
            "Trường «{key}» đã có ở trên. Chỉ chỗ đầu được dùng; hãy gộp hai chỗ làm một.",
            "The key «{key}» already stands above. Only the first counts; make them one.",
        ),
        told("duplicate-key"),
    ),
    Rule(
        "QMS007", "duplicate-code", E,
        Text("Hai tài liệu mang một mã", "Two documents with one code"),
        Text(
            (
                "Mã «{code}» đã thuộc về một tài liệu khác. Một mã đã cấp thì không cấp cho tài "
                "liệu thứ hai; hãy đặt mã mới."
            ),
            (
                "The code «{code}» already belongs to another document. A code once given is "
                "never given again; choose a new one."
            ),
        ),
        told("duplicate-code"),
    ),
    Rule(
        "QMS008", "duplicate-anchor", E,
        Text("Hai tiêu đề chung một địa chỉ", "Two headings with one address"),
        Text(
            "Trong tệp này đã có tiêu đề mang địa chỉ «{anchor}», nên viện dẫn đến đó không "
            "biết đi đâu. Hãy sửa số mục, hoặc "
            "ghi địa chỉ riêng {{#…}} sau tiêu đề.",
            "Another heading of this file has the address «{anchor}», so a citation cannot "
            "tell which is meant. Fix the "
            "number, or give the heading an address of its own with {{#…}}.",
        ),
        duplicate_anchor,
    ),
    Rule(
        "QMS009", "duplicate-section", E,
        Text("Hai mục của sổ tay chung một số", "Two sections of the manual with one number"),
        Text(
            (
                "Sổ tay đã có mục {number} ở một tệp khác, nên không rõ «mục {number}» là mục "
                "nào. Hãy đánh số lại một trong hai."
            ),
            "The manual already has a section {number} in another file, so «section "
            "{number}» could mean either. Renumber one of "
            "them.",
        ),
        duplicate_section,
    ),
    Rule(
        "QMS014", "no-catalogue", E,
        Text("Thiếu danh mục điều khoản", "No such catalogue"),
        Text(
            (
                "qms.yml nêu «{name}», nhưng sổ tay không có tệp {path}, và công cụ cũng không "
                "kèm sẵn. Hãy sửa tên, hoặc thêm tệp."
            ),
            "qms.yml names «{name}», but there is no {path} in the manual, and the tool does "
            "not bring one. Fix the name, or "
            "add the file.",
        ),
        told("no-catalogue"),
    ),
    Rule(
        "QMS015", "clause-without-parent", E,
        Text("Điều khoản không có điều khoản mẹ", "A clause without its parent"),
        Text(
            (
                "Danh mục có điều khoản {clause} mà không có điều khoản {parent} ở trên. Hãy "
                "thêm điều khoản {parent}, hoặc sửa số."
            ),
            (
                "The catalogue has clause {clause} but no clause {parent} above it. Add clause "
                "{parent}, or fix the number."
            ),
        ),
        clause_without_parent,
    ),
    Rule(
        "QMS016", "clause-number", E,
        Text("Số điều khoản viết sai", "Not a clause number"),
        Text(
            (
                "«{number}» không phải số điều khoản: hãy viết các số cách nhau bằng dấu chấm, "
                "như 7.1.5."
            ),
            "«{number}» is not a clause number: write numbers joined by dots, such as 7.1.5.",
        ),
        clause_number,
    ),
    Rule(
        "QMS017", "release-misnamed", E,
        Text("Số đợt ban hành khác tên tệp", "A release that is not its file's number"),
        Text(
            "Tệp {path} ghi là đợt ban hành số {number}. Số trong tệp phải trùng với số ở tên tệp.",
            (
                "{path} says that it is release {number}. The number inside must be that of the "
                "file's name."
            ),
        ),
        told("release-misnamed"),
    ),
    Rule(
        "QMS018", "section-without-heading", W,
        Text("Mục của sổ tay không có tiêu đề", "A section file without its heading"),
        Text(
            (
                "Tệp {path} không mở đầu bằng một dòng tiêu đề «# số. tên mục», nên không viện "
                "dẫn được mục này. Hãy thêm dòng ấy."
            ),
            "{path} does not open with a heading «# number. title», so nothing can cite it "
            "as a section of the manual. Add that "
            "line.",
        ),
        section_without_heading,
    ),
    Rule(
        "QMS026", "curly-quotes", W,
        Text("Dấu nháy cong của Word trong phần dữ liệu", "A text processor's quotation marks in data"),
        Text(
            (
                "{said} đặt giữa dấu nháy cong của Word; phần dữ liệu chỉ nhận dấu nháy thẳng. "
                "Hãy gõ lại dấu nháy."
            ),
            (
                "{said} stands between a text processor's quotation marks; data take straight "
                "ones only. Type the marks anew."
            ),
        ),
        told("curly-quotes"),
    ),
    Rule(
        "QMS032", "value-misread", W,
        Text("Giá trị được đọc khác với chữ đã viết", "A value read otherwise than it was written"),
        Text(
            "Giá trị này không được đọc như đã viết: {cause_vi}. {cure_vi}",
            "This value is not read as it was written: {cause_en}. {cure_en}",
        ),
        value_misread,
    ),
)
