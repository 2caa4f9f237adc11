"""Make the files of a forge for a manual in a repository of its own.

What goes in: the files that the package carries, which install the tool from beside the manual.
What comes out: the same files, the tool installed by name and version. Pure, but for reading them.
"""

from __future__ import annotations

import re

from qmstool import __version__
from qmstool.storage import resources

# What the jobs install, each package with the digests of its files: always, and for PDF and Word.
LOCKS = (".ci/site.lock", ".ci/office.lock")
# What belongs to which forge; jobs that check the tool itself are left out.
FORGES = {
    "github": (
        ".github/pull_request_template.md",
        ".github/ISSUE_TEMPLATE/gop-y.md",
        ".github/workflows/check.yml",
        ".github/workflows/daily.yml",
        ".github/workflows/preview.yml",
        ".github/workflows/publish.yml",
        *LOCKS,
    ),
    "gitlab": (
        ".gitlab-ci.yml",
        ".gitlab/issue_templates/Default.md",
        ".gitlab/merge_request_templates/Default.md",
        *LOCKS,
    ),
    "forgejo": (
        ".forgejo/pull_request_template.md",
        ".forgejo/ISSUE_TEMPLATE/gop-y.md",
        ".forgejo/workflows/check.yml",
        ".forgejo/workflows/publish.yml",
        *LOCKS,
    ),
}
_FROM_BESIDE = re.compile(
    r'(pip install --quiet )(?:\./base|"\$CI_PROJECT_DIR\.base"|\.)$', re.MULTILINE
)
_LOCKED = re.compile(
    r"(\S+(?: -m pip)? download --quiet --dest )(\S+)( .*site\.lock\"?)$", re.MULTILINE
)
_DEVELOPMENT = re.compile(r"^(?:#[^\n]*\n)*development:\n(?:(?:[ \t][^\n]*)?\n)+", re.MULTILINE)


def forge_files(forge: str) -> dict[str, str]:
    """Return path → content of the files of a forge: `github`, `gitlab` or `forgejo`."""
    files = {}
    for path in FORGES[forge]:
        data = resources.find(None, f"forge/{path}")
        if data is not None:
            files[path] = _for_a_manual_alone(data.decode("utf-8"))
    return files


def _for_a_manual_alone(text: str) -> str:
    # The tool itself has no digest before it is released; its dependencies have.
    own = f'"qmstool=={__version__}"'
    text = _LOCKED.sub(rf"\1\2\3 && \1\2 --no-deps {own}", text)
    by_name = _FROM_BESIDE.sub(rf'\g<1>"qmstool=={__version__}"', text)
    return _DEVELOPMENT.sub("", by_name)
