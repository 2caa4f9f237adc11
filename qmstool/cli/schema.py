"""`qmstool schema`: JSON Schemas of this manual's data files, and the settings by which VS Code uses them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from qmstool import files
from qmstool.cli import words
from qmstool.findings import Text
from qmstool.load import load
from qmstool.schemas import schemas, settings
from qmstool.tree import Folder

if TYPE_CHECKING:
    import argparse

KEY = "yaml.schemas"


def add(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("--output", type=Path, metavar="DIR", help="thư mục để ghi, mặc định .vscode / folder, by default .vscode")


def run(options: argparse.Namespace) -> int:
    """Write a schema for each kind of file, and settings.json unless somebody's own could not be kept."""
    manual = load(Folder(options.root))
    lang = words.screen_language(options, manual.config)
    folder: Path = options.output or options.root / ".vscode"
    made = schemas(manual)
    for name, schema in made.items():
        files.write(folder, f"schemas/{name}.schema.json", _json(schema))
    words.say(
        Text(f"Đã ghi {len(made)} lược đồ vào {folder}/schemas/.", f"Wrote {len(made)} schemas into {folder}/schemas/."), lang
    )
    ours = settings(_named(folder / "schemas", options.root))
    theirs = _settings(folder / "settings.json")
    if theirs is None:
        left = folder / "settings.json"
        words.say(
            Text(f"Tệp {left} có phần không đọc được nên để nguyên; hãy tự chép vào:", f"{left} was left alone; put in:"), lang
        )
        print(_json({KEY: ours}), end="")
    else:
        files.write(folder, "settings.json", _json(theirs | {KEY: _kept(theirs) | ours}))
    return 0


def _named(folder: Path, root: Path) -> str:
    """A folder as the workspace names it: from the root where it lies inside."""
    full, home = folder.resolve(), root.resolve()
    return f"./{full.relative_to(home).as_posix()}" if home in full.parents else full.as_posix()


def _settings(file: Path) -> dict[str, object] | None:
    """Somebody's own settings; None where they are more than JSON (comments), for they would be lost."""
    if not file.exists():
        return {}
    try:
        found = json.loads(file.read_bytes())
    except ValueError:
        return None
    return found if isinstance(found, dict) and isinstance(found.get(KEY, {}), dict) else None


def _kept(theirs: dict[str, object]) -> dict[str, object]:
    """The schemas that somebody's settings name already."""
    found = theirs.get(KEY, {})
    return found if isinstance(found, dict) else {}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
