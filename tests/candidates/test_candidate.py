"""From a commit to a candidate to a release, in a real repository; numbers by every policy."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from qmstool.candidates import candidate
from qmstool.candidates import recording as record
from qmstool.candidates.drafting import Overrides
from qmstool.candidates.recording import Instrument, Proof, Recording, SignedInstrument
from qmstool.frozen import replace
from qmstool.git import log, objects
from qmstool.git import repository as git
from qmstool.i18n import QmsError
from qmstool.manual.candidates import candidate_path
from qmstool.manual.loading.candidates import read_candidate
from qmstool.manual.loading.loader import load
from qmstool.manual.values import Unknown
from qmstool.parsing.source import SourceFile
from qmstool.register.candidates import submitted_documents
from qmstool.releases import record as release
from qmstool.releases.numbering import Number, is_forward, next_number
from qmstool.storage import pinned_tree
from tests.support.baseline import baseline_text
from tests.support.memory import PROCEDURE, files
from tests.support.repository import Repo

if TYPE_CHECKING:
    from pathlib import Path

    from qmstool.manual.candidates import Candidate
    from qmstool.manual.model import Manual

SIGNED = Instrument(
    kind="decision",
    number="12/QĐ-SVD",
    date=date(2024, 3, 1),
    person="Nguyễn Thị Giám Đốc",
    role="giam-doc",
    capacity="",
    effective=date(2024, 3, 15),
)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    made = Repo.make(tmp_path / "kho")
    base = files()
    made.commit("Bản đầu", base.files)
    made.commit(
        "Ghi nhận bản tiếp nhận",
        {"releases/0001.yml": baseline_text(base)},
    )
    return made


def at(repo: Repo, revision: str = "HEAD") -> tuple[Manual, pinned_tree.PinnedTree, str]:
    found = git.require_history(git.find_repository(repo.folder))
    commit = git.resolve_revision(found, revision)
    pinned = pinned_tree.commit_tree(repo.folder, commit)
    return load(pinned), pinned, commit


def prepare(repo: Repo, wish: Overrides | None = None, key: str = "dot-2") -> str:
    manual, pinned, commit = at(repo)
    history = log.read_history(git.require_history(git.find_repository(repo.folder)))
    label = candidate.CandidateHeader(key, "Đợt 2", commit, date(2024, 2, 20), "t")
    return candidate.prepare_candidate(manual, pinned, label, overrides=wish, history=history)


def read(text: str, key: str = "dot-2") -> Candidate:
    found, problems = read_candidate(SourceFile(candidate_path(key), text.encode()))
    assert problems == []
    return found


def items(text: str) -> list[tuple[str, ...]]:
    return [(each.code, each.act, each.issue, each.revision) for each in read(text).items]


def recorded(
    repo: Repo,
    text: str,
    instrument: Instrument = SIGNED,
    proofs: tuple[Proof, ...] = (),
    mends: tuple[int, ...] = (),
) -> tuple[str, str]:
    manual, pinned, _ = at(repo)
    held = {path: pinned.read(path) for path in pinned.list() if path.startswith("releases/0")}
    recording = Recording("van-thu", date(2024, 3, 20), "t", mends)
    return record.record_release(
        read(text),
        text.encode(),
        held,
        manual.releases,
        SignedInstrument(instrument, proofs),
        recording,
    )


def test_nothing_changed_is_nothing_to_sign(repo: Repo) -> None:
    with pytest.raises(QmsError, match="nothing to sign"):
        prepare(repo)


def test_new_changed_and_gone_with_summary_and_reason(repo: Repo) -> None:
    repo.commit(
        "x\n\nChange: mục 5.2 gọn hơn\nReason: phiếu 7",
        {"procedures/qt-a-01.md": PROCEDURE + "Thêm.\n"},
    )
    repo.commit(
        "y\n\nChange: thêm ví dụ\nReason: phiếu 7",
        {"procedures/qt-a-01.md": PROCEDURE + "Thêm ví dụ.\n"},
    )
    repo.commit(
        "z",
        {
            "procedures/qt-a-02.md": PROCEDURE.replace("QT A 01", "QT A 02")
            .replace("names", "note")
            .replace("[", "")
            .replace("]", "")
        },
    )
    text = prepare(repo)
    assert items(text) == [
        ("QT A 01", "revise", "unknown", "unknown"),
        ("QT A 02", "new", "1", "0"),
    ]
    first = read(text).items[0]
    assert (first.summary, first.reason) == (
        "mục 5.2 gọn hơn; thêm ví dụ",
        "phiếu 7",
    )
    (repo.folder / "procedures/qt-a-01.md").unlink()
    repo.commit("bỏ")
    with pytest.raises(QmsError, match=r"QT A 01: in force .* git show"):
        prepare(repo)
    assert items(prepare(repo, Overrides(acts={"qt-a-01": "withdraw"}))) == [
        ("QT A 02", "new", "1", "0"),
        ("QT A 01", "withdraw", "unknown", "unknown"),
    ]


def test_a_summary_from_a_branch_that_was_open_over_a_release(repo: Repo) -> None:
    repo.git("checkout", "-q", "-b", "nhánh")
    repo.commit(
        "sớm\n\nChange: viết trước, nhập sau", {"procedures/qt-a-01.md": PROCEDURE + "Cuối.\n"}
    )
    repo.git("checkout", "-q", "main")
    repo.commit(
        "sửa\n\nChange: đã ban hành",
        {"procedures/qt-a-01.md": PROCEDURE.replace("5. Nội dung", "5. Các bước")},
    )
    path, text = recorded(repo, prepare(repo, Overrides(numbers={"qt-a-01": Number("1", "1")})))
    repo.commit("ghi nhận", {path: text})
    repo.git("merge", "-q", "--no-ff", "-m", "nhập", "nhánh")
    (item,) = read(prepare(repo)).items
    assert item.summary == "viết trước, nhập sau"


def test_a_pure_move_is_no_change(repo: Repo) -> None:
    repo.move("procedures/qt-a-01.md", "procedures/a/qt-a-01.md")
    repo.commit("dời")
    with pytest.raises(QmsError):
        prepare(repo)


def test_only_some_documents_and_acts_and_numbers_said(repo: Repo) -> None:
    repo.commit(
        "x",
        {
            "procedures/qt-a-01.md": PROCEDURE + "Thêm.\n",
            "manual/1/4.1.md": "# 4.1. Bối cảnh\n\nKhác.\n",
        },
    )
    wish = Overrides(frozenset({"qt-a-01"}), {"qt-a-01": "correct"}, {"qt-a-01": Number("2", "5")})
    assert items(prepare(repo, wish)) == [("QT A 01", "correct", "2", "5")]


def test_the_candidate_is_recorded_and_not_the_tip(repo: Repo) -> None:
    repo.commit("x", {"procedures/qt-a-01.md": PROCEDURE + "Bản trình ký.\n"})
    text = prepare(repo, Overrides(numbers={"qt-a-01": Number("1", "1")}))
    repo.commit("lập hồ sơ", {candidate_path("dot-2"): text})
    repo.commit(
        "main đi tiếp",
        {
            "procedures/qt-a-01.md": PROCEDURE + "Bản khác.\n",
            "qms.yml": files().files["qms.yml"] + b"# sau\n",
        },
    )
    assert submitted_documents(at(repo)[0]) == {"qt-a-01"}
    path, made = recorded(
        repo, text, proofs=(Proof("paper", reference="văn thư", original="tủ A"),)
    )
    assert path == "releases/0002.yml"
    repo.commit("ghi nhận", {path: made})
    manual, _, _ = at(repo)
    assert submitted_documents(manual) == frozenset()
    assert [each for each in manual.problems if each.violation.location.path == path] == []
    last = manual.releases[-1]
    (item,) = last.items
    held = objects.read_blobs(repo.folder, [item.files[0].blob])[item.files[0].blob]
    assert held.decode() == PROCEDURE + "Bản trình ký.\n"
    assert release.digest_parts([held], []) == item.digest
    assert last.previous == release.sha256((repo.folder / "releases/0001.yml").read_bytes())
    assert [each.kind for each in last.evidence] == ["paper", "candidate"]
    frozen = repo.git("rev-parse", "HEAD~2:qms.yml")
    assert next(pin.blob for pin in last.basis if pin.path == "qms.yml") == frozen
    assert (last.effective, last.recorded) == (date(2024, 3, 15), date(2024, 3, 20))


def test_the_effective_date_is_needed(repo: Repo) -> None:
    repo.commit("x", {"procedures/qt-a-01.md": PROCEDURE + "Thêm.\n"})
    with pytest.raises(QmsError, match="effective date"):
        recorded(repo, prepare(repo), replace(SIGNED, effective=Unknown.UNKNOWN))


def test_two_candidates_at_once_cannot_bear_one_number(repo: Repo) -> None:
    wish = Overrides(numbers={"qt-a-01": Number("1", "1")})
    repo.commit("x", {"procedures/qt-a-01.md": PROCEDURE + "Một.\n"})
    one = prepare(repo, wish)
    repo.commit("y", {"procedures/qt-a-01.md": PROCEDURE + "Hai.\n"})
    two = prepare(repo, wish)
    path, text = recorded(repo, one)
    repo.commit("ghi nhận", {path: text})
    with pytest.raises(QmsError, match="given to another text in release 2"):
        recorded(repo, two)


def test_a_record_that_is_not_there_cannot_be_mended(repo: Repo) -> None:
    repo.commit("x", {"procedures/qt-a-01.md": PROCEDURE + "Một.\n"})
    with pytest.raises(QmsError, match="Release 9 is not recorded"):
        recorded(repo, prepare(repo), mends=(9,))
    path, text = recorded(repo, prepare(repo), mends=(1,))
    repo.commit("ghi nhận", {path: text})
    manual, _, _ = at(repo)
    assert [mended.count for mended in manual.releases[-1].mends] == [1]


@pytest.mark.parametrize(
    ("policy", "previous", "act", "expected"),
    [
        ("issue-revision", None, "new", ("1", "0")),
        ("issue-revision", ("1", "0"), "revise", ("1", "1")),
        ("issue-revision", ("02", "09"), "correct", ("02", "10")),
        ("issue-revision", ("1", "3"), "reissue", ("2", "0")),
        ("issue-revision", ("1", "3"), "new", ("2", "0")),
        ("issue-revision", ("1", "3"), "withdraw", ("1", "3")),
        ("issue-revision", ("unknown", "unknown"), "revise", ("unknown", "unknown")),
        ("issue-revision", ("unknown", "2"), "reissue", ("unknown", "0")),
        ("revision", None, "new", ("-", "0")),
        ("revision", ("-", "7"), "reissue", ("-", "8")),
        ("major-minor", ("2", "1"), "revise", ("2", "2")),
        ("in-code", None, "new", ("-", "-")),
    ],
)
def test_numbers(
    policy: str, previous: tuple[str, str] | None, act: str, expected: tuple[str, str]
) -> None:
    assert next_number(policy, Number(*previous) if previous else None, act) == Number(*expected)


@pytest.mark.parametrize("policy", ["issue-revision", "revision", "major-minor"])
@pytest.mark.parametrize("act", ["revise", "reissue", "correct", "new"])
def test_numbers_go_forward_only(policy: str, act: str) -> None:
    previous = next_number(policy, None, "new")
    assert is_forward(previous, next_number(policy, previous, act))
    assert not is_forward(next_number(policy, previous, act), previous)
