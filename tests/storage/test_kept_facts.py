"""Kept facts: what comes back is what went in, of the very same bytes; anything odd is not there."""

from __future__ import annotations

import gc
import os
import pickle
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from qmstool.findings import Location, Violation
from qmstool.parsing.source import SourceFile
from qmstool.parsing.yaml.nodes import LocatedText
from qmstool.storage import kept_facts
from qmstool.storage.kept_facts import KeptFacts

SECRET = bytes(32)
TEXTS = {f"procedures/{number}.md": b"text %d" % number for number in range(300)}
PATH = "procedures/7.md"
FIRST = "00"  # the name of the only parcel of few files
VALUE = (
    Violation(Location(PATH), {"words": "chữ"}),
    frozenset({"a"}),
    {"b": (1, None)},
    date(2024, 2, 15),
)


def facts(
    folder: Path,
    texts: dict[str, bytes] = TEXTS,
    secret: bytes = SECRET,
    tool: bytes = b"tool",
) -> KeptFacts:
    return KeptFacts(folder, secret, tool, texts)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A folder in which a fact of one file is kept."""
    store = facts(tmp_path)
    store.keep("kind", PATH, VALUE, b"more")
    store.save()
    return tmp_path


def test_a_fact_comes_back_as_it_went(kept: Path) -> None:
    assert facts(kept).recall("kind", PATH, b"more") == VALUE


@pytest.mark.parametrize(
    ("kind", "path", "more"),
    [
        ("other", PATH, b"more"),
        ("kind", "procedures/8.md", b"more"),
        ("kind", PATH, b""),
        ("kind", PATH, b"more and more"),
    ],
)
def test_another_question_has_no_answer(kept: Path, kind: str, path: str, more: bytes) -> None:
    assert facts(kept).recall(kind, path, more) is None


def test_other_bytes_another_tool_or_another_secret_have_none(kept: Path) -> None:
    changed = TEXTS | {PATH: b"text 8"}
    assert facts(kept, changed).recall("kind", PATH, b"more") is None
    assert facts(kept, tool=b"tool 2").recall("kind", PATH, b"more") is None
    assert facts(kept, secret=b"1" * 32).recall("kind", PATH, b"more") is None
    assert facts(kept).recall("kind", PATH, b"more") == VALUE


def test_what_is_referred_to_is_not_kept(tmp_path: Path) -> None:
    source, again = SourceFile(PATH, b"one"), SourceFile(PATH, b"one")
    store = facts(tmp_path)
    store.keep("kind", PATH, LocatedText("one", source, 0, 3), anchors=(source,))
    store.save()
    mark = facts(tmp_path).recall("kind", PATH, anchors=(again,))
    assert mark is not None
    assert mark.source is again


def test_no_altered_parcel_is_believed(kept: Path) -> None:
    parcel = kept / FIRST
    data = parcel.read_bytes()
    for at in range(len(data)):
        parcel.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        assert facts(kept).recall("kind", PATH, b"more") is None
    for short in (b"", data[:10], data[:-1], data + b"\0"):
        parcel.write_bytes(short)
        assert facts(kept).recall("kind", PATH, b"more") is None
    parcel.unlink()
    parcel.symlink_to(kept / "nowhere")
    assert facts(kept).recall("kind", PATH, b"more") is None


def test_a_parcel_in_anothers_place_is_not_believed(kept: Path) -> None:
    parcel = kept / FIRST
    data = parcel.read_bytes()
    for number in range(64):
        (kept / f"{number:02}").write_bytes(data)
    fewer = {path: TEXTS[path] for path in list(TEXTS)[:100]}
    assert facts(kept, fewer).recall("kind", PATH, b"more") is None
    assert facts(kept).recall("kind", PATH, b"more") == VALUE


def test_what_went_is_kept_no_longer(kept: Path) -> None:
    rest = {path: data for path, data in TEXTS.items() if path != PATH}
    store = facts(kept, rest)
    for path in rest:
        store.keep("kind", path, path)
    store.save()
    assert facts(kept).recall("kind", PATH, b"more") is None
    assert facts(kept, rest).recall("kind", "procedures/8.md") == "procedures/8.md"


def test_a_folder_that_cannot_be_written_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    store = facts(tmp_path / "file")
    store.keep("kind", PATH, VALUE)
    store.save()
    assert facts(tmp_path / "file").recall("kind", PATH) is None


class Bomb:
    def __reduce__(self) -> tuple[object, ...]:
        return Path.unlink, (Path("nothing"),)


@pytest.mark.parametrize("poison", [Bomb(), Path("here"), Path.unlink, pickle.loads])
def test_nothing_but_values_of_the_package_comes_back(poison: object) -> None:
    """Even signed: who has the secret might be tricked."""
    packed = pickle.dumps(poison)
    with pytest.raises(pickle.UnpicklingError, match="no value of this package"):
        kept_facts._unpacked(packed, ())


def test_functions_of_the_package_do_not_come_back() -> None:
    packed = pickle.dumps(kept_facts._name)
    with pytest.raises(pickle.UnpicklingError):
        kept_facts._unpacked(packed, ())


def test_a_part_of_a_file_has_its_own_fact(tmp_path: Path) -> None:
    store = facts(tmp_path)
    store.keep("head", PATH, "said", part="the head")
    store.save()
    edited = facts(tmp_path, TEXTS | {PATH: b"other"})
    assert edited.recall("head", PATH, part="the head") == "said"
    assert edited.recall("head", PATH, part="another head") is None
    assert edited.recall("head", PATH) is None
    assert edited.recall("head", "procedures/8.md", part="the head") is None


def test_nothing_that_was_packed_is_held_by_the_packing(tmp_path: Path) -> None:
    """A check pauses the collector: a ring would hold what was packed of every file."""
    source = SourceFile(PATH, b"one two")
    store = facts(tmp_path)
    gc.collect()
    gc.disable()
    try:
        for kind in ("one", "other"):
            store.keep(kind, PATH, LocatedText("one", source, 0, 3), anchors=(source,))
            assert store.recall(kind, PATH, anchors=(source,)) is not None
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_days_and_time_zones_come_back(tmp_path: Path) -> None:
    value = (date(2026, 11, 29), ZoneInfo("Asia/Ho_Chi_Minh"))
    store = facts(tmp_path)
    store.keep("kind", PATH, value)
    store.save()
    assert facts(tmp_path).recall("kind", PATH) == value


def test_what_is_seldom_asked_of_a_large_manual_lies_apart(tmp_path: Path) -> None:
    store = facts(tmp_path)
    store.keep("kind", PATH, VALUE)
    store.keep("head", PATH, VALUE)
    store.save()
    often, seldom = sorted(tmp_path.glob("[0-9]*"))
    seldom.unlink()
    assert facts(tmp_path).recall("kind", PATH) == VALUE
    assert facts(tmp_path).recall("head", PATH) is None
    assert often.exists()


def test_several_files_have_one_digest(tmp_path: Path) -> None:
    paths = sorted(TEXTS)[:3]
    digest = facts(tmp_path).digest(paths)
    assert digest == facts(tmp_path).digest(paths)
    assert digest != facts(tmp_path, TEXTS | {paths[2]: b"other"}).digest(paths)
    assert digest != facts(tmp_path).digest(paths[:2])


def test_a_pipe_in_the_place_of_facts_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / FIRST)
    os.mkfifo(tmp_path / "patterns")
    kept = facts(tmp_path, {PATH: b"text"})
    assert kept.recall("document", PATH) is None
