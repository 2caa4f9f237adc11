"""Read a large manual and ask its files in several processes, where little is known of them.

A process started afresh, not forked, reads a share of the files. Handed what the others read, it
then finds what its files refer to and answers the questions of rules about them. What it found
comes back as facts, as if it had been kept from a run before: so nothing here can change a report.
The process that reports does the same with the other files meanwhile.
"""

from __future__ import annotations

from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from qmstool.checking.runner import PROSE_RULES
from qmstool.frozen import dataclass
from qmstool.manual.loading.data import read_data
from qmstool.manual.loading.documents import DocumentReader, natural_key
from qmstool.manual.loading.loader import read_manual
from qmstool.parsing.source import ElsewhereFile, SourceFile
from qmstool.process import fresh_processes, processors
from qmstool.references.outline import Outline
from qmstool.references.resolver import resolve
from qmstool.rules import ALL
from qmstool.rules.base.citation_questions import OF_EVERY_CHECK
from qmstool.rules.base.file_answers import CitingAnswers, FileAnswers, ask_by_kind
from qmstool.rules.base.text.prose_text import writings_of
from qmstool.rules.base.text.wording import wording_of
from qmstool.storage.kept_facts import KeptFacts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from concurrent.futures import Executor

    from qmstool.manual.model import Manual
    from qmstool.rules.base.file_answers import Question
    from qmstool.rules.base.text.wording import Wording
    from qmstool.storage.kept_facts import Shelves

# Of an equal share, what a process that helps is given to read, for it has to start; and of these
# files those that it asks, for it has to unpack what the others read. By trial, on two processors.
SHARE, SHARE_ASKED = 0.92, 0.87
# Whose texts are shared out.
SHARED_FOLDER = "procedures/"
# The kinds of facts that come of asking files.
FOUND_BY_ASKING = ("citing", "references", "answers")


@dataclass(frozen=True, slots=True)
class UnreadFiles:
    """What one process reads: its share of the texts, files that all read, and all names."""

    tool: bytes
    paths: frozenset[str]
    beside: Mapping[str, bytes]
    texts: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class OthersFiles:
    """What other processes read: their documents, packed, and the digests of all texts by path."""

    documents: Shelves
    digests: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class _Share:
    """What this process has read: its texts, and the facts made of them."""

    given: UnreadFiles
    sources: Mapping[str, SourceFile]
    facts: KeptFacts


_READ: list[_Share] = []
"""In a process that helps: its share, once it is read."""


@contextmanager
def reading_side_by_side(
    facts: KeptFacts, paths: frozenset[str], fewest: int
) -> Iterator[Callable[[Manual], None]]:
    """Let other processes read files of which `facts` has nothing, while the caller does the rest.

    `paths`: the names of all files; `fewest`: how many files to read are worth a process. What they
    found is in `facts` when it is asked for. Lend a function that has them answer, once the manual
    is there, all that rules will ask of these files.
    """
    texts = facts.texts
    unread = [path for path in texts if _is_shared(path)]
    unread = sorted([path for path in unread if facts.lacks("document", path)], key=natural_key)
    count = processors() - 1
    if count < 1 or len(unread) < fewest:
        yield lambda _: None
        return
    beside = {path: text for path, text in texts.items() if not _is_shared(path)}
    size = int(len(unread) * SHARE / (count + 1))
    with ExitStack() as stack:
        helpers = []
        for number in range(count):
            own = unread[len(unread) - (number + 1) * size :][:size]
            given = UnreadFiles(facts.tool, paths, beside, {path: texts[path] for path in own})
            try:
                pool = fresh_processes(1)
            except (OSError, NotImplementedError):
                break  # this system lets us start none
            stack.callback(pool.shutdown, wait=False, cancel_futures=True)
            facts.expect("document", own, _waiting(pool, _read, given))
            helpers.append((pool, own))

        def ask(manual: Manual) -> None:
            wording = wording_of(manual)
            questions = _questions(manual, wording)
            read = facts.of_kinds("document")
            digests = {path: facts.file_digest(path) for path in texts}
            for pool, own in helpers:
                documents = {path: read[path] for path in read.keys() - set(own)}
                others = OthersFiles(documents, digests)
                theirs = own[-round(len(own) * SHARE_ASKED) :]
                found = _waiting(pool, _ask, others, frozenset(theirs), wording, questions)
                for kind in FOUND_BY_ASKING:
                    facts.expect(kind, theirs, found)

        yield ask


def _is_shared(path: str) -> bool:
    """Whether a text is one of those that are shared out: the others are few, and read by all."""
    return path.startswith(SHARED_FOLDER) and path.endswith(".md")


def _waiting(pool: Executor, work: Callable[..., Shelves], *given: object) -> Callable[[], Shelves]:
    """Have a process do some work, and return what waits for it.

    Where that process was killed, could not begin, or needs what it has not, there is nothing: this
    one does the work.
    """
    try:
        future = pool.submit(work, *given)
    except (BrokenProcessPool, OSError):
        return dict

    def wait() -> Shelves:
        try:
            return future.result()
        except (BrokenProcessPool, LookupError):
            return {}

    return wait


def _questions(manual: Manual, wording: Wording) -> frozenset[str]:
    """Name what rules that will be asked ask of files; more than this they may still ask."""
    off = {mark.text for mark in manual.config.rules_off}
    on_request = {mark.text for mark in manual.config.rules_asked}
    names = {question.name for question in OF_EVERY_CHECK}
    for rule in ALL:
        called = {rule.id, rule.slug}
        wanted = wording.lists.hold_prose or not rule.id.startswith(PROSE_RULES)
        if rule.on_request and not called & on_request:
            wanted = False
        if wanted and not called & off:
            names |= {question.name for question in rule.reads}
    return frozenset(names)


def _read(given: UnreadFiles) -> Shelves:
    """Read a share, in a process of its own, and remember it for `_ask`."""
    texts = {**given.beside, **given.texts}
    facts = KeptFacts(None, b"", given.tool, texts)
    sources = {path: SourceFile(path, data) for path, data in texts.items()}
    data = read_data({path: sources[path] for path in given.beside}, facts)
    reader = DocumentReader(sources, given.paths, [], data.config, data.section_words, facts)
    for path in given.texts:
        reader.document(path)
    _READ.append(_Share(given, sources, facts))
    return facts.of_kinds("document")


def _ask(
    others: OthersFiles, paths: frozenset[str], wording: Wording, names: frozenset[str]
) -> Shelves:
    """Find what some files of this process refer to, and put to them all that rules will ask."""
    share = _READ[-1]
    facts = share.facts
    facts.take_in(others.documents, others.digests)
    sources = {path: share.sources.get(path) or ElsewhereFile(path) for path in others.digests}
    manual = read_manual(share.given.paths, sources, [], facts)
    documents = [document for document in manual.written_documents if document.path in paths]
    texts = writings_of(documents, manual.config.types, wording)
    citing = CitingAnswers(texts, resolve(manual, facts), Outline(manual), facts)
    ask_by_kind(texts, citing, FileAnswers(texts, facts), _named(names))
    found = facts.of_kinds(*FOUND_BY_ASKING)
    return {path: shelf for path, shelf in found.items() if path in paths}


def _named(names: frozenset[str]) -> Iterator[Question[Any]]:
    questions = (*OF_EVERY_CHECK, *(each for rule in ALL for each in rule.reads))
    return (each for each in questions if each.name in names)
