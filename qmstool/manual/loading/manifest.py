"""Read `qms.yml` as a `Config`, with what does not fit its schema."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from qmstool.findings import LoadError, Violation
from qmstool.i18n import Text
from qmstool.manual.config import (
    LABELS,
    CitationWords,
    Config,
    DocumentType,
    Holding,
    Person,
    Role,
    Standard,
    Unit,
)
from qmstool.manual.loading.values import read_located_day
from qmstool.manual.schema.documents import DOCUMENT
from qmstool.manual.schema.manifest import MANIFEST
from qmstool.parsing.similar import nearest_name
from qmstool.parsing.yaml import composer
from qmstool.parsing.yaml.nodes import LocatedText
from qmstool.parsing.yaml.record_reader import read_record
from qmstool.parsing.yaml.records import Record
from qmstool.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qmstool.parsing.source import SourceFile

_DEFAULTS = Config()
# An address that programs read alike: a host by its name or number, and no sign that ends the
# place where it stands on a page.
_WEB_ADDRESS = regex(
    r"https?://(?:[^\s/?#@\[\]<>\"\\`]+@)?(?:[\w.-]*\w[\w.-]*|\[(?P<number>[0-9A-Fa-f:.]+)\])"
    r"(?::\d{1,5})?(?:[/?#][^\s<>\"\\`]*)?\Z"
)


def read_manifest(source: SourceFile) -> tuple[Config, list[LoadError]]:
    """Read the manifest. A broken one gives an empty `Config` and the errors."""
    node, problems = composer.compose(source)
    if node is None and problems:
        return Config(), problems
    top = LocatedText("", source, 0, 0)
    record, misfits = read_record(node, MANIFEST, top)
    problems += misfits
    return _config(record, problems), problems


def _config(record: Record, problems: list[LoadError]) -> Config:
    """Return what a manifest says; `problems` gets the values that cannot be."""
    nothing = Record(record.mark, {}, {})
    organization = record.record("organization") or nothing
    site = record.record("site") or nothing
    check = record.record("check") or nothing
    citations = record.record("citations") or nothing
    return Config(
        organization=organization.text("name"),
        short=organization.text("short") or organization.text("name"),
        notice=record.bilingual("notice"),
        language=record.text("language", "vi"),
        timezone=_timezone(record, problems),
        url=_web_address(site, "url", problems),
        edit_url=_web_address(site, "edit_url", problems),
        contact=site.text("contact"),
        stale_days=_number(site, "stale_days", _DEFAULTS.stale_days),
        downloads=site.texts("downloads"),
        standards=_standards(record),
        types={key.text: _type(key, entry) for key, entry in record.keyed("types")},
        units={key.text: _unit(key, entry) for key, entry in record.keyed("units")},
        roles={key.text: _role(key, entry) for key, entry in record.keyed("roles")},
        people={key.text: _person(key, entry) for key, entry in record.keyed("people")},
        labels=_labels(record.record("labels") or nothing),
        external_shapes=citations.list("external"),
        words={key.text: _words(entry) for key, entry in citations.keyed("words")},
        review_soon_days=_number(check, "review_soon_days", _DEFAULTS.review_soon_days),
        external_recheck_days=_number(
            check, "external_recheck_days", _DEFAULTS.external_recheck_days
        ),
        recall_days=_number(check, "recall_days", _DEFAULTS.recall_days),
        rules_off=check.list("off"),
        rules_asked=check.list("ask"),
        dossier=record.text("dossier"),
        key_usages=_key_usages(record),
        foreign_keys=_foreign_keys(record, problems),
        unread_keys=record.list("front_matter_unread"),
    )


def _key_usages(record: Record) -> tuple[str, ...]:
    """Return what a signer's certificate must be made for; an empty list demands nothing."""
    signatures = record.record("signatures")
    if signatures is None or "key_usage" not in signatures:
        return _DEFAULTS.key_usages
    return signatures.texts("key_usage")


def _foreign_keys(record: Record, problems: list[LoadError]) -> Mapping[str, LocatedText]:
    """Return which key of ours each foreign key means; one that we do not have is a problem."""
    known = [field.name for field in DOCUMENT.fields]
    keys = {}
    for foreign, ours in record.keyed_marks("front_matter"):
        if ours.text in known:
            keys[foreign.text] = ours
            continue
        names = ", ".join(known)
        expected = Text(f"một trong: {names}", f"one of: {names}")
        nearest = nearest_name(ours.text, known)
        problems.append(_wrong_value(foreign.text, ours, expected, nearest))
    return keys


