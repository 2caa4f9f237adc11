"""A manual that lived, every value of which is what its reader makes of a name: YAML, git, commands.

`said` is asked for each value, by where it stands; whoever makes outputs of the manual looks for
what it gave.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import yaml

from qmstool.cli.main import main
from tests.export.test_pdf import _png
from tests.support.manuals import tiny
from tests.support.repository import Repo

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    Said = Callable[[str], str]

TEXT = "procedures/qt-vp-01.md"
FORM = 'bm "a" $(x) =1.txt'
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl"


def lived(folder: Path, said: Said, evidence: Path) -> Repo:
    """The manual: taken over, changed, asked about, recorded, handed out, and a draft behind it."""
    repo = Repo.make(folder)
    root = ("--root", str(folder))

    def author(name: str) -> str:
        return f"{one_line(said(name)).replace('<', '(').replace('>', ')')} <a@example.org>"

    files = every_file(said)
    repo.commit(f"Đầu {said('subject')}", files, author=author("author"), day="2024-01-05")
    assert main(["release", "adopt", "--title", said("adopted"), *root]) == 0
    repo.commit("Nhận", day="2024-01-06")
    changed = f"{files[TEXT]!s}\nThêm một câu.\n"
    why = f"Change: {one_line(said('change'))}\nReason: {one_line(said('reason'))}"
    repo.commit(f"Sửa\n\n{why}", {TEXT: changed}, author=author("author"), day="2024-02-10")
    repo.write({"releases/opinions/dot-2.yml": _flow(_opinions(said))})
    numbered = ("--number", "QT VP 01=1/1")
    assert main(["release", "prepare", "dot-2", "--title", said("title"), *numbered, *root]) == 0
    repo.commit("Lập", day="2024-02-20")
    recorded = {
        "--kind": "decision",
        "--number": one_line(said("number")),
        "--date": "2024-02-28",
        "--effective": "2024-03-01",
        "--recorded": "2024-03-05",
        "--person": "nguoi-ky",
        "--role": "giam-doc",
        "--capacity": one_line(said("capacity")),
        "--reference": f"paper={one_line(said('reference'))}",
        "--evidence": f"scan={evidence}",
        "--original": one_line(said("original")),
        "--recorder": one_line(said("recorder")),
    }
    options = [word for pair in recorded.items() for word in pair]
    assert main(["release", "record", "dot-2", *options, "--publish", *root]) == 0
    repo.commit("Ghi nhận", day="2024-03-05")
    repo.commit(
        "Sổ", {path: _flow(data) for path, data in _ledgers(said).items()}, day="2024-05-22"
    )
    repo.commit("Nháp", {TEXT: f"{changed}\nThêm câu nữa.\n"}, author=author("author"))
    assert main(["release", "prepare", "dot-3", "--title", said("title"), *root]) == 0
    repo.commit("Lập nữa")
    return repo


def one_line(text: str) -> str:
    """A text where there is room for one line alone."""
    return " ".join(text.split())


def every_file(said: Said) -> dict[str, str | bytes]:
    """The files of the manual at its beginning."""
    given: dict[str, Any] = {
        path: data.decode() for path, data in tiny().items() if path.endswith((".yml", ".md"))
    }
    data = {path: _read(text) for path, text in given.items() if path.endswith(".yml")}
    _manifest(data["qms.yml"], said)
    catalogue = data["clauses/catalogues/tiny-1.yml"]
    _catalogue(catalogue, said)
    data["clauses/catalogues/tiny-2.yml"] = {**catalogue, "edition": "2", "cited_as": ["Tiny:2"]}
    data["clauses/transitions/tiny-1-to-2.yml"] = {
        "schema": 1, "from": "tiny-1", "to": "tiny-2", "note": {"vi": said("note")},
        "sources": [said("source")], "dates": [{"day": "2028-03-31", "what": {"vi": said("what")}}],
        "lines": [{"kind": "changed", "from": ["1.1"], "to": ["1.1"],
                   "comment": {"vi": said("comment")}}],
    }  # fmt: skip
    _mapping(data["clauses/mapping/tiny-1.yml"], said)
    _registers(data, said)
    for path, value in data.items():
        given[path] = _flow(value)
    given[TEXT] = _head("QT VP 01", "procedure", said) + _body(said)
    given["procedures/qt-vp-03.md"] = _head(
        "QT VP 03", "procedure", said, text="not-held",
        paper={"issue": "1", "revision": one_line(said("paper")), "effective": "2023-01-01"},
    )  # fmt: skip
    given["procedures/bm-vp-01-01.md"] = _head("BM VP 01.01", "form", said, file=FORM)
    given[f"procedures/{FORM}"] = "x"
    given["procedures/hinh.png"] = _png()
    return given


def _flow(value: object) -> str:
    """YAML that spells every odd sign by its number."""
    return json.dumps(value)


def _read(text: str) -> Any:
    return yaml.load(text, Loader=yaml.BaseLoader)


def _manifest(manifest: dict[str, Any], said: Said) -> None:
    manifest |= {
        "organization": {"name": said("organization"), "short": said("short")},
        "notice": said("notice"),
        "site": {
            "url": "https://site.example/q",
            "edit_url": "https://forge.example/edit/{path}?l={line}",
            "contact": f"{said('contact')} a@b.example",
            "downloads": ["docx"],
        },
        "units": {
            "VP": {"name": said("unit"), "head": "truong", "note": said("note")},
            "KT": {"name": said("unit")},
        },
        "roles": {
            "giam-doc": {"name": said("role"), "approves": ["manual", "procedure", "form"],
                         "unit": "VP", "note": said("note")},
            "truong": {"name": said("role"), "unit": "VP"},
        },
        "people": {
            "nguoi-ky": {"name": said("person"), "emails": ["ky@example.org"],
                         "holds": [{"role": "giam-doc", "from": "2020-01-01",
                                    "capacity": said("capacity")}]},
            "truong-vp": {"name": said("person"),
                          "holds": [{"role": "truong", "from": "2020-01-01"}]},
        },
        "labels": {"author": {"vi": said("label"), "en": said("label")}, "reviewer": said("label")},
    }  # fmt: skip
    manifest["types"]["procedure"] |= {
        "name": {"vi": said("type"), "en": said("type")},
        "plural": {"vi": said("type"), "en": said("type")},
    }
    manifest["standards"] = [{"catalogue": "tiny-1", "transition": "tiny-1-to-2"}]


def _catalogue(catalogue: dict[str, Any], said: Said) -> None:
    catalogue |= {
        "standard": one_line(said("standard")),
        "title": {"vi": said("standard"), "en": said("standard")},
        "note": {"vi": said("note"), "en": said("note")},
        "sources": [said("source")],
    }
    clauses = catalogue["clauses"]
    for number in ("A", "A.1", "A.1.1", "A.1.2"):
        clauses[number] = {}
    for clause in clauses.values():
        clause |= {"vi": said("clause"), "en": said("clause"), "ask": {"vi": said("ask")}}
        clause["comment"] = {"vi": said("comment")}


def _mapping(mapping: dict[str, Any], said: Said) -> None:
    rows = mapping["clauses"]
    for row in rows.values():
        row |= {"note": said("note"), "role": "giam-doc"}
    rows["A.1.1"] = {
        "section": "1.1", "documents": ["QT VP 01"], "records": ["so-ghi"], "role": "giam-doc",
        "because": [{"by": "law", "what": said("because")}], "note": said("note"),
        "implemented": "planned", "planned": "2027-01-01",
    }  # fmt: skip
    rows["A.1.2"] = {"section": "1.1", "excluded": {"reason": said("excluded")}}


def _registers(data: dict[str, Any], said: Said) -> None:
    data["procedures/records.yml"]["records"]["so-ghi"] = {
        "title": said("record"), "form": "BM VP 01.01", "owner": "VP", "note": said("note"),
        "retention": said("retention"), "place": said("place"), "disposition": said("disposition"),
    }  # fmt: skip
    data["procedures/external.yml"]["documents"] = {
        "nd-30-2020": {
            "number": "30/2020/NĐ-CP", "type": said("type"), "issuer": said("issuer"),
            "title": said("external"), "names": [said("names")], "status": "amended",
            "amended_by": [one_line(said("amended"))], "evidence": said("evidence"),
            "note": said("note"), "checked_on": "2024-01-01", "checked_by": said("checked"),
            "url": "https://vb.example/x?a=\"b\"&c=<d>'e",
        },
        "so-khac": {"number": said("number"), "type": "X", "issuer": "Y", "title": said("external"),
                    "status": "in_force"},
    }  # fmt: skip
    data["manual/abbreviations.yml"] = {
        "schema": 1,
        "abbreviations": {
            "HTQL": {"expansion": said("expansion"), "note": said("note")},
            one_line(said("abbreviation"))[:90]: {"expansion": said("expansion")},
        },
    }
    process = {"group": "g", "inputs": [said("input")], "outputs": [said("output")]}
    data["manual/process-map.yml"] = {
        "schema": 1, "title": said("map"), "note": said("note"),
        "groups": {"g": {"name": said("group")}},
        "parties": {"p": {"name": said("party"), "side": "both"}},
        "processes": {
            "x": {**process, "title": said("process"), "owner": "giam-doc",
                  "procedure": "QT VP 01"},
            "y": {**process, "title": said("process")},
        },
        "flows": [{"from": "p", "to": "x", "item": said("item")},
                  {"from": "x", "to": "y", "item": said("item")}],
    }  # fmt: skip
    data["mkdocs.yml"] = {
        "site_name": said("site"), "site_description": said("site"), "copyright": said("site")
    }  # fmt: skip


def _head(code: str, kind: str, said: Said, **more: object) -> str:
    head = {
        "code": code, "type": kind, "title": said("title"), "names": [said("names")], "owner": "VP",
        "authors": ["nguoi-ky"], "reviewers": ["truong"], "approver": "giam-doc",
        "note": said("note"), "retention": said("retention"), "review_months": "12",
        "distribution": [{"unit": "VP", "medium": "paper", "copies": "1"},
                         {"unit": "KT", "medium": "electronic"}],
        **more,
    }  # fmt: skip
    if kind == "form":
        head["parent"] = "QT VP 01"
    return f"---\n{_flow(head)}\n---\n"


def _body(said: Said) -> str:
    """A text with words in every place that Markdown has for them."""
    word = "".join(sign for sign in one_line(said("words")) if sign not in "|[]()<>`\"'\\{}")
    return f"""# Tên {word}

