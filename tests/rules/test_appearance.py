"""What `build` would refuse in `mkdocs.yml`, `check` tells at its line, all of it at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qmstool.cli.main import main
from qmstool.i18n import QmsError
from qmstool.manual.loading import appearance
from qmstool.manual.loading.appearance import LARGEST, appearance_problems, read_appearance
from qmstool.storage.kept_facts import KeptFacts
from qmstool.storage.pinned_tree import commit_tree
from tests.support.manuals import check_tree, tiny, tiny_with
from tests.support.repository import Repo

if TYPE_CHECKING:
    from pathlib import Path

PATH = "mkdocs.yml"
FILES: dict[str, str | bytes] = {
    "templates/own.css": "p {color: red}\n",
    "templates/logo.png": b"\x89PNG...",
}


def told(text: str) -> list[tuple[str, int, str]]:
    """Slug, line and key of what is said of the file; `build` refuses exactly what is told."""
    tree = tiny_with({**FILES, PATH: text})
    found = [each for each in check_tree(tree).findings if each.location.path == PATH]
    if found:
        with pytest.raises(QmsError):
            read_appearance(tree)
    else:
        read_appearance(tree)
    return [(each.slug, each.location.line, each.values.get("key", "")) for each in found]


@pytest.mark.parametrize(("text", "expected"), [
    ("plugins: [search]", ("unknown-key", 1, "plugins")),
    ("site_name: A\nhooks: [x.py]", ("unknown-key", 2, "hooks")),
    ("extra_javascript: [a.js]", ("unknown-key", 1, "extra_javascript")),
    ("markdown_extensions: [admonition]", ("unknown-key", 1, "markdown_extensions")),
    ("theme: {custom_dir: x}", ("unknown-key", 1, "custom_dir")),
    ("theme: {palette: {scheme: slate}}", ("unknown-key", 1, "scheme")),
    ("site_name: [A]", ("wrong-value", 1, "site_name")),
    ("site_name: {a: b}", ("wrong-value", 1, "site_name")),
    ("theme: material", ("wrong-value", 1, "theme")),
    ("theme: {name: readthedocs}", ("wrong-value", 1, "name")),
    ("theme: {palette: {primary: chàm}}", ("wrong-value", 1, "primary")),
    ("theme:\n  palette:\n    accent: '#ff0000'", ("wrong-value", 3, "accent")),
    ("extra_css: [templates/none.css]", ("wrong-value", 1, "extra_css")),
    ("extra_css: [own.css]", ("wrong-value", 1, "extra_css")),
    ("extra_css: [../own.css]", ("wrong-value", 1, "extra_css")),
    ("extra_css: [templates/../qms.yml]", ("wrong-value", 1, "extra_css")),
    ("extra_css: ['https://example.org/a.css']", ("wrong-value", 1, "extra_css")),
    ("extra_css: [templates/logo.png]", ("wrong-value", 1, "extra_css")),
    ("theme: {logo: templates/own.css}", ("wrong-value", 1, "logo")),
    ("theme: {favicon: templates/none.png}", ("wrong-value", 1, "favicon")),
])  # fmt: skip
def test_what_the_site_refuses(text: str, expected: tuple[str, int, str]) -> None:
    assert told(text) == [expected]


@pytest.mark.parametrize("text", ["site_name: [", "a: b: c", "\tsite_name: A", "site_name: 'A"])
def test_what_cannot_be_read(text: str) -> None:
    slugs = {slug for slug, _, _ in told(text)}
    assert slugs & {"broken-yaml", "tab-in-data"}


def test_a_tag_of_python_is_not_run_and_told() -> None:
    found = told("site_name: !!python/name:os.system")
    assert found
    assert {line for _, line, _ in found} == {1}


def test_too_large_a_sheet() -> None:
    sheet = {"templates/own.css": "/" * (LARGEST + 1)}
    tree = tiny_with({**sheet, PATH: "extra_css: [templates/own.css]\n"})
    assert [each.slug for each in check_tree(tree).findings if each.location.path == PATH] == [
        "wrong-value"
    ]


def test_everything_is_told_at_once() -> None:
    text = "plugins: [x]\ntheme: {palette: {primary: chàm}}\nextra_css: [x.css, y.css]\n"
    assert [line for _, line, _ in told(text)] == [1, 2, 3, 3]


@pytest.mark.parametrize("text", [
    "", "# chỉ là chú thích\n", "site_name: Sổ tay\n",
    "theme: {name: material, palette: {primary: teal}, logo: templates/logo.png}\n",
    "theme: {palette: {accent: amber}}\nextra_css: [templates/own.css]\n",
])  # fmt: skip
def test_what_fits_is_not_told(text: str) -> None:
    assert told(text) == []


def test_a_change_of_it_is_seen_and_blamed_on_who_made_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repo = Repo.make(tmp_path)
    repo.commit("all", {**tiny(), PATH: "plugins: [x]\n"})
    assert commit_tree(tmp_path, "HEAD").read_all([PATH]) == {PATH: b"plugins: [x]\n"}
    assert main(["check", "--root", str(tmp_path), "--since", "HEAD"]) == 0
    repo.write({PATH: "site_name: A\n"})
    assert main(["check", "--root", str(tmp_path)]) == 0
    repo.write({PATH: "hooks: [x]\n"})
    assert main(["check", "--root", str(tmp_path)]) == 1
    assert "mkdocs.yml:1:1" in capsys.readouterr().out


def test_what_fitted_is_not_read_again_and_a_file_that_changed_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = "theme: {logo: templates/logo.png}\nextra_css: [templates/own.css]\n"
    files = {**FILES, PATH: text}
    texts = {"qms.yml": b"", PATH: text.encode()}
    facts = KeptFacts(None, b"", b"", texts)
    assert appearance_problems(tiny_with(files), facts) == ()
    (fitted,) = facts.of_kinds("looks").values()
    with monkeypatch.context() as patched:
        patched.setattr(appearance, "try_appearance", None)
        assert appearance_problems(tiny_with(files), facts) == ()
    gone = tiny_with({path: data for path, data in files.items() if path != "templates/own.css"})
    (problem,) = appearance_problems(gone, facts)
    assert problem.violation.values["value"] == "templates/own.css"
    large = tiny_with({**files, "templates/logo.png": b"x" * (LARGEST + 1)})
    (problem,) = appearance_problems(large, facts)
    assert problem.violation.values["value"] == "templates/logo.png"
    assert facts.of_kinds("looks")["qms.yml"] == fitted
