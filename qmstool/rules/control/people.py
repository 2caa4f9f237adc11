"""Check who approves documents, and that roles are held and used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import NotChecked, Severity, Subject, Violation
from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.parsing.citations import lower_in_place
from qmstool.rules.base.hiders import lost_anything
from qmstool.rules.base.hiding import about, at_first_certain, not_checked
from qmstool.rules.base.rule import rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from qmstool.manual.config import Config, Role
    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual
    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.rule import Rule

MANIFEST = "qms.yml"


def unread_text(facts: Facts) -> Callable[[Violation], NotChecked | bool]:
    """Leave all unchecked while something of a text was left out.

    Of a document that cannot be read nobody knows; what is true of all is said once all can be.
    """
    texts = [path for path in sorted(facts.lost_lines.broken) if path.endswith(".md")]
    problem = None
    if texts:
        problem = facts.lost_lines.first_problem(texts[0])
    verdict = not_checked(problem)
    return lambda _: verdict


@rule(
    "QMS315",
    "unknown-approver",
    Severity.INFO,
    Text("Tài liệu chưa rõ ai phê duyệt", "A document that nobody is known to approve"),
    Text(
        "{count} tài liệu ghi «approver: unknown», tức là chưa rõ ai phê duyệt. Hãy hỏi rồi ghi "
        "vào.",
        "Documents that say «approver: unknown»: {count}. Ask who approves them, and write it "
        "down.",
    ),
    hidden_by=(unread_text,),
    gather=at_first_certain,
)
def unknown_approver(facts: Facts) -> Iterator[Violation]:
    """Find documents of which it is not known who approves them; one finding for all."""
    for document in facts.manual.documents.values():
        for approver in document.front_matter.approvers:
            if approver.text == UNKNOWN:
                yield Violation(approver.location)


def unknown_rights(facts: Facts) -> Iterator[NotChecked]:
    """Yield why it is not certain who may approve what, where the manifest says so of anybody.

    Where a role names a type that is none, that is reported, and not what follows from it.
    """
    config = facts.manual.config
    if not any(role.approves for role in config.roles.values()):
        return
    problem = facts.lost_lines.first_problem(
        MANIFEST, ("roles", "approves", *config.roles, *config.types)
    )
    if problem is not None:
        yield NotChecked.because_of(problem)
        return
    for role in config.roles.values():
        for mark in role.approves:
            if mark.text not in config.types:
                yield NotChecked("unknown-type", mark.location)
                return


@rule(
    "QMS316",
    "approver-may-not",
    Severity.WARNING,
    Text("Người phê duyệt không có thẩm quyền", "An approver without the right"),
    Text(
        "Theo qms.yml (approves), {role} không được phê duyệt loại «{type_vi}». Được phê duyệt "
        "loại này: {may_vi}.",
        "By qms.yml (approves), {role} may not approve the type «{type_en}». Who may: {may_en}.",
    ),
    blocked_by=(unknown_rights,),
)
def approver_may_not(facts: Facts) -> Iterator[Violation]:
    """Find documents whose approver's role may not approve their type."""
    config = facts.manual.config
    if not any(role.approves for role in config.roles.values()):
        return
    for document in facts.manual.documents.values():
        approver = document.front_matter.approver
        role = config.roles.get(approver.text) if approver else None
        if approver is None or role is None or document.type not in config.types:
            continue
        if not _may_approve(role, document.type):
            others = [
                each.name for each in config.roles.values() if _may_approve(each, document.type)
            ]
            names = ", ".join(others)
            kind = config.types[document.type].name
            values = {
                "role": role.name,
                "type_vi": kind.vi,
                "type_en": kind.en,
                "may_vi": names or "chưa ai",
                "may_en": names or "nobody",
            }
            yield Violation(approver.location, values, None, (role.mark.location,))


def _may_approve(role: Role, kind: str) -> bool:
    return any(mark.text == kind for mark in role.approves)


@rule(
    "QMS317",
    "approver-is-author",
    Severity.WARNING,
    Text("Người biên soạn tự phê duyệt", "An author who approves"),
    Text(
        "{who} vừa biên soạn vừa phê duyệt tài liệu này, nên không có người thứ hai xem lại. "
        "Hãy ghi đúng người biên soạn, hoặc nêu lý do.",
        "{who} both wrote this document and approves it, so nobody else looks at it. Name the "
        "real author, or give the reason.",
    ),
)
def approver_is_author(facts: Facts) -> Iterator[Violation]:
    """Find documents whose approver also wrote them."""
    config = facts.manual.config
    for document in facts.manual.documents.values():
        approver = document.front_matter.approver
        if approver is None or approver.text == UNKNOWN or _several_approve(document):
            continue
        for author in document.front_matter.authors:
            if _is_or_holds(config, author.text, approver.text):
                values = {"who": config.role_name(author.text)}
                yield Violation(approver.location, values, None, (author.location,))


