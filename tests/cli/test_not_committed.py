"""A record that is altered in the folder, sealed anew with the right key, and not committed."""

from __future__ import annotations

import contextlib
import io
from typing import TYPE_CHECKING

import pytest

from qmstool.cli.commands import build
from qmstool.cli.main import main
from qmstool.verify import evidence
from tests.support.cli import forgery
from tests.support.cli.forgery import (
    R1,
    R3,
    R4,
    AuditResult,
    ForgeryStep,
    SignedManual,
    commit,
    edit,
    from_the_start,
    git,
    in_sequence,
    place_after,
    remove,
    run_check,
    run_verify,
)
from tests.support.machine import needs

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = needs("ssh-keygen")

COMPARED = evidence.blobs_that_differ
TITLE, LINK = "title: Ban hành ", "\nprevious: "
# What is done, and the records that are told with the words before the first that differs.
ALTERED: dict[str, tuple[ForgeryStep, dict[str, str]]] = {
    "the newest": (from_the_start(4, edit(R4, "^(title: Ban hành) .*", r"\1 khác")), {R4: TITLE}),
    "one before, and the chain after it": (
        from_the_start(3, edit(R3, "^(title: Ban hành) .*", r"\1 khác")), {R3: TITLE, R4: LINK},
    ),
    "one that is staged": (
        in_sequence(from_the_start(4, edit(R4, "^(title: Ban hành) .*", r"\1 khác")), git("add", "-A")), {R4: TITLE},
    ),
}  # fmt: skip


