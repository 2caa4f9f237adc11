"""What facts are kept under is the same in every process, however Python orders its sets."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DIGESTS = """
from pathlib import Path
from qmstool.manual.loading.loader import load
from qmstool.references.outline import outline_digest
from qmstool.rules.base.text.wording import wording_of
from qmstool.storage.tree import FolderTree

manual = load(FolderTree(Path()))
print(outline_digest(manual).hex(), wording_of(manual).digest.hex())
"""


def test_no_digest_depends_on_the_order_of_a_set() -> None:
    """It did: the references of a real manual were found anew by every check."""
    said = {
        subprocess.run(
            [sys.executable, "-c", DIGESTS],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(said) == 1
