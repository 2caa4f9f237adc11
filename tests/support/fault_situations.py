"""Put each command into each bad situation and say what became of it: a table of reliability.md.

`python -m tests.support.fault_situations [COMMAND…]` writes the rows of all commands, or of some,
anew. The commands and their small manual are those of `tests/faults`, which breaks them at their
steps. A cell says the exit status in the situation, and that of the same command afterwards. Every
text must be whole, no traceback may show, nothing unfinished may stay, no record may be made twice;
else that is told, and nothing is written.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support.fault_commands import COMMANDS, make_home
from tests.support.fault_scenes import DAY, Scene
from tests.support.faults import Breaker, Outcome
from tests.support.page_tables import read_cells, write_cells

if TYPE_CHECKING:
    from collections.abc import Callable

NAME = "situations"


def locked_index(scene: Scene) -> list[Outcome]:
    """Leave the lock of somebody else's git."""
    lock = scene.home / "kho/.git/index.lock"
    lock.touch()
    done = scene.run()
    lock.unlink(missing_ok=True)
    return [done]


def without_objects(scene: Scene) -> list[Outcome]:
    """Take all objects of the repository away."""
    return _with_other_objects(scene, lambda objects, _: objects.mkdir())


def corrupt_objects(scene: Scene) -> list[Outcome]:
    """Fill every object with zeros."""

    def spoil(objects: Path, away: Path) -> None:
        shutil.copytree(away, objects)
        for path in objects.rglob("*"):
            if path.is_file():
                path.chmod(0o644)
                path.write_bytes(b"\0" * path.stat().st_size)

    return _with_other_objects(scene, spoil)


def _with_other_objects(scene: Scene, make: Callable[[Path, Path], None]) -> list[Outcome]:
    objects, away = scene.home / "kho/.git/objects", scene.home / "objects"
    objects.rename(away)
    make(objects, away)
    done = scene.run()
    shutil.rmtree(objects)
    away.rename(objects)
    return [done]


def vanished(scene: Scene) -> list[Outcome]:
    """Move the manual away while the command reads it, and back."""
    folder = scene.home / "kho"
    away = folder.with_name("kho-away")
    done = scene.breaker.run_losing(scene.words(), folder)
    if away.exists():
        if folder.exists():  # a writer made it anew
            shutil.rmtree(folder)
        away.rename(folder)
    return [done]


def two_at_once(scene: Scene) -> list[Outcome]:
    """Run the command twice at the same moment."""
    return scene.breaker.run_at_once(scene.words())


def clock(moment: str) -> Callable[[Scene], list[Outcome]]:
    """Return what runs a command on another day."""
    return lambda scene: [scene.breaker.run_on(scene.words(), moment)]


SITUATIONS = {
    "locked index": locked_index,
    "objects missing": without_objects,
    "objects corrupt": corrupt_objects,
    "folder vanishes": vanished,
    "two at once": two_at_once,
    "clock in 1970": clock("0"),
    "clock in 2999": clock("32500000000"),
}


def cell(scene: Scene, name: str, situation: Callable[[Scene], list[Outcome]]) -> str:
    """Return what becomes of a command in a situation, and after it; leave where it is wrong."""
    scene.renew()
    done = situation(scene)
    again, found = scene.aftermath(done, dated="clock" in name)
    if found:
        sys.exit("\n  ".join([f"{scene.command.words}, {name}", *found]))
    ends = ", ".join(sorted("killed" if each.status is None else str(each.status) for each in done))
    return f"{ends} → {again}"


def main(wanted: list[str]) -> None:
    """Write the rows of some commands."""
    cells = read_cells(NAME)
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"SOURCE_DATE_EPOCH": DAY, "XDG_CACHE_HOME": f"{folder}/cache"}
        template = Path(folder) / "template"
        template.mkdir()
        make_home(template)
        for number, command in enumerate(wanted):
            own = Path(folder) / f"{number}"
            own.mkdir()
            with Breaker() as breaker:
                scene = Scene(breaker, template, own / "home", COMMANDS[command])
                cells[command] = {each: cell(scene, each, how) for each, how in SITUATIONS.items()}
            write_cells(NAME, {name: cells[name] for name in COMMANDS if name in cells})
            sys.stdout.write(f"{command}: {cells[command]}\n")


if __name__ == "__main__":
    main(sys.argv[1:] or [*COMMANDS])
