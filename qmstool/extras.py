"""Load a package that only some commands need, or say the line that installs it."""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING

from qmstool import shell
from qmstool.i18n import QmsError, Text

if TYPE_CHECKING:
    from types import ModuleType

_MISSING = Text(
    "Việc này cần thêm gói «{package}», máy này chưa cài. Hãy chạy rồi làm lại: {line}",
    "This needs the package «{package}», which is not installed here. Run, then try again: {line}",
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
    """Return the line that installs a package into the Python at work."""
    return f"{shell.start(sys.executable)} -m pip install {package}"
