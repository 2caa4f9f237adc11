"""Check what goes before a signature: opinions, units never asked, and who wrote or reviewed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Severity, Subject, Violation
from qmstool.i18n import Text
from qmstool.manual.circulation import OPINIONS_FOLDER as OPINIONS
from qmstool.manual.model import UNKNOWN
from qmstool.manual.values import written_day
from qmstool.register.candidates import pending_candidates
from qmstool.register.opinions import opinions_behind, overdue_opinions, units_never_asked
from qmstool.rules.base.hiders import lost_lines
from qmstool.rules.base.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.circulation import Signature
    from qmstool.manual.model import Manual
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.rule import Rule


@rule(
    "QMS409",
    "opinion-overdue",
    Severity.WARNING,
    Text("Đơn vị quá hạn trả lời ý kiến", "An opinion that is overdue"),
    Text(
        "{unit} chưa trả lời về hồ sơ trình ký «{candidate}», hạn là {due}. Hãy đôn đốc; khi có "
        "ý kiến thì ghi vào answered và answer.",
        "{unit} has not answered on the candidate «{candidate}», due on {due}. Remind it; then "
        "fill in answered and answer.",
    ),
    needs=("day",),
)
def opinion_overdue(facts: Facts) -> Iterator[Violation]:
    """Find units whose answer is overdue, on candidates not yet recorded as a release."""
    if facts.day is None:
        return
    for opinions, request in overdue_opinions(facts.manual, facts.day):
        values = {
            "unit": _unit_name(facts.manual, request.unit.text),
            "candidate": opinions.candidate,
            "due": written_day(request.due),
        }
        yield Violation(request.unit.location, values)


def _unit_name(manual: Manual, key: str) -> str:
    unit = manual.config.units.get(key)
    return unit.name if unit else key


@rule(
    "QMS410",
    "unit-not-asked",
    Severity.INFO,
    Text("Đơn vị liên quan chưa được lấy ý kiến", "A unit concerned that was never asked"),
    Text(
        "Hồ sơ trình ký «{candidate}» chưa ghi nhận ý kiến của: {units}. Đã hỏi thì ghi vào "
        "releases/opinions/{candidate}.yml.",
        "The candidate «{candidate}» waits for signature, and no opinion is recorded from: "
        "{units}. If they were asked, record it in releases/opinions/{candidate}.yml.",
    ),
    needs=("day",),
    hidden_by=(lost_lines,),
)
def unit_not_asked(facts: Facts) -> Iterator[Violation]:
    """Find candidates to be signed on which a unit concerned was never asked.

    Concerned is who receives or reviews a document of the candidate.
    """
    if facts.day is None:
        return
    for candidate in pending_candidates(facts.manual):
        opinions = facts.manual.opinions.get(candidate.key)
        missing = units_never_asked(facts.manual, candidate.keys, opinions, facts.day)
        place = candidate.key_mark
        if missing and place:
            units = "; ".join(
                f"{_unit_name(facts.manual, unit)} ({', '.join(codes)})"
                for unit, codes in missing.items()
            )
            values = {"candidate": candidate.key, "units": units}
            subject = Subject(searched_in=f"{OPINIONS}{candidate.key}.yml")
            yield Violation(place.location, values, subjects=(subject,))


@rule(
    "QMS411",
    "signer-is-author",
    Severity.WARNING,
    Text(
        "Người ký ban hành cũng là người biên soạn hoặc xem xét duy nhất",
        "A signer who alone wrote or reviewed the text",
    ),
    Text(
        "{who} ký ban hành {codes} và cũng là người duy nhất ký {as_vi}, nên không có người thứ "
        "hai xem lại. Lần sau hãy để người khác biên soạn hoặc xem xét.",
        "{who} signed {codes} into force and is the only one who signed as {as_en}, so nobody "
        "else looked at it. Next time let somebody else write or review it.",
    ),
    needs=("releases",),
)
def signer_is_author(facts: Facts) -> Iterator[Violation]:
    """Find releases whose signer is the only one that wrote or reviewed one of their documents."""
    config = facts.manual.config
    for release in facts.releases or ():
        opinions = opinions_behind(facts.manual, release)
        signer = release.signer
        if signer is None or opinions is None or signer.person == UNKNOWN:
            continue
        who = config.role_name(signer.person)
        names = {signer.person, who}
        for capacity in ("author", "reviewer"):
            codes = [
                item.code
                for item in release.items
                if _signed_alone(names, opinions.signed_as(capacity, item.key))
            ]
            if codes:
                label = config.labels[capacity]
                values = {
                    "who": who,
                    "codes": ", ".join(codes),
                    "as_vi": label.vi.lower(),
                    "as_en": label.en.lower(),
                }
                yield Violation(signer.person_mark.location, values)


def _signed_alone(names: set[str], signatures: tuple[Signature, ...]) -> bool:
    """Whether somebody signed, and everybody who did is the one with these names."""
    people = {signature.person for signature in signatures}
    return bool(people) and people <= names


RULES: tuple[Rule, ...] = (
    opinion_overdue,
    unit_not_asked,
    signer_is_author,
)
