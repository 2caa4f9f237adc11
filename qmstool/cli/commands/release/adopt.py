"""Take over what was signed on paper, claiming nothing of its approval (`release adopt`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool import __version__
from qmstool.checking.runner import check
from qmstool.cli import console
from qmstool.cli.days import parse_day, settle_days
from qmstool.cli.release.claims import add_claim_options, read_claims
from qmstool.cli.release.uncommitted import refuse_uncommitted
from qmstool.findings import Severity
from qmstool.git import repository as git
from qmstool.i18n import QmsError, Text
from qmstool.manual.loading.loader import load
from qmstool.manual.model import UNKNOWN
from qmstool.manual.values import Unknown
from qmstool.references.resolver import resolve
from qmstool.register.versions import find_document
from qmstool.releases.adoption import Adoption, adopt
from qmstool.releases.record import NONE, read_release_files, release_path, sha256
from qmstool.storage import files
from qmstool.storage.pinned_tree import commit_tree
from qmstool.storage.read_once import ReadOnceTree
from qmstool.storage.tree import FolderTree

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from datetime import date

    from qmstool.manual.model import Manual
    from qmstool.storage.tree import Tree


NOTHING_LEFT = Text(
    "Mọi tài liệu đã có trong một đợt được ghi nhận: không còn gì để tiếp nhận. Tiếp nhận nhầm thì "
    'thay bằng: qmstool release adopt MÃ --replaces-record SỐ --reason "…"',
    "A recorded release holds every document: nothing is left to take over. What was taken over by "
    'mistake is replaced by: qmstool release adopt CODE --replaces-record N --reason "…"',
)
RECORDED = Text(
    "«{code}» đã có ở đợt {number}, nên không tiếp nhận được. Tiếp nhận nhầm thì thêm "
    '--replaces-record {number} --reason "…"; sửa đổi thì lập hồ sơ trình ký.',
    "Release {number} holds «{code}», so it cannot be taken over. If that was a mistake, add "
    '--replaces-record {number} --reason "…"; if it is a revision, prepare a candidate.',
)
NOT_A_TAKE_OVER = Text(
    "Đợt {number} không tiếp nhận «{code}», nên không thay được.",
    "Release {number} did not take «{code}» over, so it cannot be replaced.",
)
NEEDS_REASON = Text(
    "Thay một lần tiếp nhận nhầm thì phải nêu mã tài liệu và --reason.",
    "To replace a mistaken take-over, name the documents and give --reason.",
)
HAS_ERRORS = Text(
    "Sổ tay còn lỗi. Hãy chạy qmstool check và sửa trước.",
    "The manual has errors; run qmstool check and fix them first.",
)
WRITTEN = Text(
    "Đã ghi {path}. Hãy lưu tệp này vào git cùng các tài liệu.",
    "Wrote {path}. Commit it together with the texts.",
)


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "codes",
        nargs="*",
        metavar="CODE",
        help="tài liệu nào; không nêu: mọi tài liệu chưa có trong đợt nào / which documents; none "
        "named: all that no release holds",
    )
    parser.add_argument(
        "--title", default="Bản tiếp nhận", help="tên đợt ban hành / title of the release"
    )
    add_claim_options(parser)
    parser.add_argument(
        "--recorder", default=UNKNOWN, metavar="WHO", help="người ghi nhận / who records"
    )
    parser.add_argument(
        "--recorded", type=parse_day, metavar="DAY", help="ngày ghi nhận / day of recording"
    )
    parser.add_argument(
        "--replaces-record",
        type=int,
        metavar="N",
        help="thay cho lần tiếp nhận nhầm ở đợt N / replaces what release N took over by mistake",
    )
    parser.add_argument("--reason", default="", metavar="…", help="vì sao thay / why")


def run(options: argparse.Namespace) -> int:
    """Write the record; refuse where the manual has errors, or a document is recorded already.

    What is pinned is what git has: the newest commit, from which no file of the manual may differ.
    """
    folder = ReadOnceTree(FolderTree(options.root))
    at_hand = load(folder)
    lang = console.screen_language(options, at_hand.config)
    settle_days(options, at_hand.config)
    # A run that was killed once all was done leaves its last name behind.
    files.sweep(options.root / "releases")
    repository = git.require_commit(git.find_repository(options.root))
    refuse_uncommitted(repository, folder)
    tree = commit_tree(options.root, repository.head)
    manual = load(tree)
    claims = read_claims(options, manual.config, _finder(manual))
    keys = _chosen(options, at_hand, manual)
    day, root = console.today(manual.config.zone), str(options.root)
    report = check(manual, resolve(manual), root=root, day=day, read=tree.read)
    if report.worst == Severity.ERROR:
        raise QmsError(HAS_ERRORS)
    number = max((release.number for release in at_hand.releases), default=0) + 1
    adoption = Adoption(
        number=number,
        title=options.title,
        tool=f"qmstool {__version__}",
        recorder=options.recorder,
        recorded=_recorded(options, number, day),
        claims=claims,
        replaces=options.replaces_record,
        reason=options.reason,
        previous=_previous(folder, number),
    )
    text = adopt(manual, tree, keys, adoption)
    path = files.write(options.root, release_path(number), text, new=True)
    console.print_note(WRITTEN.fill({"path": str(path)}), lang)
    return 0


def _finder(manual: Manual) -> Callable[[str], str]:
    return lambda code: find_document(manual, code).key


def _recorded(options: argparse.Namespace, number: int, today: date) -> date | Unknown:
    """The day of recording; a baseline counts from the beginning, and names none by itself."""
    if options.recorded:
        day: date = options.recorded
        return day
    return Unknown.UNKNOWN if number == 1 else today


def _previous(tree: Tree, number: int) -> str:
    last = read_release_files(tree).get(release_path(number - 1))
    return sha256(last) if last is not None else NONE


def _chosen(options: argparse.Namespace, at_hand: Manual, manual: Manual) -> list[str]:
    """The keys of the documents to take over. Raises QmsError for one that may not be."""
    holders: dict[str, int] = {}
    for release in at_hand.releases:
        holders |= {item.key: release.number for item in release.items}
    find = _finder(manual)
    chosen = list(dict.fromkeys(map(find, options.codes)))
    if options.replaces_record is not None:
        if not chosen or not options.reason:
            raise QmsError(NEEDS_REASON)
        _refuse_other_records(options.replaces_record, at_hand, manual, chosen, holders)
        return chosen
    for key in chosen:
        if key in holders:
            values = {"code": manual.documents[key].name, "number": str(holders[key])}
            raise QmsError(RECORDED.fill(values))
    chosen = chosen or [key for key in manual.documents if key not in holders]
    if not chosen:
        raise QmsError(NOTHING_LEFT)
    return chosen


def _refuse_other_records(
    number: int, at_hand: Manual, manual: Manual, chosen: list[str], holders: dict[str, int]
) -> None:
    """Raise QmsError unless the record took each document over, and is the last that holds it."""
    taken = {release.number: release for release in at_hand.releases if release.is_taken_over}
    for key in chosen:
        if number not in taken or holders.get(key) != number:
            values = {"number": str(number), "code": manual.documents[key].name}
            raise QmsError(NOT_A_TAKE_OVER.fill(values))
