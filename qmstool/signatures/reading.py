"""Read the signatures inside PDF files, each file in bounds, without any network.

What goes in: files by name, what the user trusts, which key usages are demanded, the moment asked
about. What comes out: a `SignedPdf` for each file. The judging is done by a program of its own
(`judge.py`): whatever a file does to it, this one goes on.
"""

from __future__ import annotations

import base64
import importlib.util
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qmstool import process
from qmstool.extras import install_line
from qmstool.i18n import QmsError
from qmstool.signatures.values import PdfSignature, SignedPdf

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from qmstool.signatures.values import Trusted

PACKAGE = "pyHanko"
SECONDS = 120  # that the files of one question may take
PROGRAM = "qmstool.signatures.judge"


def read_signatures(
    files: Mapping[str, bytes], trusted: Trusted, usages: Sequence[str], moment: datetime
) -> dict[str, SignedPdf]:
    """Return what is found in each file; `moment`: the one asked about, with its time zone.

    Raises nothing for a file: what cannot be judged says why.
    """
    if not files:
        return {}
    if importlib.util.find_spec("pyhanko") is None:
        missing = SignedPdf(problem="no-package", detail=install_line(PACKAGE))
        return dict.fromkeys(files, missing)
    names = list(files)
    answers = _ask([files[name] for name in names], trusted, usages, moment)
    if answers is None:
        # One of them broke the bounds: each alone, so that it spoils no other.
        answers = []
        for name in names:
            answers += _ask([files[name]], trusted, usages, moment) or [{"problem": "bounds"}]
    return {name: _signed(answer) for name, answer in zip(names, answers, strict=True)}


def _ask(
    files: Sequence[bytes], trusted: Trusted, usages: Sequence[str], moment: datetime
) -> list[dict[str, Any]] | None:
    """Return what the program answers; None where it did not come to an end."""
    question = {
        "files": list(map(_encoded, files)),
        "certificates": list(map(_encoded, trusted.certificates)),
        "lists": list(map(_encoded, trusted.revoked)),
        "usages": [usage.replace("-", "_") for usage in usages],
        "moment": moment.isoformat(),
    }
    # -P: nothing is imported from the folder at work, which a stranger may have filled.
    command = (sys.executable, "-P", "-m", PROGRAM)
    own = str(Path(__file__).parents[2])
    path = os.pathsep.join(filter(None, (own, os.environ.get("PYTHONPATH", ""))))
    try:
        done = process.run(
            command,
            stdin=json.dumps(question).encode(),
            environment={"PYTHONPATH": path},
            seconds=SECONDS,
        )
        answers: list[dict[str, Any]] = json.loads(done.stdout)
    except (QmsError, ValueError):
        return None
    return answers if done.status == 0 and len(answers) == len(files) else None


def _encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _signed(answer: Mapping[str, Any]) -> SignedPdf:
    signatures = tuple(PdfSignature(**found) for found in answer.get("signatures", ()))
    return SignedPdf(signatures, answer.get("problem", ""), answer.get("detail", ""))
