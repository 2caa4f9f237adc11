"""Edits of a manual and of its published site, drawn by number: what happens between two builds."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

from tests.support.site.scenes import DAY, NOW, second_release

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from tests.support.repository import Repo

PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452")


class Life:
    """A manual that is edited step by step; `built` is where its site is published."""

    def __init__(self, repo: Repo, built: Path, seed: int) -> None:
        self.repo = repo
        self.built = built
        self.dice = Random(seed)
        self.days = 0
        self.count = 0

    @property
    def day(self) -> date:
        """The day of the next build."""
        return DAY + timedelta(days=self.days)

    @property
    def now(self) -> datetime:
        """The moment of the next build: another one each time."""
        return NOW + timedelta(days=self.days, minutes=self.count)

    def step(self) -> str:
        """Make one edit, committed or not; return what was done."""
        self.count += 1
        edit = self.dice.choice(EDITS)
        edit(self)
        if self.dice.random() < 0.5:
            self.repo.commit(f"Edit {self.count}")
        return edit.__name__

    def read(self, path: str) -> str:
        """The text of a file of the manual; "" where there is none."""
        file = self.repo.folder / path
        return file.read_text("utf-8") if file.is_file() else ""

    def texts(self) -> list[str]:
        """The Markdown files of the manual."""
        found = (
            *self.repo.folder.glob("manual/**/*.md"),
            *self.repo.folder.glob("procedures/*.md"),
        )
        return sorted(path.relative_to(self.repo.folder).as_posix() for path in found)

    def change(self, path: str, old: str, new: str) -> None:
        """Replace words in a file."""
        self.repo.write({path: self.read(path).replace(old, new, 1)})

    def any_text(self) -> str:
        """One of the Markdown files."""
        return self.dice.choice(self.texts())


def add_a_sentence(life: Life) -> None:
    path = life.any_text()
    life.repo.write({path: f"{life.read(path)}\n\nCâu thứ {life.count}.\n"})


def cite_a_document(life: Life) -> None:
    path = life.any_text()
    code = life.dice.choice(["QT VP 01", "QT VP 02", "mục 1.1", "QT VP 09"])
    life.repo.write({path: f"{life.read(path)}\n\nXem {code}, lần {life.count}.\n"})


def change_a_title(life: Life) -> None:
    path = life.dice.choice(["procedures/qt-vp-01.md", "procedures/qt-vp-02.md"])
    text = life.read(path)
    if "title: " in text:
        old = text.split("title: ", 1)[1].split("\n", 1)[0]
        life.change(path, f"title: {old}", f"title: Quy trình số {life.count}")


def change_a_heading_of_the_menu(life: Life) -> None:
    paths = [path for path in life.texts() if path.startswith("manual/")]
    path = life.dice.choice(paths)
    heading = life.read(path).split("# ", 1)
    if len(heading) == 2:
        first = heading[1].split("\n", 1)[0]
        life.change(path, f"# {first}", f"# {first.split(' lần')[0]} lần {life.count}")


def add_a_document(life: Life) -> None:
    number = life.dice.randrange(3, 9)
    head = f"---\ncode: QT VP {number:02d}\ntype: procedure\ntitle: Thêm {life.count}\nowner: VP\n---\n"
    life.repo.write({f"procedures/qt-vp-{number:02d}.md": f"{head}# Thêm\n\nTheo QT VP 01.\n"})


def remove_a_document(life: Life) -> None:
    added = [path for path in life.texts() if "qt-vp-0" in path and path[-5] not in "12"]
    if added:
        (life.repo.folder / life.dice.choice(added)).unlink()


def move_a_document(life: Life) -> None:
    for path in life.texts():
        if "qt-vp-02" in path:
            text = life.read(path)
            (life.repo.folder / path).unlink()
            life.repo.write({f"procedures/qt-vp-02-{life.count}.md": text})
            return


def show_a_picture(life: Life) -> None:
    path = life.any_text()
    if path.startswith("procedures/"):
        life.repo.write({"procedures/hinh.png": PNG + bytes([life.count % 256])})
        life.repo.write({path: f"{life.read(path)}\n\n![Hình](hinh.png)\n"})


def change_operation(life: Life) -> None:
    text = life.read("qms.yml").split("\nnotice:", 1)[0].rstrip()
    life.repo.write({"qms.yml": f"{text}\nnotice: Thông báo {life.count}\n"})


def change_the_looks(life: Life) -> None:
    colour = life.dice.choice(["teal", "indigo", "red"])
    life.repo.write({"mkdocs.yml": f"theme:\n  palette: {{primary: {colour}}}\n"})


def explain_an_abbreviation(life: Life) -> None:
    text = "schema: 1\nabbreviations:\n"
    text += f"  VP: {{expansion: Văn phòng {life.count}}}\n"
    life.repo.write({"manual/abbreviations.yml": text})


def record_a_release(life: Life) -> None:
    path = f"releases/{3 + len(list(life.repo.folder.glob('releases/*.yml'))):04d}.yml"
    if "0006" not in path and (life.repo.folder / "procedures/qt-vp-01.md").is_file():
        day = DAY + timedelta(days=life.dice.randrange(-5, 9))
        life.repo.commit("Texts")
        life.repo.write({path: second_release(life.repo.folder, day.isoformat())})


def wait_for_days(life: Life) -> None:
    life.days += life.dice.randrange(1, 5)


def touch_the_published_site(life: Life) -> None:
    pages = sorted(life.built.rglob("index.html"))
    if pages:
        page = life.dice.choice(pages)
        page.write_text(page.read_text("utf-8").replace("</h1>", " và thêm</h1>"), "utf-8")


def spoil_the_published_site(life: Life) -> None:
    found = sorted(path for path in life.built.rglob("*") if path.is_file())
    if found:
        life.dice.choice(found).unlink()


EDITS = (
    add_a_sentence,
    cite_a_document,
    change_a_title,
    change_a_heading_of_the_menu,
    add_a_document,
    remove_a_document,
    move_a_document,
    show_a_picture,
    change_operation,
    change_the_looks,
    explain_an_abbreviation,
    record_a_release,
    wait_for_days,
    touch_the_published_site,
    spoil_the_published_site,
)