@rule(
    "QMS334",
    "approver-only-reviewer",
    Severity.WARNING,
    Text("Người phê duyệt cũng là người xem xét duy nhất", "An approver who is the only reviewer"),
    Text(
        "{who} vừa phê duyệt vừa là người duy nhất xem xét tài liệu này. Hãy nêu thêm một người "
        "xem xét khác.",
        "{who} approves this document and is the only one who reviews it. Name another reviewer.",
    ),
)
def approver_only_reviewer(facts: Facts) -> Iterator[Violation]:
    """Find documents that nobody reviews but the one who approves them."""
    config = facts.manual.config
    for document in facts.manual.documents.values():
        approver = document.front_matter.approver
        reviewers = document.front_matter.reviewers
        if approver is None or approver.text == UNKNOWN or not reviewers:
            continue
        if _several_approve(document):
            continue
        if all(_is_or_holds(config, reviewer.text, approver.text) for reviewer in reviewers):
            values = {"who": config.role_name(reviewers[0].text)}
            related = tuple(reviewer.location for reviewer in reviewers)
            yield Violation(approver.location, values, None, related)


def _several_approve(document: Document) -> bool:
    """Whether more than one approves a document: somebody else looks at it then."""
    return len({mark.text for mark in document.front_matter.approvers}) > 1


def _is_or_holds(config: Config, who: str, approver: str) -> bool:
    """Whether a person or role is the approver, or a person who holds that role still."""
    if who == approver:
        return True
    person = config.people.get(who)
    if person is None:
        return False
    return any(held.role.text == approver and not held.until for held in person.holds)


@about
def lost_holder(facts: Facts) -> Callable[[Subject], NotChecked | bool]:
    """Leave unchecked a role that somebody may hold of whom not all could be read."""
    people = [person.mark for person in facts.manual.config.people.values()]
    first_problem = next(iter(facts.lost_lines.damaged_entries(people).values()), None)

    def may_be_held(subject: Subject) -> NotChecked | bool:
        lost = facts.lost_lines.first_problem(MANIFEST, ("people", subject.name))
        return not_checked(lost or first_problem)

    return may_be_held


@rule(
    "QMS318",
    "vacant-role",
    Severity.WARNING,
    Text("Vai trò phê duyệt đang không ai giữ", "An approving role that nobody holds"),
    Text(
        "Hôm nay không ai giữ vai trò «{role}», mà có tài liệu do vai trò này phê duyệt. Hãy "
        "ghi người giữ vào people.",
        "Nobody holds the role «{role}» today, and documents are approved by it. Say under "
        "people who does.",
    ),
    needs=("day",),
    hidden_by=(lost_holder,),
)
def vacant_role(facts: Facts) -> Iterator[Violation]:
    """Find roles that approve documents of the manual and that nobody holds today.

    Not asked of a manual that names no people.
    """
    config = facts.manual.config
    if facts.day is None or not config.people:
        return
    approving = approving_roles(facts.manual)
    vacant = approving - _roles_held(config, facts.day)
    for key, role in config.roles.items():
        if key in vacant:
            yield Violation(role.mark.location, {"role": role.name}, subjects=(Subject(key),))


def approving_roles(manual: Manual) -> set[str]:
    """Return the roles by which documents of the manual are approved."""
    documents = manual.documents.values()
    return {mark.text for document in documents for mark in document.front_matter.approvers}


def _roles_held(config: Config, day: date) -> set[str]:
    """Return the roles that somebody holds on a day."""
    held: set[str] = set()
    for person in config.people.values():
        held.update(each.role.text for each in person.holds if each.covers(day))
    return held


@rule(
    "QMS331",
    "unused-role",
    Severity.INFO,
    Text("Vai trò không ai dùng đến", "A role that nothing uses"),
    Text(
        "Vai trò «{role}» chưa được giao việc gì: không bảng điều khoản, tài liệu, quá trình "
        "hay lời văn nào nhắc đến. Hãy giao việc, hoặc xóa khỏi qms.yml.",
        "The role «{role}» is given nothing to do: no mapping, document or process names it, "
        "and no text speaks of it. Give it its task, or take it out of qms.yml.",
    ),
    blocked_by=(lost_anything,),
)
def unused_role(facts: Facts) -> Iterator[Violation]:
    """Find roles that no data and no text names.

    Not asked while a broken file may hide who names one.
    """
    roles = facts.manual.config.roles
    used = {mark.text for kind in ("role", "holder") for mark in facts.name_uses.get(kind, ())}
    unused = {key: lower_in_place(role.name) for key, role in roles.items() if key not in used}
    for document in facts.manual.documents.values():
        for file in document.files:
            if not unused:
                return
            prose = lower_in_place(file.page.prose)
            unused = {key: name for key, name in unused.items() if name not in prose}
    for key in unused:
        yield Violation(roles[key].mark.location, {"role": roles[key].name})


RULES: tuple[Rule, ...] = (
    unknown_approver,
    approver_may_not,
    approver_is_author,
    approver_only_reviewer,
    vacant_role,
    unused_role,
)
