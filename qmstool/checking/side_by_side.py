"""Read a large manual and ask its files in several processes, where little is known of them.

A process started afresh, not forked, reads a share of the files and then answers the questions of
rules about them. What it found comes back as facts, as if it had been kept from a run before: so
nothing here can change a report. The process that reports reads the other files meanwhile.
"""

from __future__ import annotations

from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from qmstool.checking.runner import PROSE_RULES
from qmstool.frozen import dataclass
from qmstool.manual.loading.data import read_data
from qmstool.manual.loading.documents import DocumentReader, natural_key
from qmstool.manual.loading.sections import number_by_words
from qmstool.parsing.source import SourceFile
from qmstool.process import fresh_processes, processors
from qmstool.rules import ALL
from qmstool.rules.base.file_answers import FileAnswers
from qmstool.rules.base.text.prose_text import writings_of
from qmstool.rules.base.text.wording import wording_of
from qmstool.storage.kept_facts import KeptFacts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from concurrent.futures import Executor

    from qmstool.manual.config import DocumentType
    from qmstool.manual.documents import Document
    from qmstool.manual.model import Manual
    from qmstool.rules.base.text.wording import Wording
    from qmstool.storage.kept_facts import Shelves

# Of an equal share, what a process that helps is given: it has to start, and to pack what it finds,
# while the one that reports waits for it once all references are resolved. By trial, on two.
SHARE = 0.85


@dataclass(frozen=True, slots=True)
class UnreadFiles:
    """What one process reads: some texts, with all data files and the names of all files."""

    tool: bytes
    paths: frozenset[str]
    data: Mapping[str, bytes]
    texts: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class _ReadFiles:
    """What this process has read: documents, the types there are, and the facts made of them."""

    documents: tuple[Document, ...]
    types: Mapping[str, DocumentType]
    facts: KeptFacts


_READ: list[_ReadFiles] = []
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
    unread = [path for path in texts if path.startswith("procedures/") and path.endswith(".md")]
    unread = sorted([path for path in unread if facts.lacks("document", path)], key=natural_key)
    count = processors() - 1
    if count < 1 or len(unread) < fewest:
        yield lambda _: None
        return
    data = {path: text for path, text in texts.items() if not path.endswith(".md")}
    size = int(len(unread) * SHARE / (count + 1))
    with ExitStack() as stack:
        helpers = []
        for number in range(count):
            own = unread[len(unread) - (number + 1) * size :][:size]
            given = UnreadFiles(facts.tool, paths, data, {path: texts[path] for path in own})
            try:
                pool = fresh_processes(1)
            except (OSError, NotImplementedError):
                break  # this system lets us start none
            stack.callback(pool.shutdown, wait=False, cancel_futures=True)
            facts.expect("document", own, _waiting(pool, _read, given))
            helpers.append((pool, own))

        def ask(manual: Manual) -> None:
            wording = wording_of(manual)
            asked = _questions(manual, wording)
            for pool, own in helpers:
                facts.expect("answers", own, _waiting(pool, _ask, wording, asked))

        yield ask


def _waiting(pool: Executor, work: Callable[..., Shelves], *given: object) -> Callable[[], Shelves]:
    """Have a process do some work, and return what waits for it.

    Where that process was killed, or could not begin, there is nothing: all is read by this one.
    """
    try:
        future = pool.submit(work, *given)
    except (BrokenProcessPool, OSError):
        return dict

    def wait() -> Shelves:
        try:
            return future.result()
        except BrokenProcessPool:
            return {}

    return wait


def _questions(manual: Manual, wording: Wording) -> frozenset[str]:
    """Name what rules that will be asked ask of files; more than this they may still ask."""
    off = {mark.text for mark in manual.config.rules_off}
    on_request = {mark.text for mark in manual.config.rules_asked}
    names = set()
    for rule in ALL:
        called = {rule.id, rule.slug}
        wanted = wording.lists.hold_prose or not rule.id.startswith(PROSE_RULES)
        if rule.on_request and not called & on_request:
            wanted = False
        if wanted and not called & off:
            names |= {question.name for question in rule.reads if not question.cites}
    return frozenset(names)


def _read(given: UnreadFiles) -> Shelves:
    """Read a share, in a process of its own, and remember it for `_ask`."""
    texts = {**given.data, **given.texts}
    facts = KeptFacts(None, b"", given.tool, texts)
    sources = {path: SourceFile(path, data) for path, data in texts.items()}
    data = read_data({path: sources[path] for path in given.data}, None)
    reader = DocumentReader(sources, given.paths, [], data.config, facts)
    documents = {path: document for path in given.texts if (document := reader.document(path))}
    documents = number_by_words(documents, data.section_words)
    _READ.append(_ReadFiles(tuple(documents.values()), data.config.types, facts))
    return facts.of_kinds("document")


def _ask(wording: Wording, names: frozenset[str]) -> Shelves:
    """Put questions to the files that this process has read."""
    questions = {each.name: each for rule in ALL for each in rule.reads if each.name in names}
    read = _READ[-1]
    texts = writings_of(read.documents, read.types, wording)
    FileAnswers(texts, read.facts).ask(questions.values())
    return read.facts.of_kinds("answers")
