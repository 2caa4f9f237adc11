"""Read the tag of a language from the command line."""

from __future__ import annotations

from argparse import ArgumentTypeError

from qmstool.i18n import LANGUAGE_TAG


def parse_tag(text: str) -> str:
    """Return a language's tag. Raises ArgumentTypeError for what is none."""
    if LANGUAGE_TAG.match(text) is None:
        message = (
            f"«{text}»: không phải là thẻ ngôn ngữ như es, pt-BR / is no tag of a language such "
            "as es, pt-BR"
        )
        raise ArgumentTypeError(message)
    return text