## 1. {word} {{#neo-1}}

Đoạn {word} theo HTQL[^1], 30/2020/NĐ-CP.

[^1]: Chú {word}

| {word} | b |
|---|---|
| {word} | c |

![{word}](hinh.png "{word}")

```{word}
{word}
```

> [!NOTE]
> {word}

[{word}](https://example.org/ "{word}")

## 2. Cách làm {word}

Như trên.
"""


def _opinions(said: Said) -> dict[str, Any]:
    asked = {
        "unit": "KT", "documents": ["QT VP 01"], "sent": "2024-02-12", "by": "nguoi-ky",
        "reference": said("reference"), "due": "2024-02-19", "answered": "2024-02-16",
        "answer": "comments", "person": said("person"), "comment": said("comment"),
        "response": said("response"),
        "evidence": [{"kind": "paper", "reference": said("reference"),
                      "original": said("original")}],
    }  # fmt: skip
    signed = {"as": "author", "documents": ["QT VP 01"], "person": said("person"),
              "role": "truong", "unit": "KT", "date": "2024-02-18"}  # fmt: skip
    return {"schema": 1, "candidate": "dot-2", "asked": [asked], "signed": [signed]}


def _ledgers(said: Said) -> dict[str, dict[str, Any]]:
    text = {"document": "QT VP 01", "issue": "1", "revision": "1",
            "check_code": "K7QF-2M9X-81AB", "date": "2024-05-20"}  # fmt: skip
    copy = {
        "document": "QT VP 01", "release": 2, "unit": "VP", "number": one_line(said("number")),
        "handed_out": "2024-03-06", "to": said("person"), "received": "2024-03-06",
        "evidence": [{"kind": "paper", "original": said("original")}],
    }  # fmt: skip
    revoked = {"key": KEY, "from": "2024-05-01", "holder": said("person"),
               "reason": said("reason"), "reported": "2024-05-03"}  # fmt: skip
    return {
        "releases/copies.yml": {"schema": 1, "copies": [copy]},
        "releases/reviews.yml": {
            "schema": 1,
            "reviews": [
                {**text, "outcome": "stands", "person": said("person"), "comment": said("comment")}
            ],
        },
        "releases/readings.yml": {
            "schema": 1, "readings": [{**text, "person": said("person"), "unit": "VP"}]
        },
        "releases/revoked.yml": {"schema": 1, "revoked": [revoked]},
    }  # fmt: skip
