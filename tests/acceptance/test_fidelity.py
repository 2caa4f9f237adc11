"""The baseline manual says what its source says: source + repair list = Markdown, row by row, word by word, both ways.

The source and its repairs stand in `tests/data/source/`; `repairs.yml` explains itself. On the other side stands the
baseline: the texts that release 1 names by git blob. Both are brought to the same rows of words and compared for
equality, so a word or a punctuation mark that is lost, added, changed or moved fails, whichever side it happened on.

What is not the author's is known by two explicit rules and by nothing else:

- **a keeper's note** is an admonition titled «Ghi chú của người giữ bản: …». Its text is left out; what is left is its
  label ⟦…⟧, which the repair list must set at the same place. (`manual/index.md` holds nothing but such a note.)
- **a keeper's group** is a sub-heading of an annex in square brackets, «## [Nhóm: …]». It is left out.

One punctuation mark may move: a starred topic, «* Nhân lực: …», is a sub-heading, and its colon goes with the star.
"""

from __future__ import annotations

import difflib
import functools
import hashlib
import itertools
import re
import subprocess
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(__file__).resolve().parents[1] / "data" / "source"
EXTERNAL = "procedures/external.yml"
BULLET = "\uf0b7"

ROW = re.compile(r"(?:(?P<part>[IVX]+)\. |(?P<clause>\d+(?:\.\d+)?)\.? |(?P<annex>Phụ lục \d+))")
NOTE = re.compile(r'!!! note "Ghi chú của người giữ bản: ([^"]+)"')
TOPIC = re.compile(r"## (\S.*?) \{#([a-z0-9-]+)\}")
EXPLICIT_ID = re.compile(r" \{#[a-z0-9-]+\}\Z")
GROUP = re.compile(r"\[.*\]")
TABLE_ROW = re.compile(r"\|(?: [^|\s][^|]* \|){2}")
TABLE_RULE = re.compile(r"\|(?:-+\|){2}")


class Row(NamedTuple):
    """A row of the manual: its title and its text, as words.

    The lines of an annex are labels, in no order.
    """

    title: list[str]
    words: list[str]


# --- the source side
# -----------------------------------------------------------------------------------------------------


def repair_list() -> dict[str, Any]:
    repairs: dict[str, Any] = yaml.safe_load((DATA / "repairs.yml").read_text(encoding="utf-8"))
    return repairs


def source_text() -> str:
    return (DATA / "so-tay-chat-luong.txt").read_bytes().decode("utf-8")


def apply_repairs(text: str, repairs: dict[str, Any]) -> str:
    """Apply the places, by their position in the untouched source, then the regular expressions for blanks and empty lines."""
    starts = [0] + [match.end() for match in re.finditer("\n", text)] + [len(text) + 1]
    edits = []
    for repair in repairs["places"]:
        first, last = starts[repair["line"] - 1], starts[repair["line"]]
        hits = [
            match.start()
            for match in re.finditer(f"(?={re.escape(repair['find'])})", text)
            if first <= match.start() < last
        ]
        assert len(hits) == 1, (
            f"line {repair['line']}: {repair['find']!r} starts there {len(hits)} times, not once"
        )
        edits.append((hits[0], hits[0] + len(repair["find"]), repair["replace"]))
    edits.sort()
    for (_, end, _), (start, _, new) in itertools.pairwise(edits):
        assert end <= start, f"the repair to {new!r} overlaps the one before it"
    for start, end, new in reversed(edits):
        text = text[:start] + new + text[end:]
    for rule in repairs["everywhere"]:
        text, count = re.subn(rule["find"], rule["replace"], text, flags=re.MULTILINE)
        assert count == rule["count"], f"{rule['find']!r} fits {count} times, not {rule['count']}"
    return text.strip()


def source_rows(text: str) -> dict[str, Row]:
    """Split the repaired source: a line that begins with a number of part, clause or annex opens a row."""
    rows: dict[str, Row] = {}
    lines: dict[str, list[str]] = {}
    name = ""
    for line in text.split("\n"):
        opening = ROW.match(line)
        if opening:
            name = opening[0].rstrip(" .")
            assert name not in rows, f"row {name} twice"
            rows[name] = Row(line.split(), [])
            lines[name] = []
        else:
            lines[name].append(line)
    for name, row in rows.items():
        row.words.extend(labels(lines[name]) if is_annex(name) else words(lines[name]))
    return rows


