"""Absurd values under every key of a manual's data: what `check` calls fine, pages can show.

Keys come from the schemas that the loader reads, so that a new key is tried by itself. Each round
puts values into several files of one manual; `QMS_ABSURD` says how many rounds, `QMS_FUZZ_SEED`
which.
"""

from __future__ import annotations

import copy
import os
import random
from typing import TYPE_CHECKING, Any

import yaml

from qmstool.findings import Severity
from qmstool.manual.schema.circulation import COPIES, OPINIONS, READINGS, REVIEWS, REVOKED
from qmstool.manual.schema.documents import DOCUMENT
from qmstool.manual.schema.manifest import MANIFEST
from qmstool.manual.schema.process_map import PROCESS_MAP
from qmstool.manual.schema.registers import ABBREVIATIONS, EXTERNALS, RECORDS
from qmstool.manual.schema.releases import CANDIDATE, RELEASE
from qmstool.manual.schema.standards import CATALOGUE, MAPPING, TRANSITION
from qmstool.manual.schema.wordlists import WORDS_FILE
from qmstool.parsing.yaml.schema import Schema
from qmstool.storage.tree import FolderTree
from tests.support.every_value import lived
from tests.support.manuals import check_tree, tiny
from tests.support.memory import MemoryTree
from tests.support.site.scenes import rendered

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROUNDS = int(os.environ.get("QMS_ABSURD", "50"))
SEED = int(os.environ.get("QMS_FUZZ_SEED", "20261130"))
MARK = "ABSURD-VALUE"
# As they stand in YAML: of another kind, too large, too small, no value, not what it seems.
VALUES = (
    "''", "0", "-1", "1e400", ".nan", "-.inf", "9" * 400, "0001-01-01", "9999-12-31", "2024-02-30",
    "unknown", "none", "-", "[]", "{}", "null", "true", "[[[[[]]]]]", "{a: {b: {c: 1}}}", "x" * 3000,
    '"\\0"', '"a\\nb"', '"\\e[31m"', '"\\u200b"', '"{{ x }}"', '"../../x"', '".git/config"', '"<b>&"',
    '"(.*"', '"\\\\"', "'%s {0} {n}'", "[null, 1]", "!!binary aGVq", "&a [*a]", "*nowhere", '"法"', '".."',
    '"a/b"', '"=1+1"', "12:30:45", "999999", "{vi: 1}", "{vi: '', en: ''}", '"https://["', "0x10",
    # What YAML makes something of that nobody means, or nothing at all.
    "{<<: {a: 1}}", "!!set {a, b}", "!!omap [a: 1]", "! x", "2024-01-05T10:00:00Z", "190:20:30", "0o17", "1_000", "no", "~",
    "{true: 1}", "{null: 1}", "{? [a, b] : c}", "{? {a: b} : c}", "{a, b}", "[a: b]", "[x, x]", "|\n  a\n  b", "|9\n x", ">+\n\n a\n\n",
    '"\\ud800"', '"\\U00110000"', '"\\N\\_\\L\\P"', '"\\q"', "x\ty", "\tx", "x\n---\ny: 1", "x\n...\n", "- x", "? x", "@x", "x y: z", "x # y",
)  # fmt: skip
FILES = (
    "", "---", "---\n---\n", "# c\n", "null\n", "[]\n", "{}\n", "x\n", "- x\n", "%YAML 9.9\n---\n{}", "{}\n---\n{}", "{}\n...\nx", "\ufeff{}",
    "{}\n? [a]\n: b\n", "{}\n'': x\n", '{}\n"\\0": x\n', "{}\n- x\n", "{}\n<<: {{schema: 1}}\n", "&a\n{}", "!x\n{}", "\t{}", "\0{}",
    "a:\n b:\n  - c:\n   d\n", "[[[[" * 60, "{{a: " * 60,
)  # fmt: skip
PROCESSES = {
    "schema": "1", "title": "T", "groups": {"core": {"name": "C"}}, "parties": {"dan": {"name": "D", "side": "in"}},
    "processes": {"a": {"title": "A", "group": "core", "owner": "giam-doc", "procedure": "QT VP 01", "inputs": ["x"], "clauses": ["1.2"]}},
    "flows": [{"from": "dan", "to": "a", "item": "x"}],
}  # fmt: skip
SCHEMAS: dict[str, Schema] = {
    "qms.yml": MANIFEST,
    "clauses/catalogues/tiny-1.yml": CATALOGUE,
    "clauses/mapping/tiny-1.yml": MAPPING,
    "procedures/external.yml": EXTERNALS,
    "procedures/records.yml": RECORDS,
    "manual/process-map.yml": PROCESS_MAP,
    "manual/abbreviations.yml": ABBREVIATIONS,
    "templates/words/vi.yml": WORDS_FILE,
    "procedures/qt-vp-01.md": DOCUMENT,
}


