"""The honest repository that forgers and hostile machines work on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.cli import forgery
from tests.support.cli.forgery import SignedManual
from tests.support.keys import KeyPairs
from tests.support.repository import Repo
from tests.support.shared import made_once

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SignedManual]:
    """Made once for all workers, and looked at on its own day."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", forgery.TODAY)
        patch.setattr("qmstool.cli.trusted.read_signatures", forgery.held_signatures)
        # A forger's files count as if git had always held them. That it does not, alone would tell
        # each of them: `test_not_committed`.
        patch.setattr("qmstool.verify.evidence.blobs_that_differ", forgery.as_if_committed)
        home = made_once(tmp_path_factory, "signed-manual", forgery.make_signed_manual)
        yield SignedManual(Repo(home / "kho"), KeyPairs(home / "keys"))


@pytest.fixture
def kept(template: SignedManual, tmp_path: Path) -> SignedManual:
    """A copy of it for one test to spoil."""
    return template.copy(tmp_path / "kho")
