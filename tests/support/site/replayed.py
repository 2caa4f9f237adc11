"""Give again what a build works out and what is the same each time, so that a broken one costs less.

What is worked out is known by all that it is made from. What is read, written, moved and started
stays as it is: of a frame that is known the very files are written, one by one.
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING, Any

from qmstool.site.build import edition_build
from qmstool.site.build.page_key import page_key
from qmstool.site.edition import third_parties
from qmstool.site.pages import home
from qmstool.site.parts.render import PageRenderer
from qmstool.site.safety.audit import audit_page
from tests.support.site.in_process import lay_out

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from qmstool.site.parts.render import RenderedPage, SitePage

_frames: dict[str, dict[str, bytes]] = {}
_pages: dict[tuple[str, bool, str], RenderedPage] = {}


def replay(patch: pytest.MonkeyPatch) -> None:
    """From now on work out each frame, page and audit once in this process and those forked of it."""
    render = PageRenderer.render

    def once(self: PageRenderer, page: SitePage) -> RenderedPage:
        stamp = self.edition.stamp
        key = stamp.folder, stamp.draft, page_key(b"", page)
        if key not in _pages:
            _pages[key] = render(self, page)
        return _pages[key]

    patch.setattr(PageRenderer, "render", once)
    patch.setattr("qmstool.site.build.edition_build.audit_page", cache(audit_page))
    _listed = cache(third_parties.third_parties)
    patch.setattr(third_parties, "third_parties", _listed)
    patch.setattr(home, "third_parties", _listed)


def lay_out_again(work: Path) -> None:
    """Lay out pages as mkdocs does; where the same were laid out before, write what it wrote then."""
    key = _digest(work)
    if key not in _frames:
        lay_out(work)
        _frames[key] = _contents(work / edition_build.SITE)
        return
    for name, data in _frames[key].items():
        path = work / edition_build.SITE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _digest(work: Path) -> str:
    """The digest of everything that pages are laid out from."""
    hashed = hashlib.sha256()
    for name, data in _contents(work).items():
        hashed.update(name.encode() + b"\0" + hashlib.sha256(data).digest())
    return hashed.hexdigest()


def _contents(folder: Path) -> dict[str, bytes]:
    found: dict[str, Any] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return found
