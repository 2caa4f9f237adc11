"""Pictures of an import for docs/tour.md: the Word page before, the report, the page after.

`python -m tests.support.site.import_pictures` writes them into docs/images/; it needs LibreOffice.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import pypdfium2

from qmstool.cli.main import main as run_qmstool
from qmstool.importing.files.libreoffice import turn
from qmstool.importing.word.figure_pictures import png
from tests.support.machine import CHROMIUM
from tests.support.site.browsing import Served
from tests.support.site.pictures import DOCS, shoot
from tests.support.word_sample import FOLDER

SHOWN = "QT-VP-05 Giai quyet khieu nai.docx"
PAGE = "tai-lieu/qt-vp-05/"


def word_page(data: bytes) -> bytes:
    """Return the first page of a Word file as it prints, cut to what is on it."""
    made = turn(data, ".docx", kind="pdf:writer_pdf_Export")
    assert made is not None, "no LibreOffice on this machine"
    bitmap = pypdfium2.PdfDocument(made)[0].render(scale=1.2, rev_byteorder=True)
    dots = bytes(bitmap.buffer)
    picture = png(dots, bitmap.width, bitmap.height, bitmap.stride, bitmap.n_channels)
    assert picture is not None
    return picture


def main() -> None:
    """Take the pictures."""
    from playwright.sync_api import sync_playwright

    (DOCS / "import-word.png").write_bytes(word_page((FOLDER / SHOWN).read_bytes()))
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        folder = Path(temporary) / "so-tay"
        assert run_qmstool(["init", str(folder), "--yes", "--from", str(FOLDER)]) == 0
        assert run_qmstool(["build", "--root", str(folder)]) == 0
        assert (folder / "site" / PAGE / "index.html").is_file()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        report = (folder / "import-report.html").as_uri()
        shoot(browser, report, DOCS / "import-report.png", 1100, "light", 560)
        address = Served(folder / "site").address + PAGE
        shoot(browser, address, DOCS / "import-page.png", 1100, "light", 900)
        browser.close()


if __name__ == "__main__":
    main()
