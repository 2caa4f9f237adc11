"""Rules on people: an approver unknown, without the right or the author, and roles that nobody holds or nothing uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Fault, Severity, Unasked
from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.parsing.citations import lowered
from qmstool.rules.base.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.config import Config
    from qmstool.rules.base.rule import Facts, Rule

MANIFEST = "qms.yml"


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
)
def unknown_approver(facts: Facts) -> Iterator[Fault | Unasked]:
    """Documents of which it is not known who approves them; one finding for all."""
    marks = [document.entry.get("approver") for document in facts.manual.documents.values()]
    found = [mark for mark in marks if mark is not None and mark.text == UNKNOWN]
    # Of documents that cannot be read nobody knows; what can be said of all is said once they can.
    unread = next(
        (
            problem
            for path in sorted(facts.lost.broken)
            if path.endswith(".md") and (problem := facts.lost.why(path))
        ),
        None,
    )
    if found and unread is not None:
        yield Unasked.of(unread)
    elif found:
        yield Fault(
            found[0].location,
            {"count": str(len(found))},
            None,
            tuple(mark.location for mark in found[1:]),
        )


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
)
def approver_may_not(facts: Facts) -> Iterator[Fault | Unasked]:
    """Documents whose approver's role may not approve their type."""
    config = facts.manual.config
    # Where a role names a type that is none, that is told, and not what follows from it.
    if not any(role.approves for role in config.roles.values()):
        return
    astray = [
        mark
        for role in config.roles.values()
        for mark in role.approves
        if mark.text not in config.types
    ]
    lost = facts.lost.why(MANIFEST, ("roles", "approves", *config.roles, *config.types))
    if astray or lost is not None:
        yield Unasked.of(lost) if lost is not None else Unasked("unknown-type", astray[0].location)
        return
    for document in facts.manual.documents.values():
        mark = document.entry.get("approver")
        role = config.roles.get(mark.text) if mark else None
        if (
            mark
            and role
            and document.type in config.types
            and document.type not in {each.text for each in role.approves}
        ):
            may = [
                each.name
                for each in config.roles.values()
                if document.type in {one.text for one in each.approves}
            ]
            kind = config.types[document.type].name
            values = {"role": role.name, "type_vi": kind.vi, "type_en": kind.en}
            values |= {"may_vi": ", ".join(may) or "chưa ai", "may_en": ", ".join(may) or "nobody"}
            yield Fault(mark.location, values, None, (role.mark.location,))


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
def approver_is_author(facts: Facts) -> Iterator[Fault]:
    """Documents whose approver also wrote them."""
    config = facts.manual.config
    for document in facts.manual.documents.values():
        approver = document.entry.get("approver")
        for author in (
            document.entry.list("authors") if approver and approver.text != UNKNOWN else ()
        ):
            if approver is not None and (
                author.text == approver.text or _may_hold(config, author.text, approver.text)
            ):
                yield Fault(
                    approver.location,
                    {"who": config.role_name(author.text)},
                    None,
                    (author.location,),
                )


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
def approver_only_reviewer(facts: Facts) -> Iterator[Fault]:
    """Documents that nobody reviews but the one who approves them."""
    config = facts.manual.config
    for document in facts.manual.documents.values():
        approver, reviewers = document.entry.get("approver"), document.entry.list("reviewers")
        if approver is None or approver.text == UNKNOWN or not reviewers:
            continue
        if all(
            mark.text == approver.text or _may_hold(config, mark.text, approver.text)
            for mark in reviewers
        ):
            who = config.role_name(reviewers[0].text)
            yield Fault(
                approver.location, {"who": who}, None, tuple(mark.location for mark in reviewers)
            )


def _may_hold(config: Config, person: str, role: str) -> bool:
    """Whether a person holds a role still."""
    return person in config.people and any(
        each.role.text == role and not each.until for each in config.people[person].holds
    )


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
)
def vacant_role(facts: Facts) -> Iterator[Fault | Unasked]:
    """Roles that approve documents of the manual and that nobody holds today; not asked of a manual that names no people."""
    config, day = facts.manual.config, facts.day.isoformat() if facts.day else ""
    if not config.people:
        return
    held = {
        each.role.text
        for person in config.people.values()
        for each in person.holds
        if each.covers(day)
    }
    approving = {document.entry.text("approver") for document in facts.manual.documents.values()}
    hurt = facts.lost.hurt([person.mark for person in config.people.values()])
    for key, role in config.roles.items():
        if key not in approving - held:
            continue
        lost = facts.lost.why(MANIFEST, ("people", key)) or next(iter(hurt.values()), None)
        if lost is not None:
            yield Unasked.of(lost)
        else:
            yield Fault(role.mark.location, {"role": role.name})


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
)
def unused_role(facts: Facts) -> Iterator[Fault | Unasked]:
    """Roles that no data and no text names; not asked while a broken file may hide who does."""
    if facts.lost.first is not None:
        yield Unasked.of(facts.lost.first)
        return
    roles = facts.manual.config.roles
    used = {mark.text for kind in ("role", "holder") for mark in facts.named.get(kind, ())}
    idle = {key for key in roles if key not in used}
    for file in (file for document in facts.manual.documents.values() for file in document.files):
        if not idle:
            break
        said = lowered(file.page.prose)
        idle -= {key for key in idle if lowered(roles[key].name) in said}
    for key, role in roles.items():
        if key in idle:
            yield Fault(role.mark.location, {"role": role.name})


RULES: tuple[Rule, ...] = (
    unknown_approver,
    approver_may_not,
    approver_is_author,
    approver_only_reviewer,
    vacant_role,
    unused_role,
)