def _web_address(site: Record, name: str, problems: list[LoadError]) -> str:
    """Return an address that a page may link to: http and https only, whatever is written."""
    mark = site.get(name)
    if mark is None:
        return ""
    found = _WEB_ADDRESS.match(mark.text)
    if found and (found["number"] is None or _is_number(found["number"])):
        return mark.text
    expected = Text(
        "một địa chỉ trang web trọn vẹn như https://so-tay.example.vn/, không có dấu cách, <, > "
        'hay "',
        'a whole web address such as https://manual.example.org/, without blanks, <, > or "',
    )
    problems.append(_wrong_value(name, mark, expected))
    return ""


def _is_number(host: str) -> bool:
    """Whether a host in brackets is a number of IPv6."""
    from ipaddress import AddressValueError, IPv6Address  # noqa: PLC0415 - hardly ever asked

    try:
        IPv6Address(host)
    except AddressValueError:
        return False
    return True


def _timezone(record: Record, problems: list[LoadError]) -> str:
    mark = record.get("timezone")
    if mark is None:
        return "UTC"
    try:
        ZoneInfo(mark.text)
    except (KeyError, ValueError, OSError):
        expected = Text("một múi giờ như Asia/Ho_Chi_Minh", "a time zone such as Asia/Ho_Chi_Minh")
        problems.append(_wrong_value("timezone", mark, expected, "Asia/Ho_Chi_Minh"))
        return "UTC"
    return mark.text


def _wrong_value(
    key: str, mark: LocatedText, expected: Text, suggestion: str | None = None
) -> LoadError:
    values = {
        "key": key,
        "value": mark.text,
        "expected_vi": expected.vi,
        "expected_en": expected.en,
    }
    return LoadError("wrong-value", Violation(mark.location, values, suggestion))


def _number(record: Record, name: str, default: int) -> int:
    text = record.text(name)
    return int(text) if text.isdigit() else default


def _standards(record: Record) -> tuple[Standard, ...]:
    standards = []
    for entry in record.entries("standards"):
        catalogue = entry.get("catalogue")
        if catalogue:
            amendments, transition = entry.list("amendments"), entry.get("transition")
            standards.append(Standard(catalogue, amendments, transition))
    return tuple(standards)


def _labels(record: Record) -> Mapping[str, Text]:
    return {name: record.bilingual(name) or default for name, default in LABELS.items()}


def _type(key: LocatedText, record: Record) -> DocumentType:
    name = record.bilingual("name") or Text(key.text, key.text)
    months = record.text("review_months")
    return DocumentType(
        key=key.text,
        name=name,
        plural=record.bilingual("plural") or name,
        code=record.get("code"),
        form_of=record.get("form_of"),
        review_months=int(months) if months.isdigit() else None,
        numbering=record.text("numbering", "issue-revision"),
        requires=record.texts("requires"),
        filled_in=record.flag("filled_in"),
    )


def _unit(key: LocatedText, record: Record) -> Unit:
    return Unit(
        key=key.text,
        name=record.text("name", key.text),
        head=record.get("head"),
        contact=record.text("contact"),
        note=record.text("note"),
        mark=key,
    )


def _role(key: LocatedText, record: Record) -> Role:
    return Role(
        key=key.text,
        name=record.text("name", key.text),
        unit=record.get("unit"),
        approves=record.list("approves"),
        note=record.text("note"),
        mark=key,
    )


def _person(key: LocatedText, record: Record) -> Person:
    holdings = [_holding(entry) for entry in record.entries("holds")]
    return Person(
        key=key.text,
        name=record.text("name", key.text),
        holds=tuple(holding for holding in holdings if holding),
        emails=record.texts("emails"),
        keys=record.texts("keys"),
        mark=key,
    )


def _holding(record: Record) -> Holding | None:
    role = record.get("role")
    if role is None:
        return None
    return Holding(
        role=role,
        since=read_located_day(record, "from"),
        until=read_located_day(record, "to"),
        capacity=record.text("capacity"),
    )


def _words(record: Record) -> CitationWords:
    return CitationWords(
        clause=record.texts("clause"),
        section=record.texts("section"),
        annex=record.texts("annex"),
        range_to=record.texts("to"),
        joined=record.texts("and"),
        part_of=record.texts("of"),
    )
