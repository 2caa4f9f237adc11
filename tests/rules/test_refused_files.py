"""What may not be read is told once, whoever calls for it; nothing of it is looked at, nothing ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from qmstool.cli.main import main
from qmstool.storage import files, whole_file
from tests.support.baseline import baseline_text
from tests.support.manuals import check_tree, tiny, tiny_with
from tests.support.memory import LinkOut, MemoryTree

FORM = b"---\ncode: BM VP 01.01\ntype: form\ntitle: Phi\xe1\xba\xbfu\nparent: QT VP 01\nfile: bm.docx\n---\n"
SHOWN = tiny()["procedures/qt-vp-01.md"] + "\n![Sơ đồ](so-do.png)\n".encode()
COPIES = (
    "schema: 1\ncopies:\n  - {document: QT VP 01, release: 1, unit: VP, handed_out: 2026-01-01,\n"
    "     evidence: [{kind: paper, original: x, file: releases/evidence/a.pdf, digest: %s}]}\n"
) % ("a" * 64)
# Files that something of the manual names, with what names them.
NAMED: dict[str, dict[str, str | bytes]] = {
    "procedures/bm.docx": {"procedures/bm.md": FORM},
    "procedures/so-do.png": {"procedures/qt-vp-01.md": SHOWN},
    "releases/allowed_signers": {},
    "releases/evidence/a.pdf": {"releases/copies.yml": COPIES},
    "templates/dossier/request.html.j2": {},
    "templates/print/table.html.j2": {},
    "templates/site/pages/document.md.jinja": {},
    "templates/khac.j2": {},
}


def with_release(more: dict[str, str | bytes]) -> dict[str, str | bytes]:
    return {**tiny(), "releases/0001.yml": baseline_text(tiny_with({})), **more}


@pytest.mark.parametrize("path", NAMED)
def test_what_leads_out_is_told_whoever_names_it(path: str) -> None:
    tree = MemoryTree(with_release({**NAMED[path], path: LinkOut(b"/etc/passwd")}))
    told = [each.slug for each in check_tree(tree).findings if each.location.path == path]
    assert told == ["unreadable-file"]


@pytest.mark.parametrize("path", ["procedures/bm.docx", "procedures/so-do.png"])
@pytest.mark.parametrize("kind", ["link", "large"])
def test_commands_end_with_what_is_to_be_done(
    tmp_path: Path, path: str, kind: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    for name, data in with_release(NAMED[path]).items():
        files.write(tmp_path, name, data)
    if kind == "link":
        (tmp_path / path).symlink_to(Path(__file__))
    else:
        monkeypatch.setattr(whole_file, "MAX_FILE_BYTES", 100_000)
        files.write(tmp_path, path, b"x" * 100_001)
    root = ("--root", str(tmp_path))
    assert main(["check", *root]) == 1
    assert "unreadable-file" in capsys.readouterr().out
    assert main(["register", "forms", *root]) == 0
    assert main(["register", "internal", *root]) == 0
    capsys.readouterr()
    code = "QT VP 01" if path.endswith(".png") else "BM VP 01.01"
    out = str(tmp_path / "ra.docx")
    status = main(["export", "docx", code, *root, "--output", out])
    assert status in {0, 2}
    if status:
        assert path in capsys.readouterr().err
