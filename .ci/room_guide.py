"""Write the table of modules in docs/architecture.md from the modules' own docstrings.

`python .ci/room_guide.py` rewrites the table; with `--check` it writes nothing, and its status is 1
where the table is not fresh.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "qmstool"
GUIDE = ROOT / "docs" / "architecture.md"
BEGIN, END = "## The rooms\n", "## Walk one"
HEAD = "| module | what comes in, what goes out |\n|---|---|\n"


def summary(path: Path) -> str:
    """Return the first paragraph of a module's docstring as one line, "" where there is none."""
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return " ".join(docstring.partition("\n\n")[0].split())


def rows() -> list[tuple[str, str]]:
    """Return every module of the package, a folder before what lies in it, with its summary."""
    listed = []
    for path in PACKAGE.rglob("*.py"):
        name = path.relative_to(PACKAGE).as_posix().removesuffix("__init__.py")
        if name:
            listed.append((name, summary(path)))
    return sorted(listed)


def fresh(guide: str) -> str:
    """Return the page with its table made anew; all around the table stays as it is."""
    before, begin, rest = guide.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"{GUIDE}: «{BEGIN.strip()}» and «{END}» must both be there")
    table = "".join(f"| `{name}` | {text} |\n" for name, text in rows())
    return f"{before}{begin}\n{HEAD}{table}\n{end}{after}"


def main() -> int:
    """Write the table, or with --check say whether it is fresh."""
    guide = GUIDE.read_text(encoding="utf-8")
    new = fresh(guide)
    if new == guide:
        return 0
    if "--check" in sys.argv[1:]:
        print(f"{GUIDE.relative_to(ROOT)} is not fresh; run: just docs")
        return 1
    GUIDE.write_text(new, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
