"""What a command says where an optional package is not installed."""

import sys
from importlib import metadata

import pytest

from qmstool.extras import install_line, load_extra
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


def test_the_line_installs_at_once_all_that_is_missing_of_its_kind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    needs = [
        "mkdocs<2,>=1.6",
        'NoSuchReader>=5; extra == "office"',
        'pytest>=8; extra == "office"',
        'nosuchwriter<0.16,>=0.15; extra == "office"',
        'nosuchseal>=0.38; extra == "signatures"',
        'qmstool[office,signatures]; extra == "test"',
        # As a wheel has it whose builder wrote out what «test» asks for.
        'nosuchreader>=5; extra == "test"',
        'nosuchwriter<0.16,>=0.15; extra == "test"',
        'nosuchseal>=0.38; extra == "test"',
        'nosuchlinter>=1; extra == "test"',
    ]
    monkeypatch.setattr(metadata, "requires", lambda _name: needs)
    monkeypatch.setattr(sys, "executable", "/opt/python")
    start = "/opt/python -m pip install"
    assert install_line("nosuchreader") == (f"{start} 'NoSuchReader>=5' 'nosuchwriter<0.16,>=0.15'")
    assert install_line("nosuchseal") == f"{start} 'nosuchseal>=0.38'"


def test_a_tool_that_was_never_installed_names_the_package_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def absent(name: str) -> list[str]:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "requires", absent)
    assert install_line("NoSuchReader").endswith(" -m pip install NoSuchReader")
