"""Rules on what goes before a signature: opinions overdue, units never asked, and a signer who alone wrote or reviewed the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Fault, Severity, Unasked
from qmstool.i18n import Text
from qmstool.manual.circulation import HOME as OPINIONS
from qmstool.manual.model import UNKNOWN
from qmstool.register.opinions import opinions_behind, overdue_opinions, units_never_asked
from qmstool.rules.base.rule import Facts, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.circulation import Signature

CANDIDATES = "releases/candidates/"


def opinion_overdue(facts: Facts) -> Iterator[Fault]:
    """Units whose answer is overdue, on candidates not yet recorded."""
    for found, asked in overdue_opinions(facts.manual, facts.day) if facts.day else ():
        unit = facts.manual.config.units.get(asked.unit.text)
        values = {
            "unit": unit.name if unit else asked.unit.text,
            "candidate": found.candidate,
            "due": asked.due,
        }
        yield Fault(asked.unit.location, values)


def unit_not_asked(facts: Facts) -> Iterator[Fault | Unasked]:
    """Candidates that lie to be signed while a unit that receives or reviews a document of theirs was never asked."""
    if facts.day is None or not any(path.startswith(CANDIDATES) for path in facts.manual.paths):
        return
    from qmstool.candidates.candidate import pending_candidates  # noqa: PLC0415 - few manuals have one: start-up counts

    for each in pending_candidates(facts.manual):
        if problem := facts.lost.why(f"{OPINIONS}{each.key}.yml"):
            yield Unasked.of(problem)
            continue
        missing = units_never_asked(
            facts.manual, each.keys, facts.manual.opinions.get(each.key), facts.day
        )
        units = facts.manual.config.units
        names = "; ".join(
            f"{units[unit].name if unit in units else unit} ({', '.join(codes)})"
            for unit, codes in missing.items()
        )
        place = each.entry.get("candidate")
        if names and place:
            yield Fault(place.location, {"candidate": each.key, "units": names})


def signer_is_author(facts: Facts) -> Iterator[Fault]:
    """Releases whose signer is the only one that wrote, or the only one that reviewed, one of their documents."""
    for release in facts.releases or ():
        signer, found = release.entry.entry("signer"), opinions_behind(facts.manual, release)
        mark = signer.get("person") if signer else None
        if mark is None or found is None or mark.text == UNKNOWN:
            continue
        names = {mark.text, facts.manual.config.role_name(mark.text)}
        for capacity in ("author", "reviewer"):
            codes = [
                item.code
                for item in release.items
                if _alone(names, found.signed, capacity, item.key)
            ]
            if codes:
                label = facts.manual.config.labels[capacity]
                values = {
                    "who": facts.manual.config.role_name(mark.text),
                    "codes": ", ".join(codes),
                }
                yield Fault(
                    mark.location, values | {"as_vi": label.vi.lower(), "as_en": label.en.lower()}
                )


def _alone(names: set[str], signed: tuple[Signature, ...], capacity: str, key: str) -> bool:
    """Whether everybody who signed a document in a capacity is the one with these names."""
    people = {each.person for each in signed if each.capacity == capacity and each.concerns(key)}
    return bool(people) and people <= names


W, I = Severity.WARNING, Severity.INFO  # noqa: E741 - a column of the table

# fmt: off
RULES = (
    Rule(
        "QMS409", "opinion-overdue", W,
        Text("Đơn vị quá hạn trả lời ý kiến", "An opinion that is overdue"),
        Text(
            "{unit} chưa trả lời về hồ sơ trình ký «{candidate}», hạn là {due}. Hãy đôn đốc; "
            "khi có ý kiến thì ghi vào answered "
            "và answer.",
            (
                "{unit} has not answered on the candidate «{candidate}», due on {due}. Remind "
                "it; then fill in answered and answer."
            ),
        ),
        opinion_overdue, ("day",),
    ),
    Rule(
        "QMS410", "unit-not-asked", I,
        Text("Đơn vị liên quan chưa được lấy ý kiến", "A unit concerned that was never asked"),
        Text(
            "Hồ sơ trình ký «{candidate}» chưa ghi nhận ý kiến của: {units}. Đã hỏi thì ghi vào "
            "releases/opinions/{candidate}.yml.",
            "The candidate «{candidate}» waits for signature, and no opinion is recorded "
            "from: {units}. If they were asked, "
            "record it in releases/opinions/{candidate}.yml.",
        ),
        unit_not_asked, ("day",),
    ),
    Rule(
        "QMS411", "signer-is-author", W,
        Text("Người ký ban hành cũng là người biên soạn hoặc xem xét duy nhất", "A signer who alone wrote or reviewed the text"),
        Text(
            "{who} ký ban hành {codes} và cũng là người duy nhất ký {as_vi}, nên không có "
            "người thứ hai xem lại. Lần sau hãy để "
            "người khác biên soạn hoặc xem xét.",
            "{who} signed {codes} into force and is the only one who signed as {as_en}, so "
            "nobody else looked at it. Next time "
            "let somebody else write or review it.",
        ),
        signer_is_author, ("releases",),
    ),
)
