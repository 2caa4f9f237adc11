"""The commands that faults strike at, each upon the same small home, and what makes that home.

A home is a manual in its repository, with a folder beside it that outputs go into.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import docx

from qmstool.cli.main import main
from tests.support.cli.scenes import FIRST, change, make_scene, prepare
from tests.support.word_edits import paragraph_with, put

if TYPE_CHECKING:
    from pathlib import Path


class Command(NamedTuple):
    """A command, its status once more after its work was done, and where it was done at all.

    `over`: it was run before, and a text saved since. `kept`: nothing is kept of any run before
    where it is broken, and the next run is to say what it says with nothing kept.
    """

    words: str
    again: int = 0
    done: int = 0
    over: bool = False
    kept: bool = False


COMMANDS = {
    "check": Command("check", kept=True),
    "check --fix": Command("check --fix"),
    "init": Command("init {out}/moi --yes --name A", again=2),
    "import": Command("import {out}/ghi-chu.txt --yes"),
    "new": Command("new procedure 'QT KT 07' Thử", again=2),
    "rename": Command("rename 'QT KT 01' 'QT KT 05' --yes", again=2),
    "renumber": Command("renumber 'QT VP 01' 2 5 --yes", again=2),
    "withdraw": Command("withdraw 'QT VP 02' --yes"),
    "register": Command("register internal"),
    "trail": Command("trail"),
    "verify": Command("verify"),
    "record review": Command(
        "record review 'QT VP 01' --outcome stands --person le-thi-mau --date 2024-05-20"
    ),
    "record review --save": Command(
        "record review 'QT VP 01' --outcome stands --person le-thi-mau --date 2024-05-20 --save"
    ),
    "import --update": Command("import --update {out}/ve.docx --yes"),
    "release prepare": Command(
        "release prepare dot-9 --title X --number 'QT VP 01=1/2' --number 'QT KT 01=1/2'", again=2
    ),
    "release record": Command(
        "release record dot-2 --kind decision --number 12/QĐ-VD --date 2024-03-01 --person A"
        " --effective 2024-03-05 --recorder B --without-evidence"
    ),
    "as-of --texts": Command("as-of 2024-05-02 --texts {out}/ban"),
    "export pdf": Command("export pdf 'QT VP 01' --output {out}/a.pdf"),
    "export docx": Command("export docx 'QT VP 01' --output {out}/a.docx"),
    "export pack": Command("export pack --output {out}/a.zip"),
    "build": Command("build --output {out}/site"),
    "build over a site": Command("build --output {out}/site", over=True),
    "serve": Command("serve --port 0", again=130, done=130),  # a save, and one more build
    "check --history": Command("check --history", kept=True),
    "schema": Command("schema"),
    "matrix": Command("matrix"),
    "history": Command("history 'QT VP 01'"),
    "diff": Command("diff 'QT VP 01' 1"),
    "as-of": Command("as-of 2024-05-02"),
    "distribution": Command("distribution"),
    "opinions": Command("opinions dot-2"),
    "handover": Command("handover le-thi-mau"),
    "explain": Command("explain broken-yaml"),
    "record opinion": Command("record opinion dot-2 --unit KT --sent 2024-02-20 --due 2024-02-25"),
    "record copy": Command("record copy 'QT VP 01' --number 1 --unit VP --handed-out 2024-05-20"),
    "record reading": Command("record reading 'QT VP 01' --person le-thi-mau --date 2024-05-20"),
    "release dossier": Command("release dossier dot-2"),
    "release tag": Command("release tag"),
    "release adopt": Command("release adopt 'QT VP 03' --recorder B", again=2),
    "check --write-known": Command("check --write-known {out}/known.yml", kept=True),
    "check --facts": Command("check --facts {out}/facts", kept=True),
    "check --format xlsx": Command("check --format xlsx --output {out}/f.xlsx", kept=True),
    "register --format xlsx": Command("register internal --format xlsx --output {out}/r.xlsx"),
    "export pdf, the whole": Command("export pdf --output {out}/all.pdf"),
    "export pdf --register": Command("export pdf --register internal --output {out}/r.pdf"),
    "export pdf --dossier": Command("export pdf --dossier dot-2 --output {out}/d.pdf"),
    "export docx --dossier": Command("export docx --dossier dot-2 --output {out}/ho-so"),
    "export docx --compare": Command(
        "export docx 'QT VP 01' --compare 1 --output {out}/compared.docx"
    ),
}


# What works out the pages that a command needs. A pack itself sets PDFs, and the threads that do so
# are not there any more after a fork.
WARMED_BY = {
    "build --output {out}/site": "build --output {out}/site",
    "export pack --output {out}/a.zip": "build --output {out}/site",
    "serve --port 0": "serve --port 0",
}


def make_home(home: Path) -> None:
    """Make a manual with a release, a candidate and a slip that --fix mends, and a text to import."""
    repo = make_scene(home / "kho")
    change(repo)
    assert prepare(repo) == 0
    slip = FIRST.replace("VP 01", "VP 03").replace("kiểm soát", "lập").replace("\n", "\r\n")
    repo.commit("Lập hồ sơ", {"procedures/qt-vp-03.md": slip})
    (home / "out").mkdir()
    word = home / "out/ve.docx"
    words = ["export", "docx", "QT VP 01", "--output", str(word), "--root", str(repo.folder)]
    assert main(words) == 0
    edited = docx.Document(str(word))
    put(paragraph_with(edited, "giữ danh mục"), "giữ danh mục", "giữ và rà soát danh mục")
    edited.save(str(word))
    (home / "out/ghi-chu.txt").write_text("QUY TRÌNH THỬ\n\n1. Mục đích\n\nThử.\n", "utf-8")