def words(lines: list[str]) -> list[str]:
    """The words of lines.

    «* topic: text» ends its topic at the colon (or at the line's end), and the colon goes.
    """
    found: list[str] = []
    for line in lines:
        if line.startswith("* "):
            topic, _, rest = line[2:].partition(":")
            found += ["*", *topic.split(), "⏎", *rest.split()]
        else:
            found += line.split()
    return found


def labels(lines: list[str]) -> list[str]:
    """The labels of a drawing, sorted: bullets and places were lost with it."""
    return sorted(line.removeprefix("- ") for line in lines)


def is_annex(name: str) -> bool:
    return name.startswith("Phụ lục")


# --- the baseline side
# ---------------------------------------------------------------------------------------------------


@functools.cache
def baseline_files() -> dict[str, str]:
    """Path → text of every file of release 1 and of its basis, out of git's blobs."""
    release = ROOT / "releases" / "0001.yml"
    entry = yaml.load(release.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    pins = [pin for item in entry["items"] for pin in item.get("files", [])] + entry["basis"]
    return {
        pin["path"]: blob(pin["blob"])
        for pin in pins
        if Path(pin["path"]).suffix in {".md", ".yml"}
    }


def blob(name: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(ROOT), "cat-file", "blob", name], capture_output=True, check=True
    )
    return done.stdout.decode("utf-8")


def sections() -> dict[str, str]:
    return {
        path: text
        for path, text in baseline_files().items()
        if path.startswith("manual/") and path.endswith(".md")
    }


def baseline_rows(files: dict[str, str]) -> dict[str, Row]:
    """Read the section files: each is a row, named by the number in its level-1 heading."""
    rows: dict[str, Row] = {}
    for path, text in files.items():
        if path == "manual/index.md":
            continue
        heading, *lines = text.split("\n")
        heading = EXPLICIT_ID.sub("", heading)
        opening = ROW.match(heading.removeprefix("# "))
        assert heading.startswith("# "), f"{path}: does not open with a level-1 heading"
        assert opening, f"{path}: its heading bears no number"
        name = opening[0].rstrip(" .")
        assert name not in rows, f"{path}: row {name} twice"
        plain = unmarked(lines, annex=is_annex(name))
        title = heading.removeprefix("# ").split()
        rows[name] = Row(title, labels(plain) if is_annex(name) else " ".join(plain).split())
    return rows


def unmarked(lines: list[str], *, annex: bool = False) -> list[str]:
    """Take the markup off, and only these five things; everything else counts as the author's words."""
    plain: list[str] = []
    note = False
    for line in lines:
        if note and line.startswith("    "):
            continue
        note = False
        if found := NOTE.fullmatch(line):
            note = True
            plain.append(f"⟦{found[1]}⟧")
        elif found := TOPIC.fullmatch(line):
            if not (annex and GROUP.fullmatch(found[1])):
                plain.append(f"* {found[1]} ⏎")
        elif TABLE_ROW.fullmatch(line):
            plain.append(line.replace("|", " ").strip())
        elif line and not TABLE_RULE.fullmatch(line):
            plain.append(line)
    return plain


# --- the tests
# -----------------------------------------------------------------------------------------------------------


def differences(path: str, source: list[str], baseline: list[str]) -> str:
    """Say what differs, with five words on either side."""
    told = []
    for kind, a, b, c, d in difflib.SequenceMatcher(
        None, source, baseline, autojunk=False
    ).get_opcodes():
        if kind != "equal":
            before, after = " ".join(source[max(a - 5, 0) : a]), " ".join(source[b : b + 5])
            told.append(
                f"{path}: … {before} [source: «{' '.join(source[a:b])}» · baseline: «{' '.join(baseline[c:d])}»] {after} …"
            )
    return "\n".join(told)


SOURCE = source_rows(apply_repairs(source_text(), repair_list()))


@pytest.fixture(scope="module")
def baseline() -> dict[str, Row]:
    return baseline_rows(sections())


def test_the_source_is_the_one_that_was_repaired() -> None:
    assert (
        hashlib.sha256((DATA / "so-tay-chat-luong.txt").read_bytes()).hexdigest()
        == repair_list()["sha256"]
    )


