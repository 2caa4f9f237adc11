"""Report files and data that cannot be read, or do not fit what their file may hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.frozen import replace
from qmstool.git.sizes import MAX_FILE_BYTES
from qmstool.i18n import Text
from qmstool.parsing.similar import nearest_name
from qmstool.rules.base.clause_numbers import misnumbered_clauses
from qmstool.rules.base.rule import Rule, rule
from qmstool.rules.base.values import bilingual
from qmstool.rules.input.causes import CAUSES, HINTS
from qmstool.rules.input.loader_problems import loader_violations, other_causes, pass_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qmstool.rules.base.facts import Facts

REST = Text(" Phần còn lại của tệp chưa được kiểm tra.", " The rest of the file was not checked.")
NOTHING = Text("", "")
# The key whose wrong value is reported by `exclusion-without-reason`.
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
def broken_yaml(facts: Facts) -> Iterator[Violation]:
    """Report YAML that cannot be read, its cause in words."""
    has_other_cause = other_causes(facts)
    for violation in loader_violations(facts, "broken-yaml"):
        if not has_other_cause(violation):
            yield _with_cause(violation)


def _with_cause(violation: Violation) -> Violation:
    """Return the violation with its cause and cure in words."""
    values = violation.values
    sign = {"sign": values.get("sign", "")}
    cause, cure = CAUSES[values["cause"]]
    rest = NOTHING
    if values.get("rest"):
        rest = REST
    in_words = bilingual(cause=cause.fill(sign), cure=cure.fill(sign), rest=rest)
    if values.get("detail"):
        for name in ("cause_vi", "cause_en"):
            in_words[name] += f" ({values['detail']})"
    return replace(violation, values=in_words)


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
def value_misread(facts: Facts) -> Iterator[Violation]:
    """Report values that are read otherwise than they were written."""
    return map(_with_cause, loader_violations(facts, "value-misread"))


def _with_hints(facts: Facts, slug: str) -> Iterator[Violation]:
    """Yield keys or values that do not fit, with the slip in typing that made them so."""
    for violation in loader_violations(facts, slug):
        values = violation.values
        hint = HINTS[values.get("slip", "")].fill({})
        written = f"«{values.get('value', '')}»"
        in_words = {
            "said_vi": written,
            "said_en": written,
            **values,
            "hint_vi": values.get("hint_vi", "") + hint.vi,
            "hint_en": values.get("hint_en", "") + hint.en,
        }
        yield replace(violation, values=in_words)


@rule(
    "QMS003",
    "unknown-key",
    Severity.ERROR,
    title=Text("Tên trường không có trong mẫu", "A key that the file may not have"),
    message=Text(
        "Ở đây không có trường nào tên «{key}».{hint_vi} Các trường dùng được: {known}.",
        "There is no key «{key}» here.{hint_en} The keys are: {known}.",
    ),
)
def unknown_key(facts: Facts) -> Iterator[Violation]:
    """Report keys that the schema of the file does not know."""
    return _with_hints(facts, "unknown-key")


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
def wrong_value(facts: Facts) -> Iterator[Violation]:
    """Report values that do not fit, save an exclusion without a reason."""
    for violation in _with_hints(facts, "wrong-value"):
        if violation.values["key"] != EXCLUDED:
            yield violation


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
def clause_without_parent(facts: Facts) -> Iterator[Violation]:
    """Report clauses without their parent, save where the parent's number is mistyped."""
    mistyped: list[str] = []
    for catalogue in facts.manual.catalogues.values():
        mistyped += misnumbered_clauses(catalogue)
    for violation in loader_violations(facts, "clause-without-parent"):
        if not nearest_name(violation.values["parent"], mistyped):
            yield violation


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
def clause_number(facts: Facts) -> Iterator[Violation]:
    """Find clauses of a catalogue whose number is none."""
    for catalogue in facts.manual.catalogues.values():
        for number in misnumbered_clauses(catalogue):
            yield Violation(catalogue.clauses[number].mark.location, {"number": number})


DUPLICATE_KEY = Rule(
    "QMS006",
    "duplicate-key",
    Severity.ERROR,
    title=Text("Một trường ghi hai lần", "A key written twice"),
    message=Text(
        "Trường «{key}» đã có ở trên. Chỉ chỗ đầu được dùng; hãy gộp hai chỗ làm một.",
        "The key «{key}» already stands above. Only the first counts; make them one.",
    ),
    check=pass_on("duplicate-key"),
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
    check=pass_on("duplicate-code"),
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
    check=pass_on("no-catalogue"),
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
    check=pass_on("release-misnamed"),
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
    check=pass_on("curly-quotes"),
)

# By why a file is not read: what is wrong, and what to do about it.
UNREAD: Mapping[str, Text] = {
    "outside": Text(
        "đây là liên kết dẫn ra ngoài các tệp của sổ tay. Hãy chép tệp thật vào chỗ này",
        "it is a link that leads out of the manual's own files. Put the file itself here",
    ),
    "nowhere": Text(
        "đây là liên kết không dẫn tới tệp nào. Hãy xóa nó, hoặc chép tệp thật vào chỗ này",
        "it is a link that leads to no file. Delete it, or put the file itself here",
    ),
    "record-link": Text(
        "bản ghi và bằng chứng phải là tệp thật, không phải liên kết: nội dung sau liên kết đổi "
        "thì git không thấy. Hãy chép tệp thật vào chỗ này",
        "a record or its evidence has to be a file, and this is a link: git would not see what "
        "changes behind it. Put the file itself here",
    ),
    "special": Text(
        "đây không phải một tệp thường (là ống dẫn, thiết bị…). Hãy xóa nó khỏi sổ tay",
        "it is no plain file (a pipe, a device…). Delete it",
    ),
    "too-large": Text(
        "tệp lớn hơn {most} MB. Hãy giảm dung lượng, hoặc tách thành nhiều tệp",
        "it is larger than {most} MB. Make it smaller, or several files of it",
    ),
    "pointer": Text(
        "ở đây chỉ có con trỏ Git LFS, nội dung chưa được tải về. Hãy chạy: git lfs pull",
        "only its Git LFS pointer is here, not its content. Run: git lfs pull",
    ),
    "denied": Text(
        "máy không cho đọc. Hãy xin quyền đọc, hoặc xem lại ổ đĩa",
        "the machine does not let you. Ask for the right to read it, or look after the disk",
    ),
}


@rule(
    "QMS035",
    "unreadable-file",
    Severity.ERROR,
    title=Text("Tệp có mà không đọc", "A file that is there and is not read"),
    message=Text(
        "Không đọc «{path}»: {why_vi}. Nội dung của nó chưa được kiểm tra.",
        "«{path}» is not read: {why_en}. What it says was not checked.",
    ),
)
def unreadable_file(facts: Facts) -> Iterator[Violation]:
    """Report what lies among the files of the manual and may not be read, with why."""
    most = {"most": str(MAX_FILE_BYTES // 1024 // 1024)}
    for violation in loader_violations(facts, "unreadable-file"):
        why = UNREAD[violation.values["why"]].fill(most)
        path = {"path": violation.location.path}
        yield replace(violation, values={**path, **bilingual(why=why)})


RULES: tuple[Rule, ...] = (
    broken_yaml,
    unknown_key,
    wrong_value,
    DUPLICATE_KEY,
    DUPLICATE_CODE,
    NO_CATALOGUE,
    clause_without_parent,
    clause_number,
    RELEASE_MISNAMED,
    CURLY_QUOTES,
    value_misread,
    unreadable_file,
)
