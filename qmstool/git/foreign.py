"""Turn off the programs that a repository's own settings name, for what reads or adds its files.

What goes in: a folder. What comes out: settings for git. Filters of Git LFS stay, word for word;
so do those of the user's own settings, outside the repository.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool import process
from qmstool.i18n import QmsError, Text

if TYPE_CHECKING:
    from pathlib import Path

# Where a repository keeps settings: the one of all its work trees, and that of a single one.
_SCOPES = ("--local", "--worktree")
_FILTERS = r"^filter\..*\.(clean|smudge|process)$"
_SIGNERS = r"^gpg\.(.*\.)?(program|defaultkeycommand)$"
_OF_LFS = frozenset(
    {
        "git-lfs clean -- %f", "git-lfs smudge -- %f", "git-lfs smudge --skip -- %f",
        "git-lfs filter-process", "git-lfs filter-process --skip",
    }
)  # fmt: skip
_USUAL = {
    "gpg.program": "gpg", "gpg.openpgp.program": "gpg", "gpg.x509.program": "gpgsm",
    "gpg.ssh.program": "ssh-keygen",
}  # fmt: skip
ODD_NAME = Text(
    "Cấu hình của kho git có tên lạ: «{name}». Hãy xóa mục ấy khỏi .git/config.",
    "The settings of the repository hold an odd name: «{name}». Take it out of .git/config.",
)


def without_filters(folder: Path, *, required: bool) -> tuple[str, ...]:
    """Return the options with which git runs no filter that the repository names.

    `required`: a file that such a filter is for is refused; else it is taken as it lies there.
    Raises QmsError for a name that no option can bear.
    """
    options: dict[str, str] = {}
    for name, value in _settings(folder, _FILTERS):
        if value not in _OF_LFS:
            driver = name.rpartition(".")[0]
            options |= {f"{driver}.{which}": "" for which in ("clean", "smudge", "process")}
            options[f"{driver}.required"] = "true" if required else "false"
    return _as_options(options)


def with_usual_signers(folder: Path) -> tuple[str, ...]:
    """Return the options with which git signs a commit by the usual programs alone.

    Raises as above.
    """
    named = [name for name, _ in _settings(folder, _SIGNERS)]
    return _as_options({name: _USUAL.get(name, "") for name in named})


def _settings(folder: Path, pattern: str) -> list[tuple[str, str]]:
    """Return the repository's own settings of a pattern, those of included files among them."""
    found = []
    for scope in _SCOPES:
        asked = ("config", scope, "--includes", "-z", "--get-regexp", pattern)
        done = process.git(folder, *asked)
        for entry in filter(None, done.stdout.decode("utf-8", "surrogateescape").split("\0")):
            name, _, value = entry.partition("\n")
            found.append((name, value))
    return found


def _as_options(settings: dict[str, str]) -> tuple[str, ...]:
    for name in settings:
        if "=" in name or "\n" in name:
            raise QmsError(ODD_NAME.fill({"name": name}))
    return tuple(word for name, value in settings.items() for word in ("-c", f"{name}={value}"))
