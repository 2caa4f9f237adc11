"""Tell by a file's name whether texts show it as a picture, and whether the site carries it.

What goes in: a path. The kinds are listed, so that what nobody thought of is not carried: a site
serves nothing that could run (docs/security.md, «Active attachments»).
"""

from __future__ import annotations

# Ending → subtype of the media type `image/…`; browsers, Word files and PDFs show all of them.
PICTURES = {
    "png": "png",
    "jpg": "jpeg",
    "jpeg": "jpeg",
    "gif": "gif",
    "webp": "webp",
    "svg": "svg+xml",
}
OTHERS = frozenset(
    (  # noqa: SIM905 - a list of words reads better as words
        "pdf doc docx dotx xls xlsx xltx ppt pptx odt ods odp csv txt zip mp4 webm"
    ).split()
)


def ending(path: str) -> str:
    """Return the ending of a file's name in small letters, without its dot; "" for none."""
    stem, _, last = path.rpartition("/")[2].rpartition(".")
    return last.lower() if stem else ""


def is_picture(path: str) -> bool:
    """Whether texts show a file as a picture."""
    return ending(path) in PICTURES


def is_published(path: str) -> bool:
    """Whether the site carries a file; a drawing only as it is made anew of harmless parts."""
    return is_picture(path) or ending(path) in OTHERS
