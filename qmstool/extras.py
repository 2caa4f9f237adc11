"""Load a package that only some commands need, or say the line that installs it."""

from __future__ import annotations

import importlib
import re
import sys
from collections import Counter
from importlib import metadata
from typing import TYPE_CHECKING

from qmstool import shell
from qmstool.i18n import QmsError, Text

if TYPE_CHECKING:
    from types import ModuleType

_MISSING = Text(
    "Việc này cần thêm gói «{package}», máy này chưa cài. Hãy chạy rồi làm lại: {line}",
    "This needs the package «{package}», which is not installed here. Run, then try again: {line}",
)
_OPTIONAL = re.compile(
    r"""(?P<name>[\w.-]+)\s*(?P<versions>[^;\[]*);\s*extra\s*==\s*['"](?P<extra>[\w.-]+)['"]\Z"""
)


def load_extra(module: str, package: str) -> ModuleType:
    """Return a module of an optional package; `package` is the name that pip knows it by.

    Raises QmsError with the line that installs it into the Python at work, where it is missing.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        values = {"package": package, "line": install_line(package)}
        raise QmsError(_MISSING.fill(values)) from error


def install_line(package: str) -> str:
    """Return the line that installs a package into the Python at work.

    It names all that is missing of its kind, so that the next command does not ask for the next.
    """
    packages = _missing_beside(package, _requirements()) or (package,)
    return f"{shell.start(sys.executable)} -m pip install {shell.join(*packages)}"


def _requirements() -> list[str]:
    """Return what the package says that it needs; nothing where it is not installed."""
    try:
        return metadata.requires("qmstool") or []
    except metadata.PackageNotFoundError:
        return []


def _missing_beside(package: str, requirements: list[str]) -> tuple[str, ...]:
    """Return what is missing of the smallest extra that holds a package, as pip takes it.

    What builds a wheel may write the packages of one extra into another that asks for it.
    """
    optional = [found for line in requirements if (found := _OPTIONAL.match(line))]
    sizes = Counter(found["extra"] for found in optional)
    extras = {found["extra"] for found in optional if found["name"].lower() == package.lower()}
    smallest = min(extras, key=lambda extra: (sizes[extra], extra), default="")
    return tuple(
        f"{found['name']}{found['versions'].strip()}"
        for found in optional
        if found["extra"] == smallest and not _is_installed(found["name"])
    )


def _is_installed(package: str) -> bool:
    try:
        metadata.version(package)
    except metadata.PackageNotFoundError:
        return False
    return True