# Of a manual that lived.
LIVED: dict[str, Schema] = {
    "qms.yml": MANIFEST,
    "clauses/transitions/tiny-1-to-2.yml": TRANSITION,
    "manual/process-map.yml": PROCESS_MAP,
    "releases/0001.yml": RELEASE,
    "releases/0002.yml": RELEASE,
    "releases/candidates/dot-3.yml": CANDIDATE,
    "releases/opinions/dot-2.yml": OPINIONS,
    "releases/copies.yml": COPIES,
    "releases/reviews.yml": REVIEWS,
    "releases/readings.yml": READINGS,
    "releases/revoked.yml": REVOKED,
}


class _Texts(yaml.SafeLoader):
    """Every scalar is text."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 - as PyYAML has it


def data_files() -> dict[str, Any]:
    """The data of a manual in which most keys that hold others are there."""
    given: dict[str, Any] = {
        "manual/process-map.yml": PROCESSES,
        "manual/abbreviations.yml": {"schema": "1", "abbreviations": {"HT": {"expansion": "Hệ"}}},
        "templates/words/vi.yml": {"schema": "1", "periods": [{"said": ["x"], "days": "3"}]},
    }
    for path in SCHEMAS.keys() - given.keys():
        text = tiny()[path].decode()
        head = text.split("---\n")[1] if path.endswith(".md") else text
        given[path] = yaml.load(head, _Texts)
    return given


def places(
    data: dict[str, Any], schema: Schema, above: tuple[Any, ...] = ()
) -> Iterator[tuple[Any, ...]]:
    """Every key that may stand in data, there or not, and what is below it."""
    for field in schema.fields:
        place, value = (*above, field.name), data.get(field.name)
        yield place
        below: dict[Any, Any] = {}
        if isinstance(value, list):
            below = dict(list(enumerate(value))[:1])
        elif isinstance(value, dict) and field.keyed:
            below = dict(list(value.items())[-1:])
        elif isinstance(value, dict) and isinstance(field.kind, Schema):
            yield from places(value, field.kind, place)
        for key, entry in below.items():
            yield (*place, key)
            if isinstance(entry, dict) and isinstance(field.kind, Schema):
                yield from places(entry, field.kind, (*place, key))


def with_value(data: dict[str, Any], place: tuple[Any, ...], value: str, *, as_key: bool) -> str:
    """Data as YAML with a value in a place, or as the name of a key that is free."""
    changed = copy.deepcopy(data)
    inner = changed
    for key in place[:-1]:
        inner = inner[key]
    if as_key and isinstance(inner, dict) and place[-1] in inner and len(place) > 1:
        inner[MARK] = inner.pop(place[-1])
    else:
        inner[place[-1]] = MARK
    text: str = yaml.safe_dump(changed, allow_unicode=True, sort_keys=False, width=10**9)
    return text.replace(MARK, value)


def test_what_check_calls_fine_is_shown_and_nothing_ends_in_a_traceback() -> None:
    data = data_files()
    whole: dict[str, str | bytes] = dict(tiny())
    whole |= {
        path: yaml.safe_dump(each, allow_unicode=True)
        for path, each in data.items()
        if not path.endswith(".md")
    }
    assert sum(len(list(places(data[path], schema))) for path, schema in SCHEMAS.items()) > 200
    assert fine_of(whole, data, SCHEMAS, ROUNDS) > ROUNDS // 3


def test_what_a_manual_that_lived_is_said_to_have_done_is_answered(tmp_path: Path) -> None:
    """Records, candidates, opinions, copies, reviews, readings, lost keys; the auditor's questions too."""
    evidence = tmp_path / "x.txt"
    evidence.write_text("x")
    repo = lived(tmp_path / "repo", lambda where: f"một {where}", evidence)
    tree = FolderTree(repo.folder)
    whole: dict[str, str | bytes] = dict(tree.read_all(tree.list()))
    data = {path: yaml.load(tree.read(path), _Texts) for path in LIVED}
    rounds = max(1, ROUNDS // 5)
    assert fine_of(whole, data, LIVED, rounds, history=True) > 0


def fine_of(
    whole: dict[str, str | bytes],
    data: dict[str, Any],
    schemas: dict[str, Schema],
    rounds: int,
    *,
    history: bool = False,
) -> int:
    """In how many rounds a value was called fine; all pages were then made of it.

    With `history`, what was not is asked for what an auditor asks.
    """
    draw = random.Random(SEED)
    tried = {path: list(places(data[path], schema)) for path, schema in schemas.items()}
    fine = 0
    for _ in range(rounds):
        files = dict(whole)
        for path in draw.sample(sorted(schemas), draw.randint(1, 5)):
            given = draw.choice(VALUES)
            made = with_value(
                data[path], draw.choice(tried[path]), given, as_key=draw.random() < 0.1
            )
            if draw.random() < 0.1:
                own = yaml.safe_dump(data[path], allow_unicode=True)
                made = draw.choice(FILES).replace("{}", own)
            if path.endswith(".md"):
                made = f"---\n{made}---\n" + tiny()[path].decode().split("---\n", 2)[2]
            files[path] = made
            if history:
                check_tree(MemoryTree(files), history=True)
            report = check_tree(MemoryTree(files))
            if any(each.severity is Severity.ERROR for each in report.findings):
                files[path] = whole[path]
        pages = rendered(MemoryTree(files))
        assert not [address for address in pages if "//" in address]
        fine += files != whole
    return fine