def test_every_row_has_its_section_and_every_section_its_row(baseline: dict[str, Row]) -> None:
    assert sorted(baseline) == sorted(SOURCE)
    kinds = {"part": "[IVX]+", "chapter": r"\d+", "clause": r"\d+\.\d+", "annex": r"Phụ lục \d+"}
    counted = {
        kind: sum(re.fullmatch(shape, name) is not None for name in SOURCE)
        for kind, shape in kinds.items()
    }
    assert counted == {"part": 4, "chapter": 7, "clause": 28, "annex": 1}


@pytest.mark.parametrize("name", SOURCE)
def test_same_words_in_the_same_order(name: str, baseline: dict[str, Row]) -> None:
    source, found = SOURCE[name], baseline[name]
    assert source.title == found.title, differences(f"{name}, title", source.title, found.title)
    assert source.words == found.words, differences(name, source.words, found.words)


def test_sections_stand_in_the_order_of_the_source() -> None:
    def natural(path: str) -> list[tuple[int, str]]:
        parts = re.findall(r"\d+|[^\d]+", path.removesuffix(".md"))
        return [(int(part), "") if part.isdigit() else (-1, part) for part in parts]

    ordered = sorted((path for path in sections() if path != "manual/index.md"), key=natural)
    assert list(baseline_rows({path: sections()[path] for path in ordered})) == list(SOURCE)


def test_the_manual_s_index_holds_no_words_of_the_author() -> None:
    _, front, body = sections()["manual/index.md"].split("---\n", 2)
    assert yaml.safe_load(front)["code"] == "STCL"
    assert [line for line in unmarked(body.split("\n")) if not re.fullmatch("⟦[^⟧]+⟧", line)] == []


def test_files_are_clean_text() -> None:
    for path, text in sections().items():
        assert text == unicodedata.normalize("NFC", text), f"{path}: not NFC"
        assert "\r" not in text, f"{path}: not LF"
        assert text.endswith("\n"), f"{path}: no line end at the end"
        assert not text.endswith("\n\n"), f"{path}: empty lines at the end"
        assert not re.search(r"[ \t]$", text, re.MULTILINE), f"{path}: blanks at the end of a line"
        assert not re.search("[\ue000-\uf8ff]", text), f"{path}: a private-use character"


@pytest.mark.parametrize(
    "repair", repair_list()["places"], ids=lambda repair: f"line {repair['line']}, {repair['kind']}"
)
def test_a_repair_does_only_what_its_kind_permits(repair: dict[str, Any]) -> None:
    find, replace = repair["find"], repair["replace"]
    match repair["kind"]:
        case "line":
            assert find.split() == replace.split()
        case "glyphs":
            assert "".join(find.split()) == "".join(replace.split())
        case "bullet":
            assert find == BULLET
            assert replace in {"-", ""}
        case "page-number":
            assert source_text().split("\n")[repair["line"] - 1].strip() == find
            assert find.isdigit()
            assert not replace
        case "link":
            register = yaml.load(baseline_files()[EXTERNAL], Loader=yaml.BaseLoader)["documents"]
            assert not replace
            homes = [name for name, entry in register.items() if entry.get("url") == find]
            assert len(homes) == 1, f"{find} is the address of {homes or 'nothing'} in {EXTERNAL}"
            assert homes[0] in repair["reason"]["en"]
        case "moved":
            assert Counter(find.split()) == Counter(replace.split())
        case "note":
            label = re.search("⟦[^⟧]+⟧", replace)
            assert label
            assert replace.replace(label[0], "").strip() == find
        case other:
            pytest.fail(f"unknown kind {other}")
    assert repair["reason"]["vi"]
    assert repair["reason"]["en"]


def test_general_repairs_touch_blanks_only() -> None:
    for rule in repair_list()["everywhere"]:
        assert set(re.sub(r"\\n|\{2,\}|[+^$]", " ", rule["find"])) <= {" "}
        assert set(rule["replace"]) <= {" ", "\n"}


def test_nothing_is_left_of_the_damage() -> None:
    text = apply_repairs(source_text(), repair_list())
    assert BULLET not in text
    assert "http" not in text
    assert text == unicodedata.normalize("NFC", text)
