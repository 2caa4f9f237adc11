"""A number that several standards have is looked up in time that does not grow with the sections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.manual.loading.loader import load
from qmstool.references.clauses import ClauseFinder
from tests.support.grown import grows_with_its_square
from tests.support.memory import CATALOGUE, MANIFEST, files

if TYPE_CHECKING:
    from collections.abc import Callable

STANDARDS = "standards: [{catalogue: small}, {catalogue: other}]"
MAPPING = (
    'schema: 1\ncatalogue: small\nclauses:\n  "4.1": {section: "4.1"}\n  "4.10": {section: "%s"}\n'
)


def numbers(sections: int, inner: str = "9.9") -> Callable[[], list[tuple[str, ...]]]:
    """Look up a number in each of so many sections, of which the first alone is mapped."""
    made = load(
        files(
            **{
                "qms.yml": MANIFEST.replace("standards: [{catalogue: small}]", STANDARDS),
                "clauses/catalogues/other.yml": CATALOGUE,
                "clauses/mapping/small.yml": MAPPING % inner,
                "clauses/mapping/other.yml": MAPPING.replace("small", "other") % inner,
                "manual/1/4.1.md": "# 4.1. Bối cảnh\n\n" + "## 9.9. Việc\n\nmục 4.1\n\n" * sections,
            }
        )
    )
    main = made.main
    assert main is not None
    file = main.file_at["manual/1/4.1.md"]
    finder = ClauseFinder(made)
    places = [section.start for section in file.sections]
    return lambda: [
        tuple(each.key for each in finder.find_bare("4.1", file, main, at).catalogues)
        for at in places
    ]


def test_time_does_not_grow_with_the_square_of_the_sections() -> None:
    assert not grows_with_its_square(numbers, 700)
