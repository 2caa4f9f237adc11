"""Lay out the pages of a site in this process, as mkdocs does in one of its own.

An interpreter, its imports and the templates of the theme cost more than the pages of a small
manual. Here they are paid for once in a process. `tests/site/test_layout.py` holds that what is
written is the same.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

import jinja2
import pytest

from qmstool.i18n import QmsError, Text
from qmstool.site.build import edition_build, side_by_side

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jinja2.bccache import Bucket


@contextmanager
def laying_out_here() -> Iterator[None]:
    """Within, builds start no process: neither mkdocs nor others that build versions beside."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(edition_build, "run_mkdocs", lay_out)
        patch.setattr(side_by_side, "processors", lambda: 1)
        yield


def lay_out(work: Path) -> None:
    """Do what `edition_build.run_mkdocs` does. Raises QmsError."""
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    try:
        config: Any = load_config(str(work / "mkdocs.yml"))
        environment = config.theme.get_env()
        environment.bytecode_cache = _Compiled()
        environment.loader = _ListedOnce(config.theme.dirs, work)
        config.theme.get_env = lambda: environment
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        config.plugins.on_shutdown()
    except Exception as error:  # as a process would end: with any of them
        raise QmsError(Text(f"mkdocs: {error}", f"mkdocs: {error}")) from error


class _Compiled(jinja2.BytecodeCache):
    """Templates compiled in this process, known by their name and text."""

    codes: dict[tuple[str, str], Any] = {}  # noqa: RUF012 - of the process

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.codes[bucket.key, bucket.checksum] = bucket.code


class _ListedOnce(jinja2.FileSystemLoader):
    """Templates of folders; those outside a work folder are listed once, their icons not at all."""

    def __init__(self, folders: list[str], work: Path) -> None:
        super().__init__(folders)
        self.own = str(work)

    def list_templates(self) -> list[str]:
        names: set[str] = set()
        for folder in self.searchpath:
            listed = _list if str(folder).startswith(self.own) else _listed_before
            names.update(listed(str(folder)))
        return sorted(names)


def _list(folder: str) -> tuple[str, ...]:
    names = jinja2.FileSystemLoader(folder).list_templates()
    return tuple(name for name in names if not name.startswith("."))


_listed_before = cache(_list)
