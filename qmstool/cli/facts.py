"""Open the store of kept facts for a command: this user's own, or the one that `--facts` names.

Where `CI` is set nothing kept is believed unless `--facts` names a folder, and the variable
`QMSTOOL_FACTS_SECRET` holds the secret that its facts are signed with: who protects a branch gives
that to its own builds, and never to a proposal from outside.
"""

from __future__ import annotations

import os
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from qmstool.checking.cache import current_tool_digest
from qmstool.cli import console
from qmstool.digest import DIGEST_SIZE, blake2b
from qmstool.frozen import NamedTuple
from qmstool.git.names import real_path
from qmstool.i18n import QmsError, Text
from qmstool.storage import user_dirs

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from qmstool.storage.kept_facts import KeptFacts
    from qmstool.storage.read_once import ReadOnceTree

VARIABLE = "QMSTOOL_FACTS_SECRET"
SHORTEST_SECRET = 16
NO_SECRET = Text(
    f"Không có biến {VARIABLE} nên --facts không được dùng; mọi tệp được đọc lại từ đầu.",
    f"The variable {VARIABLE} is not set, so --facts is not used; every file is read afresh.",
)
SHORT_SECRET = Text(
    f"Biến {VARIABLE} quá ngắn: cần ít nhất {SHORTEST_SECRET} ký tự ngẫu nhiên. Ví dụ: "
    "openssl rand -hex 32",
    f"The variable {VARIABLE} is too short: at least {SHORTEST_SECRET} random characters are "
    "needed. For example: openssl rand -hex 32",
)
LEADS_OUT = Text(
    "--facts {folder} nằm trong sổ tay nhưng dẫn ra ngoài qua một đường liên kết, nên không ghi gì "
    "vào đó. Hãy xóa đường liên kết, và xem ai đã đưa nó vào.",
    "--facts {folder} lies in the manual and leads out of it through a link: nothing is written "
    "there. Remove the link, and see who put it there.",
)


class Store(NamedTuple):
    """A folder of kept facts, and the secret by which its own are known."""

    folder: Path
    secret: bytes

    def facts(
        self,
        root: Path,
        tool: bytes,
        texts: Mapping[str, bytes],
        digests: Mapping[str, bytes] = MappingProxyType({}),
    ) -> KeptFacts:
        """Return the facts of the manual in a folder; it shares its place with few others."""
        # Where nothing changed since the last report, no fact is asked for.
        from qmstool.storage.kept_facts import KeptFacts

        place = blake2b(os.fsencode(real_path(root))).hexdigest()[0]
        return KeptFacts(self.folder / "facts" / place, self.secret, tool, texts, digests)


def add_option(parser: argparse.ArgumentParser) -> None:
    """Add `--facts`."""
    parser.add_argument(
        "--facts",
        type=Path,
        metavar="DIR",
        help=(
            f"giữ trong DIR những gì đã đọc, ký bằng {VARIABLE} / keep in DIR what was read, "
            f"signed with {VARIABLE}"
        ),
    )


def open_store(options: argparse.Namespace, *, fresh: bool = False) -> Store | None:
    """Return the store that a command may use; None where it has to read everything.

    `fresh`: asked for. Raises QmsError where the secret of `--facts` is none.
    """
    if fresh:
        return None
    if options.facts is not None:
        return _named_store(options)
    if os.environ.get("CI", "").lower() not in {"", "0", "false"}:
        return None
    cache = user_dirs.cache_folder()
    secret = user_dirs.own_secret() if cache else b""
    return Store(cache, secret) if cache and secret else None


def _named_store(options: argparse.Namespace) -> Store | None:
    secret = os.environ.get(VARIABLE, "")
    if not secret:
        console.print_note(NO_SECRET, console.screen_language(options))
        return None
    if len(secret) < SHORTEST_SECRET:
        raise QmsError(SHORT_SECRET)
    if _leads_out(options.facts, options.root):
        raise QmsError(LEADS_OUT.fill({"folder": str(options.facts)}))
    return Store(options.facts, blake2b(os.fsencode(secret), digest_size=DIGEST_SIZE).digest())


def _leads_out(folder: Path, root: Path) -> bool:
    """Whether a folder below the manual's own, or where facts lie in it, leads somewhere else."""
    home = Path(os.path.abspath(root))  # noqa: PTH100 - the names as they are, no link followed
    named = Path(os.path.abspath(folder))  # noqa: PTH100
    if not named.is_relative_to(home):
        return False
    own = real_path(root)
    kept = (named, named / "facts", *(named / "facts" / digit for digit in "0123456789abcdef"))
    return not all(real_path(place).is_relative_to(own) for place in kept)


def facts_of(options: argparse.Namespace, tree: ReadOnceTree) -> KeptFacts | None:
    """Return the facts of the very texts that were read; None where everything is to be read."""
    store = open_store(options)
    if store is None:
        return None
    return store.facts(options.root, current_tool_digest(), tree.texts)
