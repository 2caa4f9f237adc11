"""Key pairs by a real ssh-keygen, made when they are asked for, and the lines by which a manual
allows them.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path  # noqa: TC003 - a field


@dataclass(frozen=True)
class KeyPairs:
    """The key pairs of a folder, by the names of their holders."""

    folder: Path

    def private(self, name: str) -> Path:
        path = self.folder / name
        if not path.exists():
            subprocess.run(
                ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", path], check=True
            )
        return path

    def public(self, name: str) -> str:
        """Type and key, without the comment."""
        return " ".join(self.private(name).with_suffix(".pub").read_text().split()[:2])

    def line(self, name: str, options: str = "") -> str:
        """The line of `releases/allowed_signers`."""
        return (
            " ".join(filter(None, (f"{name}@example.org", options, self.public(name), name))) + "\n"
        )