@pytest.fixture
def kept(template: SignedManual, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SignedManual:
    monkeypatch.setattr(evidence, "blobs_that_differ", COMPARED)
    return template.copy(tmp_path / "kho")


@pytest.mark.parametrize("name", ALTERED)
def test_it_is_told_by_what_git_holds_before_and_after_it_is_committed(
    kept: SignedManual, name: str
) -> None:
    step, places = ALTERED[name]
    step(kept)
    told = {("release-rewritten", place_after(path, words)(kept)) for path, words in places.items()}
    before, checked = run_verify(kept), run_check(kept)
    assert (before.told, before.status, before.outcomes["whole"]) == (told, 1, "no")
    assert {("QMS407", place) for _, place in told} <= checked.told
    commit(kept)
    assert run_verify(kept).told == told


def test_what_is_still_being_written_and_what_differs_for_a_machine_alone_is_silent(
    kept: SignedManual,
) -> None:
    """A record that no commit holds; line ends of Windows; a shallow clone has no history to ask."""
    honest = silent(kept)
    text = kept.read(R4)
    kept.repo.git("reset", "-q", "HEAD~1")
    kept.repo.write({R4: text.replace("Ban hành đợt 4", "Ban hành lần bốn")})
    assert "release-rewritten" not in slugs(run_verify(kept))
    kept.repo.git("reset", "-q", "--hard", "ORIG_HEAD")
    assert silent(kept) == honest
    kept.repo.git("config", "core.autocrlf", "true")
    remove(R1)(kept)
    kept.repo.git("checkout", "-q", "--", R1)
    assert b"\r\n" in (kept.folder / R1).read_bytes()
    assert "release-rewritten" not in slugs(run_verify(kept))


def test_another_mode_of_the_same_bytes_is_no_other_record(kept: SignedManual) -> None:
    """A disk that knows no modes, or a `chmod` too many, alters nothing that was recorded."""
    (kept.folder / R3).chmod(0o755)
    kept.repo.git("update-index", "--chmod=+x", R3)
    commit(kept)
    silent(kept)
    edit(R3, "^(title: Ban hành) .*", r"\1 khác")(kept)
    commit(kept)
    assert "release-rewritten" in slugs(run_verify(kept))


def silent(kept: SignedManual) -> AuditResult:
    found = run_verify(kept)
    assert found.told == set()
    return found


def slugs(found: AuditResult) -> set[str]:
    return {slug for slug, _ in found.told}


def test_the_message_says_how_to_get_it_back(kept: SignedManual) -> None:
    edit(R4, "^(title: Ban hành) .*", r"\1 khác")(kept)
    _, out = forgery.run_command("verify", "--root", str(kept.folder), "--lang", "en")
    assert f"git checkout HEAD -- {R4}" in " ".join(out.split())


ASKED = (
    ("as-of", "2024-05-02"),
    ("register", "internal", "--as-of", "2024-05-02"),
    ("history", "QT VP 01"),
    ("diff", "QT VP 01", "1", "2"),
    ("distribution",),
    ("export", "pdf", "QT VP 01", "--as-of", "2024-05-02"),
    ("trail",),
    ("opinions",),
    ("handover", "le-thi-mau"),
)
WRITING = ("release", "prepare", "dot-5", "--title", "Đợt 5")


@pytest.mark.parametrize("words", ASKED, ids=[words[0] for words in ASKED])
def test_whoever_answers_by_an_altered_record_says_so_once(
    kept: SignedManual, tmp_path: Path, words: tuple[str, ...]
) -> None:
    more = ("--output", str(tmp_path / "out"), "--root", str(kept.folder), "--lang", "en")
    note = "differ from what git last committed"
    assert note not in told(*words, *more)
    edit(R3, "^(title: Ban hành) .*", r"\1 khác")(kept)
    said = told(*words, *more)
    assert said.count(note) == 1
    assert f"git checkout HEAD -- {R3}" in said


def test_whoever_prepares_a_release_beside_an_altered_record_is_told(kept: SignedManual) -> None:
    """As a sparse checkout leaves one out, of which git says nothing."""
    path = "procedures/qt-vp-02.md"
    kept.repo.commit("Sửa\n\nReason: phiếu 11", {path: kept.read(path) + "\nThêm.\n"})
    kept.repo.git("update-index", "--skip-worktree", "--", R3)
    remove(R3)(kept)
    assert kept.repo.git("status", "--porcelain", "--untracked-files=no") == ""
    said = told(*WRITING, "--root", str(kept.folder), "--lang", "en")
    assert said.count(f"«{R3}» first") == 1


def test_on_a_branch_without_a_commit_nothing_can_be_prepared(
    kept: SignedManual, capsys: pytest.CaptureFixture[str]
) -> None:
    kept.repo.git("checkout", "-q", "--orphan", "khác")
    assert main([*WRITING, "--root", str(kept.folder), "--lang", "en"]) == 2
    assert "Nothing was committed to the repository yet" in capsys.readouterr().err


def test_a_record_that_an_attribute_converts_is_not_to_be_checked_out_again(
    kept: SignedManual,
) -> None:
    """Git would write it as it is once more."""
    kept.repo.write({".git/info/attributes": "releases/*.yml working-tree-encoding=UTF-16\n"})
    remove(R3)(kept)
    kept.repo.git("checkout", "-q", "--", R3)
    assert kept.repo.git("status", "--porcelain", "--untracked-files=no") == ""
    said = told("as-of", "2024-05-02", "--root", str(kept.folder), "--lang", "en")
    assert "git checkout" not in said
    assert f"working-tree-encoding filter text eol -- {R3}" in said
    _, out = forgery.run_command("verify", "--root", str(kept.folder), "--lang", "en")
    assert f"git check-attr -a -- {R3}" in " ".join(out.split())


def test_one_line_brings_all_altered_records_back(kept: SignedManual) -> None:
    for path in (R1, R3):
        edit(path, "^(title:) .*", r"\1 khác")(kept)
    asked = ("as-of", "2024-05-02", "--root", str(kept.folder), "--lang", "en")
    assert f"git checkout HEAD -- {R1} {R3}" in told(*asked)
    kept.repo.git("checkout", "HEAD", "--", R1, R3)
    assert "git last committed" not in told(*asked)


def test_a_record_that_is_gone_is_told_and_one_that_is_new_or_of_windows_is_not(
    kept: SignedManual,
) -> None:
    asked = ("as-of", "2024-05-02", "--root", str(kept.folder), "--lang", "en")
    kept.repo.git("config", "core.autocrlf", "true")
    remove(R1)(kept)
    kept.repo.git("checkout", "-q", "--", R1)
    assert b"\r\n" in (kept.folder / R1).read_bytes()
    kept.repo.git("reset", "-q", "HEAD~1")
    assert "git last committed" not in told(*asked)
    remove(R1)(kept)
    assert "«releases/0001.yml» first" in told(*asked)


def test_a_site_is_not_built_of_altered_records_without_a_word(
    kept: SignedManual, monkeypatch: pytest.MonkeyPatch
) -> None:
    class NotBuiltHereError(Exception):
        """The pages are none of this test's."""

    def stop(*_: object, **__: object) -> None:
        raise NotBuiltHereError

    monkeypatch.setattr(build, "build_site", stop)
    edit(R3, "^(title: Ban hành) .*", r"\1 khác")(kept)
    said = io.StringIO()
    with contextlib.redirect_stderr(said), pytest.raises(NotBuiltHereError):
        main(["build", "--draft", "--root", str(kept.folder), "--lang", "en"])
    assert f"«{R3}» first" in said.getvalue()


def told(*words: str) -> str:
    """What a command says beside its answer."""
    said = io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(io.StringIO()):
        assert main(list(words)) == 0
    return said.getvalue()
