"""The honest repository that forgers and hostile machines work on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.cli import forgery

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.cli.forgery import SignedManual


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SignedManual]:
    """Made once for a module, and looked at on its own day."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", forgery.TODAY)
        yield forgery.make_signed_manual(tmp_path_factory.mktemp("mau"))
