"""What a command says where an optional package is not installed."""

import sys

import pytest

from qmstool.extras import load_extra
from qmstool.i18n import QmsError


def test_a_package_that_is_here_is_returned() -> None:
    assert load_extra("json", "JSON").dumps([1]) == "[1]"


def test_a_package_that_is_missing_is_told_with_the_line_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "executable", "/opt/my python/bin/python")
    with pytest.raises(QmsError) as raised:
        load_extra("no_such_module_here", "NoSuchPackage")
    line = "'/opt/my python/bin/python' -m pip install NoSuchPackage"
    assert raised.value.text.en.endswith(line)
    assert raised.value.text.vi.endswith(line)
