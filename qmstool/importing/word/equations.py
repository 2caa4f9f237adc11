"""Read a formula of Word as a line of text, in the linear form that Word itself can type.

What goes in: an `m:oMath`. What comes out: its letters and numbers with signs for what stood above,
below or under them: (a+b)/2, x^2, √(x), ∑_(i=1)^n.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.importing.word.xml import M, W

if TYPE_CHECKING:
    from qmstool.importing.word.xml import Element

_PROPERTIES = "Pr"


def read_equation(element: Element) -> str:
    """Return a formula as a line."""
    return " ".join(_inside(element).split())


def _inside(element: Element) -> str:
    return "".join(_read(child) for child in element)


def _read(element: Element) -> str:  # noqa: PLR0911 (a way for each form)
    name = element.tag.removeprefix(M) if isinstance(element.tag, str) else ""
    part = _Parts(element)
    match name:
        case "r":
            return "".join(piece.text or "" for piece in element.iter(M + "t", W + "t"))
        case "f":
            return f"{_grouped(part.of('num'))}/{_grouped(part.of('den'))}"
        case "rad":
            degree = part.of("deg")
            return f"√({degree}&{part.of('e')})" if degree else f"√({part.of('e')})"
        case "nary":
            sign = part.setting("chr", "∫")
            return f"{sign}{_low(part.of('sub'))}{_high(part.of('sup'))} {part.of('e')}"
        case "d":
            sign = part.setting("sepChr", "|")
            inside = sign.join(_inside(each) for each in element.iterfind(M + "e"))
            return f"{part.setting('begChr', '(')}{inside}{part.setting('endChr', ')')}"
        case "func":
            return f"{part.of('fName')} {part.of('e')}"
        case "m":
            rows = element.iterfind(M + "mr")
            lines = (" & ".join(_inside(each) for each in row.iterfind(M + "e")) for row in rows)
            return f"({'; '.join(lines)})"
        case "eqArr":
            return "; ".join(_inside(each) for each in element.iterfind(M + "e"))
        case _ if name.endswith(_PROPERTIES):
            return ""
        case _:
            low = _low(part.of("sub") or part.of("lim"))
            base = part.of("e")
            return f"{base}{low}{_high(part.of('sup'))}" if base else _inside(element)


class _Parts:
    """The parts of an element by name, and the settings of its properties."""

    def __init__(self, element: Element) -> None:
        self._element = element

    def of(self, name: str) -> str:
        """Return what a part says."""
        part = self._element.find(M + name)
        return "" if part is None else _inside(part)

    def setting(self, name: str, usual: str) -> str:
        """Return a sign that the properties name."""
        found = self._element.find(f"./*/{M}{name}")
        return usual if found is None else str(found.get(M + "val") or "")


def _grouped(text: str) -> str:
    text = text.strip()
    return text if text.isalnum() else f"({text})"


def _low(text: str) -> str:
    return f"_{_grouped(text)}" if text.strip() else ""


def _high(text: str) -> str:
    return f"^{_grouped(text)}" if text.strip() else ""
