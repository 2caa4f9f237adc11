"""Read what the command line says of a signed paper: instrument, signer, and evidence to keep."""

from __future__ import annotations

import re
from argparse import ArgumentTypeError
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qmstool.candidates.attachments import prepare_attachments
from qmstool.candidates.recording import Instrument
from qmstool.cli import evidence
from qmstool.cli.days import TypedDay, parse_day
from qmstool.i18n import QmsError, Text
from qmstool.manual.model import UNKNOWN
from qmstool.manual.releases import Approval
from qmstool.manual.schema.releases import INSTRUMENTS
from qmstool.manual.values import Unknown
from qmstool.parsing.similar import not_found_error

if TYPE_CHECKING:
    import argparse

    from qmstool.candidates.recording import Proof
    from qmstool.cli.context import HistoryContext
    from qmstool.manual.model import Manual
    from qmstool.manual.values import Day


_APPROVAL = re.compile(
    r"\s*(?P<who>[^:@]*[^:@\s])\s*(?::\s*(?P<role>[^:@\s]+)\s*)?(?:@\s*(?P<day>\S+)\s*)?"
)
BAD_APPROVAL = (
    "«{given}»: viết dạng «họ tên:vai-trò@2024-03-14», vai trò và ngày có thể bỏ / written "
    "«name:role@2024-03-14», role and day may be left out"
)


class _TypedApproval(NamedTuple):
    """Who approved, as it was typed."""

    who: str
    role: str
    day: Day | TypedDay


def add_evidence_options(parser: argparse.ArgumentParser) -> None:
    """Add the options on the paper and its evidence."""
    kinds = [kind for kind in INSTRUMENTS if kind != UNKNOWN]
    parser.add_argument(
        "--kind",
        choices=kinds,
        required=True,
        help="quyết định, ký duyệt trên bìa, thông báo / the instrument",
    )
    parser.add_argument(
        "--number", metavar="NO", help="số, ký hiệu văn bản / number of the instrument"
    )
    parser.add_argument("--date", type=parse_day, metavar="DAY", help="ngày ký / day of signature")
    parser.add_argument("--person", default=UNKNOWN, metavar="WHO", help="người ký / who signed")
    parser.add_argument("--role", default=UNKNOWN, help="vai trò trong qms.yml / role of qms.yml")
    parser.add_argument(
        "--approval",
        action="append",
        type=_parse_approval,
        default=[],
        metavar="WHO[:ROLE][@DAY]",
        help="ai phê duyệt trước người ký; nhiều cấp thì nêu theo thứ tự / who approved before the "
        "signer; repeat it in their order",
    )
    parser.add_argument("--capacity", metavar="KT.|TUQ.|Q.", help="tư cách ký / signing capacity")
    parser.add_argument(
        "--effective",
        type=parse_day,
        required=True,
        metavar="DAY",
        help="ngày hiệu lực / effective date",
    )
    evidence.add_options(parser)
    parser.add_argument(
        "--original", default="", metavar="…", help="bản gốc lưu ở đâu / where the original is kept"
    )
    parser.add_argument(
        "--without-evidence",
        action="store_true",
        help="ghi nhận dù còn thiếu số, ngày, người ký hoặc bằng chứng / record although number, "
        "day, signer or evidence is missing",
    )
    parser.add_argument(
        "--publish",
        action="store_true",
        help="cho đăng tệp chứng minh lên trang / the site may show the files",
    )


def missing_evidence(options: argparse.Namespace) -> tuple[Text, ...]:
    """Return what of the signed paper is not said: its number, day, signer, or what proves it.

    What is signed on the cover has no number.
    """
    missing = []
    if not options.number and options.kind != "cover":
        missing.append(Text("số văn bản (--number)", "the number (--number)"))
    if options.date is None:
        missing.append(Text("ngày ký (--date)", "the day of signature (--date)"))
    if options.person == UNKNOWN:
        missing.append(Text("người ký (--person)", "who signed (--person)"))
    if not options.evidence and not options.reference:
        missing.append(
            Text(
                "bằng chứng (--evidence loại=tệp, hoặc --reference loại=nơi tra cứu)",
                "evidence (--evidence kind=file, or --reference kind=where)",
            )
        )
    return tuple(missing)


def refuse_missing_evidence(options: argparse.Namespace) -> None:
    """Raise QmsError where something is missing and nobody said that this is known."""
    missing = missing_evidence(options)
    if missing and not options.without_evidence:
        vi = ", ".join(text.vi for text in missing)
        en = ", ".join(text.en for text in missing)
        raise QmsError(
            Text(
                f"Còn thiếu: {vi}. Hãy nêu; nếu thật sự chưa có, ghi nhận với --without-evidence: "
                "khi ấy mọi nơi đều ghi «chưa có bằng chứng phê duyệt».",
                f"Missing: {en}. Say them; where there really is none, record with "
                "--without-evidence: it is then shown as «approval not evidenced» everywhere.",
            )
        )


def add_seal_option(parser: argparse.ArgumentParser) -> None:
    """Add the option of the integrity seal."""
    parser.add_argument(
        "--seal",
        type=Path,
        metavar="KEY",
        help="khóa SSH để niêm phong toàn vẹn / SSH key of the integrity seal",
    )


def read_instrument(options: argparse.Namespace) -> Instrument:
    """Return what the paper says; a number or capacity that it does not bear is ""."""
    return Instrument(
        kind=options.kind,
        number=options.number or "",
        date=options.date or Unknown.UNKNOWN,
        person=options.person,
        role=options.role,
        capacity=options.capacity or "",
        effective=options.effective,
    )


def read_approvals(options: argparse.Namespace, manual: Manual) -> tuple[Approval, ...]:
    """Return who approved before the signer, in their order.

    Raises QmsError for a role that is not there, and a day that can be two.
    """
    roles = manual.config.roles
    approvals = []
    for who, role, typed in options.approval:
        if role != UNKNOWN and role not in roles:
            raise not_found_error(role, Text("vai trò", "role"), roles)
        day = typed.settled(manual.config) if isinstance(typed, TypedDay) else typed
        approvals.append(Approval(who, role, UNKNOWN, day))
    return tuple(approvals)


def _parse_approval(given: str) -> _TypedApproval:
    """Read «name:role@day». Raises ArgumentTypeError for what cannot be read so."""
    found = _APPROVAL.fullmatch(given)
    if found is None:
        raise ArgumentTypeError(BAD_APPROVAL.format(given=given))
    day = parse_day(found["day"]) if found["day"] else Unknown.UNKNOWN
    return _TypedApproval(found["who"], found["role"] or UNKNOWN, day)


def read_evidence(
    options: argparse.Namespace, context: HistoryContext, number: int
) -> tuple[dict[str, bytes], tuple[Proof, ...]]:
    """Return the files to keep by path, and what the record says of each.

    Raises QmsError for a role, kind or file that is not there.
    """
    if options.role != UNKNOWN and options.role not in context.manual.config.roles:
        raise not_found_error(options.role, Text("vai trò", "role"), context.manual.config.roles)
    held, references = evidence.read_options(options)
    return prepare_attachments(
        context.tree, number, held, references, original=options.original, publish=options.publish
    )
