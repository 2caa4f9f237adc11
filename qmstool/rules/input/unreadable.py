"""Family 0, reading: files that cannot be read, or say what no file of a manual may say; most is met by the loader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Fault, Severity
from qmstool.frozen import replace
from qmstool.i18n import Text
from qmstool.parsing.yaml.records import nearest
from qmstool.rules.base.cascades import misnumbered_clauses
from qmstool.rules.base.rule import Rule, rule
from qmstool.rules.input.causes import CAUSES, FRONT, HINTS
from qmstool.rules.input.characters import merge_places
from qmstool.rules.input.encoding import told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qmstool.rules.base.facts import Facts

REST = Text(" Phần còn lại của tệp chưa được kiểm tra.", " The rest of the file was not checked.")
EXCLUDED = "excluded"


@rule(
    "QMS001",
    "broken-yaml",
    Severity.ERROR,
    title=Text("Phần dữ liệu không đọc được", "Data that cannot be read"),
    message=Text(
        "Không đọc được dữ liệu ở chỗ này: {cause_vi}. {cure_vi}{rest_vi}",
        "The data cannot be read here: {cause_en}. {cure_en}{rest_en}",
    ),
)
def broken_yaml(facts: Facts) -> Iterator[Fault]:
    """Pass on YAML that cannot be read, its cause in words; merge markers and a wrong encoding are told in its place."""
    for fault in told("broken-yaml")(facts):
        source = facts.manual.sources.get(fault.location.path)
        if source is None or not ("not-utf8" in source.flaws or any(merge_places(source))):
            yield caused(fault)


@rule(
    "QMS032",
    "value-misread",
    Severity.WARNING,
    title=Text(
        "Giá trị được đọc khác với chữ đã viết",
        "A value read otherwise than it was written",
    ),
    message=Text(
        "Giá trị này không được đọc như đã viết: {cause_vi}. {cure_vi}",
        "This value is not read as it was written: {cause_en}. {cure_en}",
    ),
)
def value_misread(facts: Facts) -> Iterator[Fault]:
    """Pass on values that are read otherwise than they were written."""
    return (caused(fault) for fault in told("value-misread")(facts))


def caused(fault: Fault) -> Fault:
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


@rule(
    "QMS002",
    "no-front-matter",
    Severity.ERROR,
    title=Text("Tài liệu không có phần thông tin đầu tệp", "A document without front matter"),
    message=Text("{said_vi}", "{said_en}"),
)
def no_front_matter(facts: Facts) -> Iterator[Fault]:
    """Pass on documents whose data stand not where they should, with what is wrong; merge markers are told as such."""
    for fault in told("no-front-matter")(facts):
        source = facts.manual.sources.get(fault.location.path)
        if source is None or not ("not-utf8" in source.flaws or any(merge_places(source))):
            said = FRONT[fault.values.get("cause", "")].fill({"sign": fault.values.get("sign", "")})
            yield replace(fault, values={"said_vi": said.vi, "said_en": said.en})


def hinted(slug: str) -> Callable[[Facts], Iterator[Fault]]:
    """Return the check that passes on keys or values that do not fit, with the slip that made them so."""

    def check(facts: Facts) -> Iterator[Fault]:
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


UNKNOWN_KEY = Rule(
    "QMS003",
    "unknown-key",
    Severity.ERROR,
    title=Text("Tên trường không có trong mẫu", "A key that the file may not have"),
    message=Text(
        "Ở đây không có trường nào tên «{key}».{hint_vi} Các trường dùng được: {known}.",
        "There is no key «{key}» here.{hint_en} The keys are: {known}.",
    ),
    check=hinted("unknown-key"),
)


@rule(
    "QMS005",
    "wrong-value",
    Severity.ERROR,
    title=Text("Giá trị không đúng dạng", "A value of the wrong kind"),
    message=Text(
        "{said_vi} không dùng được cho trường «{key}»: cần {expected_vi}.{hint_vi}",
        "{said_en} does not fit the key «{key}»: it must be {expected_en}.{hint_en}",
    ),
)
def wrong_value(facts: Facts) -> Iterator[Fault]:
    """Pass on values that do not fit; that an exclusion gives no reason has a rule of its own."""
    return (fault for fault in hinted("wrong-value")(facts) if fault.values["key"] != EXCLUDED)


@rule(
    "QMS015",
    "clause-without-parent",
    Severity.ERROR,
    title=Text("Điều khoản không có điều khoản mẹ", "A clause without its parent"),
    message=Text(
        (
            "Danh mục có điều khoản {clause} mà không có điều khoản {parent} ở trên. Hãy "
            "thêm điều khoản {parent}, hoặc sửa số."
        ),
        (
            "The catalogue has clause {clause} but no clause {parent} above it. Add clause "
            "{parent}, or fix the number."
        ),
    ),
)
def clause_without_parent(facts: Facts) -> Iterator[Fault]:
    """Pass on orphans, save those whose parent is there under a mistyped number."""
    mistyped = [
        number
        for catalogue in facts.manual.catalogues.values()
        for number in misnumbered_clauses(catalogue)
    ]
    return (
        fault
        for fault in told("clause-without-parent")(facts)
        if not nearest(fault.values["parent"], mistyped)
    )


@rule(
    "QMS016",
    "clause-number",
    Severity.ERROR,
    title=Text("Số điều khoản viết sai", "Not a clause number"),
    message=Text(
        "«{number}» không phải số điều khoản: hãy viết các số cách nhau bằng dấu chấm, như 7.1.5.",
        "«{number}» is not a clause number: write numbers joined by dots, such as 7.1.5.",
    ),
)
def clause_number(facts: Facts) -> Iterator[Fault]:
    """Clauses of a catalogue whose number is none."""
    for catalogue in facts.manual.catalogues.values():
        for number in misnumbered_clauses(catalogue):
            yield Fault(catalogue.clauses[number].mark.location, {"number": number})


@rule(
    "QMS008",
    "duplicate-anchor",
    Severity.ERROR,
    title=Text("Hai tiêu đề chung một địa chỉ", "Two headings with one address"),
    message=Text(
        (
            "Trong tệp này đã có tiêu đề mang địa chỉ «{anchor}», nên viện dẫn đến đó không "
            "biết đi đâu. Hãy sửa số mục, hoặc ghi địa chỉ riêng {{#…}} sau tiêu đề."
        ),
        (
            "Another heading of this file has the address «{anchor}», so a citation cannot "
            "tell which is meant. Fix the number, or give the heading an address of its own "
            "with {{#…}}."
        ),
    ),
)
def duplicate_anchor(facts: Facts) -> Iterator[Fault]:
    """Headings with an anchor that the file already has."""
    for path, pairs in facts.lost.doubled.items():
        source = facts.manual.sources[path]
        for heading, earlier in pairs:
            place = source.locate(heading.id_start, heading.id_end)
            yield Fault(
                place,
                {"anchor": heading.anchor},
                related=(source.locate(earlier.id_start, earlier.id_end),),
            )


@rule(
    "QMS009",
    "duplicate-section",
    Severity.ERROR,
    title=Text("Hai mục của sổ tay chung một số", "Two sections of the manual with one number"),
    message=Text(
        (
            "Sổ tay đã có mục {number} ở một tệp khác, nên không rõ «mục {number}» là mục "
            "nào. Hãy đánh số lại một trong hai."
        ),
        (
            "The manual already has a section {number} in another file, so «section "
            "{number}» could mean either. Renumber one of them."
        ),
    ),
)
def duplicate_section(facts: Facts) -> Iterator[Fault]:
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
            yield Fault(section.location, {"number": section.number}, meant, (first.location,))


@rule(
    "QMS018",
    "section-without-heading",
    Severity.WARNING,
    title=Text("Mục của sổ tay không có tiêu đề", "A section file without its heading"),
    message=Text(
        (
            "Tệp {path} không mở đầu bằng một dòng tiêu đề «# số. tên mục», nên không viện "
            "dẫn được mục này. Hãy thêm dòng ấy."
        ),
        (
            "{path} does not open with a heading «# number. title», so nothing can cite it "
            "as a section of the manual. Add that line."
        ),
    ),
)
def section_without_heading(facts: Facts) -> Iterator[Fault]:
    """Section files of the manual that do not open with a level-1 heading."""
    main = facts.manual.main
    for file in main.files[1:] if main else ():
        if not file.page.headings or file.page.headings[0].level != 1:
            yield Fault(file.source.locate(0, 0), {"path": file.path})


MISSING_KEY = Rule(
    "QMS004",
    "missing-key",
    Severity.ERROR,
    title=Text("Thiếu một trường bắt buộc", "A required key is missing"),
    message=Text(
        "Ở đây thiếu trường «{key}» ({what_vi}). Chưa biết thì ghi unknown, ở nơi được phép.",
        (
            "The key «{key}» ({what_en}) is missing here. Where it is not known, write "
            "unknown if that is permitted."
        ),
    ),
    check=told("missing-key"),
)

DUPLICATE_KEY = Rule(
    "QMS006",
    "duplicate-key",
    Severity.ERROR,
    title=Text("Một trường ghi hai lần", "A key written twice"),
    message=Text(
        "Trường «{key}» đã có ở trên. Chỉ chỗ đầu được dùng; hãy gộp hai chỗ làm một.",
        "The key «{key}» already stands above. Only the first counts; make them one.",
    ),
    check=told("duplicate-key"),
)

DUPLICATE_CODE = Rule(
    "QMS007",
    "duplicate-code",
    Severity.ERROR,
    title=Text("Hai tài liệu mang một mã", "Two documents with one code"),
    message=Text(
        (
            "Mã «{code}» đã thuộc về một tài liệu khác. Một mã đã cấp thì không cấp cho tài "
            "liệu thứ hai; hãy đặt mã mới."
        ),
        (
            "The code «{code}» already belongs to another document. A code once given is "
            "never given again; choose a new one."
        ),
    ),
    check=told("duplicate-code"),
)

NO_CATALOGUE = Rule(
    "QMS014",
    "no-catalogue",
    Severity.ERROR,
    title=Text("Thiếu danh mục điều khoản", "No such catalogue"),
    message=Text(
        (
            "qms.yml nêu «{name}», nhưng sổ tay không có tệp {path}, và công cụ cũng không "
            "kèm sẵn. Hãy sửa tên, hoặc thêm tệp."
        ),
        (
            "qms.yml names «{name}», but there is no {path} in the manual, and the tool does "
            "not bring one. Fix the name, or add the file."
        ),
    ),
    check=told("no-catalogue"),
)

RELEASE_MISNAMED = Rule(
    "QMS017",
    "release-misnamed",
    Severity.ERROR,
    title=Text("Số đợt ban hành khác tên tệp", "A release that is not its file's number"),
    message=Text(
        "Tệp {path} ghi là đợt ban hành số {number}. Số trong tệp phải trùng với số ở tên tệp.",
        (
            "{path} says that it is release {number}. The number inside must be that of the "
            "file's name."
        ),
    ),
    check=told("release-misnamed"),
)

CURLY_QUOTES = Rule(
    "QMS026",
    "curly-quotes",
    Severity.WARNING,
    title=Text(
        "Dấu nháy cong của Word trong phần dữ liệu",
        "A text processor's quotation marks in data",
    ),
    message=Text(
        (
            "{said} đặt giữa dấu nháy cong của Word; phần dữ liệu chỉ nhận dấu nháy thẳng. "
            "Hãy gõ lại dấu nháy."
        ),
        (
            "{said} stands between a text processor's quotation marks; data take straight "
            "ones only. Type the marks anew."
        ),
    ),
    check=told("curly-quotes"),
)


RULES: tuple[Rule, ...] = (
    broken_yaml,
    no_front_matter,
    UNKNOWN_KEY,
    MISSING_KEY,
    wrong_value,
    DUPLICATE_KEY,
    DUPLICATE_CODE,
    duplicate_anchor,
    duplicate_section,
    NO_CATALOGUE,
    clause_without_parent,
    clause_number,
    RELEASE_MISNAMED,
    section_without_heading,
    CURLY_QUOTES,
    value_misread,
)
