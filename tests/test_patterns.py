"""Regular expressions that are compiled when used, or not at all, find what `re` finds."""

from __future__ import annotations

import re
import sys
from importlib import import_module
from pkgutil import walk_packages
from typing import TYPE_CHECKING, Any

import pytest

import qmstool
from qmstool import patterns
from qmstool.patterns import regex
from qmstool.storage.kept_patterns import MOST, NAME, KeptPatterns

if TYPE_CHECKING:
    from pathlib import Path

EXPRESSIONS = [
    (r"(?P<word>\w+)-(\d+)", 0),
    ("[à-ỹ]+|\u0300", re.IGNORECASE),
    (r"^a(?:b|c){2,}?$(?#x)", re.MULTILINE | re.DOTALL),
    ("(?x) a  b # c", 0),
    ("[⺀-\U0010ffff]", 0),
]
TEXT = "Từ-12 à Ế ab abcb 漢字 \u0300"


@pytest.fixture(autouse=True)
def own_store(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave to other tests what they know of expressions."""
    for name, value in (("_known", {}), ("_fresh", {}), ("_used", set())):
        monkeypatch.setattr(patterns, name, value)


def found(pattern: re.Pattern[str]) -> Any:
    matches = [
        (match.span(), match.groups(), match.groupdict()) for match in pattern.finditer(TEXT)
    ]
    return matches, pattern.flags, pattern.groups, dict(pattern.groupindex), pattern.pattern


@pytest.mark.parametrize(("expression", "flags"), EXPRESSIONS)
def test_an_expression_finds_what_the_compiled_one_finds(expression: str, flags: int) -> None:
    assert found(regex(expression, flags)) == found(re.compile(expression, flags))
    assert found(regex(expression, flags)) == found(re.compile(expression, flags))


def test_nothing_is_compiled_before_it_is_used() -> None:
    unused = regex("(")
    assert unused.pattern == "("
    assert not patterns.used()
    with pytest.raises(re.error):
        unused.search("")


def test_where_python_compiles_otherwise_expressions_are_compiled_as_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def other(*_: object) -> None:
        raise TypeError

    monkeypatch.setattr(patterns, "_numbers", other)
    assert found(regex(r"\w+")) == found(re.compile(r"\w+"))


def test_every_expression_of_the_package_compiles() -> None:
    """A slip in one that is seldom used would be seen by a user."""
    for module in walk_packages(qmstool.__path__, "qmstool."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    waiting = [
        value
        for module in list(sys.modules.values())
        if getattr(module, "__name__", "").startswith("qmstool.")
        for value in vars(module).values()
        if isinstance(value, patterns._Unused)
    ]
    assert len(waiting) > 200
    assert all(pattern.groups >= 0 for pattern in waiting)


def test_what_was_compiled_is_kept_for_the_next_run(tmp_path: Path) -> None:
    store = KeptPatterns(tmp_path, b"secret")
    store.recall()
    assert found(regex(r"(?P<a>\w+)")) == found(re.compile(r"(?P<a>\w+)"))
    store.save()
    numbers = patterns.fresh()
    patterns._known.clear()
    patterns._fresh.clear()
    KeptPatterns(tmp_path, b"secret").recall()
    assert patterns._known == numbers
    assert found(regex(r"(?P<a>\w+)")) == found(re.compile(r"(?P<a>\w+)"))
    assert not patterns.fresh()


@pytest.mark.parametrize("spoil", ["cut", "altered", "other secret"])
def test_what_this_user_did_not_sign_is_not_there(tmp_path: Path, spoil: str) -> None:
    regex("a").search("a")
    KeptPatterns(tmp_path, b"secret").save()
    patterns._known.clear()
    data = (tmp_path / NAME).read_bytes()
    if spoil == "cut":
        (tmp_path / NAME).write_bytes(data[:-3])
    elif spoil == "altered":
        (tmp_path / NAME).write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    KeptPatterns(tmp_path, b"other" if spoil == "other secret" else b"secret").recall()
    assert not patterns._known


def test_of_many_manuals_the_expressions_of_the_last_stay(tmp_path: Path) -> None:
    for number in range(MOST):
        patterns._fresh[f"old{number}", 0] = (0, b"", 0, {})
    KeptPatterns(tmp_path, b"secret").save()
    patterns._fresh.clear()
    store = KeptPatterns(tmp_path, b"secret")
    store.recall()
    regex("new").search("")
    store.save()
    patterns._known.clear()
    KeptPatterns(tmp_path, b"secret").recall()
    assert set(patterns._known) == {("new", 0)}
