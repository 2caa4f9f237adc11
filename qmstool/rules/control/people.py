"""Rules on people: an approver unknown, without the right or the author, and roles that nobody holds or nothing uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import NotChecked, Severity, Violation
from qmstool.i18n import Text
from qmstool.manual.model import UNKNOWN
from qmstool.parsing.citations import lower_in_place
from qmstool.rules.base.rule import Facts, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.manual.config import Config

MANIFEST = "qms.yml"


def unknown_approver(facts: Facts) -> Iterator[Violation | NotChecked]:
    """Documents of which it is not known who approves them; one finding for all."""
    marks = [document.record.get("approver") for document in facts.manual.documents.values()]
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
        yield NotChecked.of(unread)
    elif found:
        yield Violation(
            found[0].location,
            {"count": str(len(found))},
            None,
            tuple(mark.location for mark in found[1:]),
        )


def approver_may_not(facts: Facts) -> Iterator[Violation | NotChecked]:
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
        yield (
            NotChecked.of(lost)
            if lost is not None
            else NotChecked("unknown-type", astray[0].location)
        )
        return
    for document in facts.manual.documents.values():
        mark = document.record.get("approver")
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
            yield Violation(mark.location, values, None, (role.mark.location,))


def approver_is_author(facts: Facts) -> Iterator[Violation]:
    """Documents whose approver also wrote them."""
    config = facts.manual.config
    for document in facts.manual.documents.values():
        approver = document.record.get("approver")
        for author in (
            document.record.list("authors") if approver and approver.text != UNKNOWN else ()
        ):
            if approver is not None and (
                author.text == approver.text or _may_hold(config, author.text, approver.text)
            ):
                yield Violation(
                    approver.location,
                    {"who": config.role_name(author.text)},
                    None,
                    (author.location,),
                )


def approver_only_reviewer(facts: Facts) -> Iterator[Violation]:
    """Documents that nobody reviews but the one who approves them."""
    config = facts.manual.config
    for document in facts.manual.documents.values():
        approver, reviewers = document.record.get("approver"), document.record.list("reviewers")
        if approver is None or approver.text == UNKNOWN or not reviewers:
            continue
        if all(
            mark.text == approver.text or _may_hold(config, mark.text, approver.text)
            for mark in reviewers
        ):
            who = config.role_name(reviewers[0].text)
            yield Violation(
                approver.location, {"who": who}, None, tuple(mark.location for mark in reviewers)
            )


def _may_hold(config: Config, person: str, role: str) -> bool:
    """Whether a person holds a role still."""
    return person in config.people and any(
        each.role.text == role and not each.until for each in config.people[person].holds
    )


def vacant_role(facts: Facts) -> Iterator[Violation | NotChecked]:
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
    approving = {document.record.text("approver") for document in facts.manual.documents.values()}
    hurt = facts.lost.hurt([person.mark for person in config.people.values()])
    for key, role in config.roles.items():
        if key not in approving - held:
            continue
        lost = facts.lost.why(MANIFEST, ("people", key)) or next(iter(hurt.values()), None)
        if lost is not None:
            yield NotChecked.of(lost)
        else:
            yield Violation(role.mark.location, {"role": role.name})


def unused_role(facts: Facts) -> Iterator[Violation | NotChecked]:
    """Roles that no data and no text names; not asked while a broken file may hide who does."""
    if facts.lost.first is not None:
        yield NotChecked.of(facts.lost.first)
        return
    roles = facts.manual.config.roles
    used = {mark.text for kind in ("role", "holder") for mark in facts.named.get(kind, ())}
    idle = {key for key in roles if key not in used}
    for file in (file for document in facts.manual.documents.values() for file in document.files):
        if not idle:
            break
        said = lower_in_place(file.page.prose)
        idle -= {key for key in idle if lower_in_place(roles[key].name) in said}
    for key, role in roles.items():
        if key in idle:
            yield Violation(role.mark.location, {"role": role.name})


W, I = Severity.WARNING, Severity.INFO  # noqa: E741 - a column of the table

# fmt: off
RULES = (
    Rule(
        "QMS315", "unknown-approver", I,
        Text("Tài liệu chưa rõ ai phê duyệt", "A document that nobody is known to approve"),
        Text(
            (
                "{count} tài liệu ghi «approver: unknown», tức là chưa rõ ai phê duyệt. Hãy hỏi "
                "rồi ghi vào."
            ),
            (
                "Documents that say «approver: unknown»: {count}. Ask who approves them, and "
                "write it down."
            ),
        ),
        unknown_approver,
    ),
    Rule(
        "QMS316", "approver-may-not", W,
        Text("Người phê duyệt không có thẩm quyền", "An approver without the right"),
        Text(
            (
                "Theo qms.yml (approves), {role} không được phê duyệt loại «{type_vi}». Được phê "
                "duyệt loại này: {may_vi}."
            ),
            (
                "By qms.yml (approves), {role} may not approve the type «{type_en}». Who may: "
                "{may_en}."
            ),
        ),
        approver_may_not,
    ),
    Rule(
        "QMS317", "approver-is-author", W,
        Text("Người biên soạn tự phê duyệt", "An author who approves"),
        Text(
            "{who} vừa biên soạn vừa phê duyệt tài liệu này, nên không có người thứ hai xem "
            "lại. Hãy ghi đúng người biên soạn, "
            "hoặc nêu lý do.",
            "{who} both wrote this document and approves it, so nobody else looks at it. "
            "Name the real author, or give the "
            "reason.",
        ),
        approver_is_author,
    ),
    Rule(
        "QMS334", "approver-only-reviewer", W,
        Text("Người phê duyệt cũng là người xem xét duy nhất", "An approver who is the only reviewer"),
        Text(
            (
                "{who} vừa phê duyệt vừa là người duy nhất xem xét tài liệu này. Hãy nêu thêm "
                "một người xem xét khác."
            ),
            (
                "{who} approves this document and is the only one who reviews it. Name another "
                "reviewer."
            ),
        ),
        approver_only_reviewer,
    ),
    Rule(
        "QMS318", "vacant-role", W,
        Text("Vai trò phê duyệt đang không ai giữ", "An approving role that nobody holds"),
        Text(
            (
                "Hôm nay không ai giữ vai trò «{role}», mà có tài liệu do vai trò này phê duyệt. "
                "Hãy ghi người giữ vào people."
            ),
            (
                "Nobody holds the role «{role}» today, and documents are approved by it. Say "
                "under people who does."
            ),
        ),
        vacant_role, ("day",),
    ),
    Rule(
        "QMS331", "unused-role", I,
        Text("Vai trò không ai dùng đến", "A role that nothing uses"),
        Text(
            "Vai trò «{role}» chưa được giao việc gì: không bảng điều khoản, tài liệu, quá "
            "trình hay lời văn nào nhắc đến. Hãy "
            "giao việc, hoặc xóa khỏi qms.yml.",
            "The role «{role}» is given nothing to do: no mapping, document or process names "
            "it, and no text speaks of it. Give "
            "it its task, or take it out of qms.yml.",
        ),
        unused_role,
    ),
)
