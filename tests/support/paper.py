"""Print a page as a reader's browser does."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from tests.support.machine import CHROMIUM

if TYPE_CHECKING:
    from pathlib import Path


def print_page(page: Path, pdf: Path) -> None:
    """Print an HTML file into a PDF with Chromium, without a head or foot of its own."""
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")
    command = [CHROMIUM, *options, f"--print-to-pdf={pdf}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
