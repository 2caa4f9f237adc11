"""Write an audit pack: texts, registers, records, answers and site of a day (`export pack`)."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from qmstool import __version__
from qmstool.candidates.evidence import EVIDENCE_FOLDER
from qmstool.cli import console, moments, papers
from qmstool.cli.commands.export import pdf
from qmstool.cli.context import HistoryContext
from qmstool.cli.proving import ask
from qmstool.cli.trusted import add_trust_options
from qmstool.export.pack import PackFacts, PackNames, make_pack, told_of_proof
from qmstool.export.pdf_in_parts import as_pdf
from qmstool.export.sheets import SheetWriter
from qmstool.export.xlsx import as_xlsx
from qmstool.git import repository as git
from qmstool.git.repository import newest_commit
from qmstool.git.staying import Readable
from qmstool.git.uncommitted import uncommitted_paths
from qmstool.i18n import QmsError, Text
from qmstool.manual.loading.loader import load
from qmstool.manual.named_evidence import all_evidence
from qmstool.register.recorded_texts import pinned_blobs
from qmstool.register.status import register
from qmstool.releases.record import is_release_file
from qmstool.site.publish import build_site, check_manual
from qmstool.storage import files, temporary
from qmstool.storage.pinned_tree import commit_tree
from qmstool.tables.by_name import REGISTERS, register_by_name
from qmstool.tables.format import as_csv
from qmstool.tables.registers import PROOF, Table
from qmstool.terminal import escape_json, escape_lines
from qmstool.verify.documents import PROVEN
from qmstool.verify.format import to_json, to_text

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Mapping
    from datetime import date

    from qmstool.manual.model import Manual
    from qmstool.register.status import Register
    from qmstool.storage.pinned_tree import PinnedTree
    from qmstool.storage.tree import Tree
    from qmstool.verify.verification import Verification

NOT_COMMITTED = Text(
    "Kho còn sửa đổi chưa lưu vào git: {paths}. Gói chỉ gồm những gì đã lưu; hãy lưu rồi làm lại.",
    "Changes are not committed: {paths}. A pack holds what is committed; commit, then run again.",
)
LOST = Text(
    "Không có ở đây: {paths}. Gói cần đủ văn bản có hiệu lực; hãy lấy đủ kho, rồi làm lại.",
    "Not here: {paths}. A pack cannot lack texts in force; fetch the whole repository, then again.",
)
HELD_BACK = Text(
    "Bằng chứng không được công bố nên để ngoài gói: {paths}. Thêm --all-evidence để đưa vào.",
    "Evidence that may not be published is left out: {paths}. Add --all-evidence to take it in.",
)
AS_OF = (
    "bản có hiệu lực tại ngày, hay từ ngày một đợt có hiệu lực; mặc định hôm nay / what was in "
    "force on a day, or the day of a release; by default today"
)
MANIFEST = "qms.yml"
RELEASES = "releases/"
ABOUT_COMMIT = Text("Phiên bản git", "Commit")
ABOUT_DAY = Text("Tính tại ngày", "As of")
INDEX = (
    ("code", Text("Mã", "Code")),
    ("title", Text("Tên", "Title")),
    ("issue", Text("Lần ban hành", "Issue")),
    ("revision", Text("Lần sửa đổi", "Revision")),
    ("check_code", Text("Mã kiểm tra", "Check code")),
    ("file", Text("Tệp trong gói", "File in this pack")),
    ("path", Text("Đường dẫn gốc", "Path")),
    PROOF,
)


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    moments.add_as_of(parser, AS_OF)
    parser.add_argument(
        "--no-site", action="store_true", help="không kèm trang web / without the site"
    )
    parser.add_argument(
        "--all-evidence",
        action="store_true",
        help="kèm cả bằng chứng không được công bố / with evidence that may not be published",
    )
    add_trust_options(parser)
    parser.add_argument("--output", type=Path, metavar="FILE", help="ghi vào tệp / write to a file")
    console.add_language_option(parser)


def run(options: argparse.Namespace) -> int:
    """Write the ZIP; of the clock it asks only which days are still to come."""
    context = HistoryContext(options)
    repository = git.require_history(context.repository_state)
    changed = uncommitted_paths(repository)
    if changed:
        raise QmsError(NOT_COMMITTED.fill({"paths": ", ".join(changed[:5])}))
    day = moments.asked_day(options, context) or context.today
    pinned = context.texts_in_force(context.manual.releases, day)
    if MANIFEST not in pinned.list():
        raise QmsError(papers.NOTHING_IN_FORCE.fill({"day": day.isoformat()}))
    if pinned.missing():
        raise QmsError(LOST.fill({"paths": ", ".join(pinned.missing()[:5])}))
    readable = Readable(options.root, pinned_blobs(context.manual.releases), [repository.head])
    pack = _Pack(options, context, pinned, day)
    content = pack.content(repository.head[:10])
    readable.require()
    target: Path = options.output or Path(f"audit-pack-{day.isoformat()}.zip")
    files.write(target.parent, target.name, content, hidden=True)
    size = str((len(content) + 1023) // 1024)
    console.print_note(pdf.WRITTEN.fill({"path": str(target), "size": size}), context.lang)
    return 0


class _Pack:
    """Gathers the files of one pack."""

    def __init__(
        self,
        options: argparse.Namespace,
        context: HistoryContext,
        pinned: PinnedTree,
        day: date,
    ) -> None:
        self._options = options
        self._context = context
        self._pinned = pinned
        self._day = day
        self._lang = context.readers
        self._manual: Manual = load(pinned)
        self._register: Register = register(
            self._manual, context.manual.releases, day, tip=context.manual
        )
        self._names = PackNames()
        self._files: dict[str, bytes] = {}

    def content(self, commit: str) -> bytes:
        answers = self._answers()
        proved = {answer.code: answer.proved for answer in answers.documents}
        told = told_of_proof(len(answers.doubts), proved)
        self._add_texts(answers)
        self._add_registers(commit)
        head = newest_commit(self._context.repository_state)
        self._add_releases(commit_tree(self._options.root, head))
        self._add_answers(answers)
        if not self._options.no_site:
            self._add_site()
        organization = self._manual.config.organization
        tool = f"qmstool {__version__}"
        with_site = not self._options.no_site
        facts = PackFacts(organization, self._day.isoformat(), commit, tool, with_site, told)
        for line in told:
            console.print_note(line, self._context.lang)
        return make_pack(self._files, facts)

    def _add(self, path: str, data: bytes) -> str:
        name = self._names.name(path)
        self._files[name] = data
        return name

    def _add_texts(self, answers: Verification) -> None:
        """Add the files in force, each document and the whole manual as PDF, and their index."""
        proofs = dict(map(papers.told_on_paper, answers.documents))
        words = {answer.code: PROVEN[answer.proven] for answer in answers.documents}
        writer = SheetWriter(self._manual, self._register, self._lang, proofs=proofs)
        documents = [document for document in self._manual.documents.values() if document.held]
        changes = papers.change_tables(self._context, documents, self._day)
        for document in documents:
            paper = writer.documents([document], self._pinned, changes, whole=False)
            self._add(f"pdf/{document.key}.pdf", as_pdf(paper.data, paper.pictures, self._day))
        whole = writer.documents(documents, self._pinned, changes, whole=True)
        self._add("manual.pdf", as_pdf(whole.data, whole.pictures, self._day))
        contents = self._pinned.read_all(self._pinned.list())
        names = {path: self._add(f"texts/{path}", data) for path, data in contents.items()}
        self._add("index.csv", as_csv(self._index(names, words), self._lang).encode())

    def _index(self, names: dict[str, str], words: Mapping[str, Text]) -> Table:
        rows = []
        for status in self._register.statuses.values():
            if not status.item or not status.in_force:
                continue
            word = words.get(status.item.code)
            shown = word.get(self._lang) if word else ""
            for file in status.item.files:
                row = (status.item.code, status.item.title, status.issue, status.revision)
                places = (names.get(file.path, ""), file.path)
                rows.append((*row, status.check_code, *places, shown))
        return Table(Text("Văn bản", "Texts"), INDEX, tuple(rows))

    def _add_registers(self, commit: str) -> None:
        writer = SheetWriter(self._manual, self._register, self._lang)
        about = ((ABOUT_DAY, self._day.isoformat()), (ABOUT_COMMIT, commit))
        at_hand, today = self._context.manual, self._context.today
        for which in REGISTERS:
            table = register_by_name(
                which, self._manual, self._register, self._lang, tip=at_hand, today=today
            )
            paper = writer.table(table)
            self._add(f"registers/{which}.pdf", as_pdf(paper.data, paper.pictures, self._day))
            self._add(f"registers/{which}.xlsx", as_xlsx(table, about, self._day, self._lang))

    def _add_releases(self, tip: Tree) -> None:
        """Add all records; evidence that may not be published only where asked for."""
        paths = [path for path in tip.list() if path.startswith(RELEASES)]
        held_back: set[str] = set()
        if not self._options.all_evidence:
            held_back = _not_to_be_shown(self._context.manual, paths)
        for path, data in tip.read_all(path for path in paths if path not in held_back).items():
            self._add(path, data)
        if held_back:
            told = HELD_BACK.fill({"paths": ", ".join(sorted(held_back))})
            console.print_note(told, self._context.lang)

    def _answers(self) -> Verification:
        return ask(self._options, self._context, self._day, own=False)

    def _add_answers(self, answers: Verification) -> None:
        context = self._context
        text = escape_lines(to_text(answers, context.manual, self._lang))
        self._add("verify.txt", text.encode())
        self._add("verify.json", escape_json(to_json(answers, context.manual)).encode())

    def _add_site(self) -> None:
        """Add the site, of the very files that the registers beside it are made of."""
        context = self._context
        tip = check_manual(
            self._options.root,
            context.tree,
            context.manual,
            self._day,
            state=context.repository_state,
        )
        zone = self._manual.config.zone
        with temporary.lend_folder() as folder:
            build_site(
                self._options.root,
                folder / "site",
                day=self._day,
                today=self._context.today,
                now=datetime.combine(self._day, datetime.min.time(), zone),
                lang=console.asked_language(self._options),
                progress=partial(console.print_note, lang=self._context.lang),
                tip=tip,
            )
            site = folder / "site"
            for path in sorted(path for path in site.rglob("*") if path.is_file()):
                # Addresses within the site lead to its own names, which are ASCII already.
                self._files[f"site/{path.relative_to(site).as_posix()}"] = path.read_bytes()


def _not_to_be_shown(manual: Manual, paths: Iterable[str]) -> set[str]:
    """Return the evidence among some paths that not everything which names it lets be published.

    Nor what nothing names there. A release file is a record, whoever calls it evidence.
    """
    proofs = [proof for proof in all_evidence(manual) if proof.file]
    hidden = {proof.file for proof in proofs if not proof.publish}
    shown = {proof.file for proof in proofs} - hidden
    kept_there = {path for path in paths if path.startswith(EVIDENCE_FOLDER)}
    held_back = hidden.intersection(paths) | (kept_there - shown)
    return {path for path in held_back if not is_release_file(path)}
