"""Print how the house reads: folders, layers, density, long functions, names that mean two things.

`python .ci/house_figures.py [REVISION] [--without FOLDER …]` measures the package in a commit, or
in the work tree where none is named. Folders named after --without are left out of the density
figures: what is going to be replaced is not polished.

Figures: Python files lying right in a folder; lines are those with something on them, comments and
docstrings too; tokens are those of Python's tokenizer without comments, line ends and docstrings; a
comprehension is nested where it stands inside another, or has two `for`; a class name means two
things where two modules define it.
"""

from __future__ import annotations

import argparse
import ast
import io
import subprocess
import tokenize
import tomllib
from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "qmstool"
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
SILENT = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
    tokenize.ENCODING,
}
SHOWN = 8


class Density(NamedTuple):
    """What is counted in one file or many; `+` adds up."""

    lines: int
    tokens: int
    conditionals: int
    comprehensions: int
    nested: int


def git(*arguments: str) -> str:
    """Return what git prints."""
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, check=True)
    return done.stdout.decode()


def sources(revision: str | None) -> dict[str, str]:
    """Return the text of every Python file of the package, by path."""
    if revision is None:
        files = sorted((ROOT / PACKAGE).rglob("*.py"))
        return {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in files}
    listed = git("ls-tree", "-r", "--name-only", revision, "--", PACKAGE).splitlines()
    return {path: git("show", f"{revision}:{path}") for path in listed if path.endswith(".py")}


def project(revision: str | None) -> dict[str, object]:
    """Return pyproject.toml as data."""
    if revision is None:
        return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return tomllib.loads(git("show", f"{revision}:pyproject.toml"))


def docstrings(tree: ast.Module) -> set[int]:
    """Return the first line of every docstring."""
    starts = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, *FUNCTIONS)) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                starts.add(first.lineno)
    return starts


def density(text: str) -> Density:
    """Count one file."""
    tree = ast.parse(text)
    described = docstrings(tree)
    tokens = 0
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        is_docstring = token.type == tokenize.STRING and token.start[0] in described
        tokens += token.type not in SILENT and not is_docstring
    nodes = list(ast.walk(tree))
    comprehensions = [node for node in nodes if isinstance(node, COMPREHENSIONS)]
    nested = {id(node) for node in comprehensions if len(node.generators) > 1}
    for outer in comprehensions:
        below = (node for node in ast.walk(outer) if node is not outer)
        nested |= {id(node) for node in below if isinstance(node, COMPREHENSIONS)}
    lines = sum(bool(line.strip()) for line in text.splitlines())
    conditionals = sum(isinstance(node, ast.IfExp) for node in nodes)
    return Density(lines, tokens, conditionals, len(comprehensions), len(nested))


def print_density(texts: dict[str, str]) -> None:
    """Print tokens per line, and expressions per 1,000 lines."""
    total = Density(*map(sum, zip(*map(density, texts.values()), strict=True)))
    per = 1000 / total.lines
    print(f"lines with something on them          {total.lines}")
    print(f"tokens per line                       {total.tokens / total.lines:.1f}")
    print(f"conditional expressions / 1,000 lines {total.conditionals * per:.0f}")
    print(f"comprehensions / 1,000 lines          {total.comprehensions * per:.0f}")
    print(f"  of them nested                      {total.nested * per:.1f}")


def print_folders(texts: dict[str, str]) -> None:
    """Print how many files there are, and the folders that hold most."""
    folders = Counter(path.rpartition("/")[0] for path in texts)
    largest = ", ".join(f"{folder} {count}" for folder, count in folders.most_common(4))
    print(f"Python files                          {len(texts)} in {len(folders)} folders")
    print(f"  most in one folder                  {largest}")


def print_rooms(data: dict[str, object]) -> None:
    """Print the size of the first layer contract of pyproject.toml."""
    tool = data["tool"]
    assert isinstance(tool, dict)
    layers = tool["importlinter"]["contracts"][0]["layers"]
    rooms = sum(len(layer.split("|")) for layer in layers)
    print(f"rooms                                 {rooms} in {len(layers)} layers of the contract")


def print_functions(texts: dict[str, str]) -> None:
    """Print how long functions are, and the longest."""
    lengths = []
    for path, text in texts.items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, FUNCTIONS):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                lengths.append((length, f"{path}:{node.name}"))
    lengths.sort(reverse=True)
    long = sum(length > 30 for length, _ in lengths)
    print(f"functions                             {len(lengths)}, {long} of more than 30 lines")
    for length, name in lengths[:SHOWN]:
        print(f"  {length:4} {name}")


def print_double_names(texts: dict[str, str]) -> None:
    """Print the class names that two modules define."""
    homes = defaultdict(list)
    for path, text in texts.items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ClassDef):
                homes[node.name].append(path)
    doubled = {name: paths for name, paths in homes.items() if len(paths) > 1}
    print(f"class names that mean two things      {len(doubled)}")
    for name, paths in sorted(doubled.items()):
        print(f"  {name}: {', '.join(paths)}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Print how the house reads.")
    parser.add_argument("revision", nargs="?", help="a commit; the work tree where none is named")
    parser.add_argument("--without", nargs="+", default=[], metavar="FOLDER")
    options = parser.parse_args()
    texts = sources(options.revision)
    left_out = tuple(f"{folder.rstrip('/')}/" for folder in options.without)
    measured = {path: text for path, text in texts.items() if not path.startswith(left_out)}
    print_folders(texts)
    print_rooms(project(options.revision))
    print_density(measured)
    print_functions(measured)
    print_double_names(texts)


if __name__ == "__main__":
    main()
