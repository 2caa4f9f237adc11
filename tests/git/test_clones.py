"""Each clone that lacks something is told what, with the command that mends it; the command is run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from qmstool import process
from qmstool.digest import name_blob
from qmstool.git import library, log, objects, presence, saving, sizes
from qmstool.git import repository as git
from qmstool.git.absence import Absence, AbsenceError
from qmstool.i18n import QmsError
from qmstool.storage.pinned_tree import commit_tree
from tests.support import clones
from tests.support.machine import needs
from tests.support.repository import Repo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PATH = "procedures/qt.md"
as_root = pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root gives away")


@pytest.fixture(autouse=True)
def settled() -> Iterator[None]:
    """As the command line has it: no variable of the machine, so that GitPython answers."""
    with process.settled_environment():
        yield


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A document in three versions; of a fourth only a tag knows, and a branch that was merged."""
    repo = Repo.make(tmp_path / "kho")
    for number in (1, 2, 3):
        text = "".join(f"dòng {line} của bản {number}\n" for line in range(9))
        repo.commit(f"bản {number}", {PATH: text, "qms.yml": "x\n"})
    repo.git("checkout", "-q", "-b", "nhánh")
    repo.commit("bản 4", {PATH: "đã ký\n"})
    repo.git("tag", "release/0004")
    repo.git("checkout", "-q", "main")
    repo.git("branch", "-q", "-D", "nhánh")
    return repo


def blob(repo: Repo, revision: str = "main~2") -> str:
    return repo.git("rev-parse", f"{revision}:{PATH}")


def reason(folder: Path, ident: str) -> Absence:
    assert objects.read_blobs(folder, [ident]) == {}
    return presence.explain_missing(folder, {ident: PATH})[ident]


CUT = [
    (clones.shallow, "shallow"),
    (clones.shallow_without_remote, "shallow"),
    (clones.partial, "partial"),
    (clones.treeless, "partial"),
    (clones.shallow_and_partial, "shallow"),
]


@pytest.mark.parametrize(("make", "kind"), CUT)
def test_a_text_that_this_clone_lacks_is_elsewhere_until_the_command_is_run(
    repo: Repo, tmp_path: Path, make: Callable[[Repo, Path], Repo], kind: str
) -> None:
    made = make(repo, tmp_path / "bản sao")
    old = blob(repo)
    told = reason(made.folder, old)
    assert (told.kind, told.answer) == (kind, "elsewhere")
    clones.run_cure(told.text.en, made.folder, repo.folder, tmp_path)
    assert objects.read_blobs(made.folder, [old])[old].startswith("dòng 0 của bản 1".encode())
    kept = blob(repo, "release/0004")
    if objects.read_blobs(made.folder, [kept]) == {}:
        clones.run_cure(reason(made.folder, kept).text.vi, made.folder, repo.folder, tmp_path)
    assert objects.read_blobs(made.folder, [kept]) == {kept: "đã ký\n".encode()}
    found = git.find_repository(made.folder)
    assert len(log.read_history(git.require_history(found)).commits) == 3


def test_a_text_that_only_an_unfetched_tag_keeps(repo: Repo, tmp_path: Path) -> None:
    made = clones.narrow(repo, tmp_path / "hẹp")
    kept = blob(repo, "release/0004")
    told = reason(made.folder, kept)
    assert (told.kind, told.answer) == ("narrow", "elsewhere")
    clones.run_cure(told.text.vi, made.folder, repo.folder, tmp_path)
    assert objects.read_blobs(made.folder, [kept]) == {kept: "đã ký\n".encode()}


@pytest.mark.parametrize("make", [clones.borrowing, clones.borrowing_from_its_remote])
def test_borrowed_objects_that_are_gone_are_no_empty_repository(
    repo: Repo, tmp_path: Path, make: Callable[[Repo, Path], Repo]
) -> None:
    made = make(repo, tmp_path / "mượn")
    with pytest.raises(AbsenceError) as caught:
        git.find_repository(made.folder)
    assert caught.value.absence.kind == "alternate"
    clones.run_cure(caught.value.text.vi, made.folder, repo.folder, tmp_path)
    found = git.require_history(git.find_repository(made.folder))
    assert found.head == repo.git("rev-parse", "main")
    assert len(objects.read_blobs(made.folder, [blob(repo), blob(repo, "release/0004")])) == 2


@as_root
@pytest.mark.parametrize("below", ["", "procedures"])
def test_a_checkout_of_another_owner_names_the_absolute_folder_to_trust(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, below: str
) -> None:
    made = clones.of_another_owner(repo, tmp_path / "của người khác")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(made.folder)
    asked = Path(below or ".")
    with pytest.raises(AbsenceError) as caught:
        git.find_repository(asked)
    assert caught.value.absence.kind == "foreign-owner"
    assert f"safe.directory '{made.folder}'" in caught.value.text.vi
    with pytest.raises(AbsenceError):
        objects.read_blobs(asked, [blob(repo)])
    clones.run_cure(caught.value.text.vi, made.folder, repo.folder, tmp_path)
    assert isinstance(git.find_repository(asked), git.Repository)
    assert len(objects.read_blobs(asked, [blob(repo)])) == 1


def test_a_copy_without_git_is_told_to_clone_and_a_fresh_manual_to_begin(
    repo: Repo, tmp_path: Path
) -> None:
    repo.commit("đợt 1", {"releases/0001.yml": "x\n"})
    made = clones.without_git(repo, tmp_path / "giải nén")
    with pytest.raises(AbsenceError, match="git clone ADDRESS FOLDER") as caught:
        git.require_history(git.find_repository(made.folder))
    clones.run_cure(caught.value.text.vi, made.folder, repo.folder, tmp_path)
    again = git.require_history(git.find_repository(made.folder / "bản sao mới"))
    assert again.head == repo.git("rev-parse", "main")
    (tmp_path / "mới").mkdir()
    with pytest.raises(AbsenceError, match="git init") as caught:
        git.require_history(git.find_repository(tmp_path / "mới"))
    clones.run_cure(caught.value.text.vi, tmp_path / "mới", repo.folder, tmp_path)
    assert isinstance(git.find_repository(tmp_path / "mới"), git.Repository)


def test_what_no_clone_has_is_gone(repo: Repo, tmp_path: Path) -> None:
    unknown = "1234567890" * 4
    made = clones.whole(repo, tmp_path / "đủ")
    assert reason(made.folder, unknown).kind == "gone"
    lacking = clones.partial(repo, tmp_path / "thiếu")
    assert reason(lacking.folder, unknown).kind == "gone"


@pytest.mark.parametrize("left", [0, 20])  # bytes: not even its kind can be read, or its kind alone
def test_a_damaged_text_is_gone_and_no_pointer_of_git_lfs(repo: Repo, left: int) -> None:
    ident = name_blob(b"".join(b"%d\n" % number for number in range(999)))
    repo.commit("dài", {PATH: "".join(f"{number}\n" for number in range(999))})
    place = repo.folder / ".git/objects" / ident[:2] / ident[2:]
    data = place.read_bytes()
    place.chmod(0o644)
    place.write_bytes(data[:left] + bytes(len(data) - left))
    assert reason(repo.folder, ident).kind == "gone"


def test_of_a_repository_that_went_no_text_is_told_as_gone_or_never_committed(repo: Repo) -> None:
    """Its objects went while a command ran: what lies on disk was committed all the same."""
    before, first = found(repo), repo.git("rev-parse", "main~2")
    (repo.folder / ".git/objects").rename(repo.folder / ".git/away")
    (repo.folder / ".git/objects").mkdir()
    with pytest.raises(AbsenceError, match="git cannot read the repository"):
        presence.explain_missing(repo.folder, {name_blob(b"x\n"): "qms.yml"})
    with pytest.raises(AbsenceError, match="git cannot read the repository"):
        presence.explain_outside(repo.folder, [PATH])
    with pytest.raises(AbsenceError, match=r"git says: \S"):
        git.find_repository(repo.folder)
    with pytest.raises(AbsenceError, match="git cannot read the repository"):
        presence.find_uncommitted(before, [PATH])
    for asked in (git.is_commit, git.resolve_revision, git.objects_outside_head, git.committed_at):
        with pytest.raises(AbsenceError, match="git cannot read the repository"):
            asked(before, first)
    with pytest.raises(AbsenceError, match="git cannot read the repository"):
        commit_tree(repo.folder, first)
    with pytest.raises(AbsenceError, match="git cannot read the repository"):
        saving.make_tag(before, "release/0001", first)


def test_a_tag_that_another_run_has_just_put_on_the_same_commit_is_made(repo: Repo) -> None:
    first, second = repo.git("rev-parse", "main~2"), repo.git("rev-parse", "main~1")
    for _ in range(2):
        saving.make_tag(found(repo), "release/0001", first)
    with pytest.raises(QmsError, match="already exists"):
        saving.make_tag(found(repo), "release/0001", second)


# --- not in git at all ---------------------------------------------------------------------------


def outside(repo: Repo, path: str, data: str) -> Absence:
    repo.write({path: data})
    ident = name_blob(data.encode())
    assert objects.read_blobs(repo.folder, [ident]) == {}
    return presence.explain_missing(repo.folder, {ident: path})[ident]


@pytest.mark.parametrize(("path", "kind"), [
    ("procedures/chưa lưu.md", "untracked"),
    ("procedures/bỏ qua.bak.md", "ignored"),
    (PATH, "changed"),
])  # fmt: skip
def test_what_is_on_disk_alone_was_never_in_git(
    repo: Repo, tmp_path: Path, path: str, kind: str
) -> None:
    repo.commit("bỏ qua", {".gitignore": "*.bak.md\n"})
    told = outside(repo, path, "chỉ trên đĩa\n") if path != PATH else None
    if told is None:
        repo.write({PATH: "sửa mà chưa lưu\n"})
        listed = presence.find_uncommitted(found(repo), [PATH])
        assert list(listed) == [PATH]
        told = listed[PATH]
    assert told.kind == kind
    assert told.answer == "outside"
    clones.run_cure(told.text.en, repo.folder, repo.folder, tmp_path)
    data = (repo.folder / path).read_bytes()
    assert objects.read_blobs(repo.folder, [name_blob(data)])
    assert presence.find_uncommitted(found(repo), [path]) == {}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_under_its_name_holds_no_text_that_is_gone(repo: Repo) -> None:
    """Nor the empty one, whose id any file of nothing has."""
    repo.commit("một", {"a.md": "a\n"})
    os.mkfifo(repo.folder / "b.md")
    ident = name_blob(b"")
    assert presence.explain_missing(repo.folder, {ident: "b.md"})[ident].kind == "gone"


def found(repo: Repo) -> git.Repository:
    return git.require_history(git.find_repository(repo.folder))


@pytest.mark.parametrize("how", ["submodule", "embedded", "not yet there"])
def test_a_file_in_a_sub_module_is_not_in_the_manuals_repository(
    repo: Repo, tmp_path: Path, how: str
) -> None:
    other = Repo.make(tmp_path / "kho con")
    other.commit("một", {"qt-chung.md": "chung\n"})
    name, path = "procedures/dùng chung", "procedures/dùng chung/qt-chung.md"
    if how == "embedded":
        shutil.copytree(other.folder, repo.folder / name)
    else:
        allowed = ("-c", "protocol.file.allow=always", "submodule")
        repo.git(*allowed, "add", "-q", str(other.folder), name)
        repo.git("commit", "-q", "-m", "kho con")
    if how == "not yet there":
        repo.git("submodule", "deinit", "-q", "--all")
        told = presence.explain_missing(repo.folder, {name_blob(b"chung\n"): path})
        assert [reason.command for reason in told.values()] == [
            "git submodule update --init 'procedures/dùng chung'"
        ]
        return
    told_one = outside(repo, path, "chung\n")
    assert (told_one.kind, told_one.answer) == ("submodule", "outside")
    clones.run_cure(told_one.text.vi, repo.folder, repo.folder, tmp_path)
    assert objects.read_blobs(repo.folder, [name_blob(b"chung\n")])


# --- pointers of Git LFS -------------------------------------------------------------------------

CONTENT = b"\x00\x01 n\xe1\xbb\x99i dung th\xe1\xba\xadt\n" * 9


def pointer(content: bytes) -> tuple[str, str]:
    import hashlib

    digest = hashlib.sha256(content).hexdigest()
    head = "version https://git-lfs.github.com/spec/v1\n"
    return digest, f"{head}oid sha256:{digest}\nsize {len(content)}\n"


def test_a_pointer_is_followed_to_its_content_and_told_where_that_is_not_here(repo: Repo) -> None:
    digest, text = pointer(CONTENT)
    repo.commit("biểu mẫu lớn", {"procedures/bm.docx": text})
    ident = repo.git("rev-parse", "HEAD:procedures/bm.docx")
    told = reason(repo.folder, ident)
    assert (told.kind, told.answer) == ("pointer", "elsewhere")
    assert told.command == "git lfs fetch --all && git lfs checkout"
    repo.write({f".git/lfs/objects/{digest[:2]}/{digest[2:4]}/{digest}": CONTENT})
    assert objects.read_blobs(repo.folder, [ident]) == {ident: CONTENT}
    assert commit_tree(repo.folder, "HEAD").read("procedures/bm.docx") == CONTENT
    repo.write({f".git/lfs/objects/{digest[:2]}/{digest[2:4]}/{digest}": CONTENT + b"x"})
    assert objects.read_blobs(repo.folder, [ident]) == {}


@needs("git-lfs")
def test_the_contents_of_a_clone_with_pointers_come_by_the_command(tmp_path: Path) -> None:
    repo = Repo.make(tmp_path / "kho")
    repo.git("lfs", "install", "--local")
    repo.commit(
        "lớn", {".gitattributes": "*.docx filter=lfs -text\n", "procedures/a.docx": CONTENT}
    )
    repo.commit("nhỏ", {"procedures/a.docx": CONTENT * 2})
    repo.git("clone", "-q", str(repo.folder), str(tmp_path / "sao"))
    made = Repo(tmp_path / "sao", 99)
    made.git("lfs", "install", "--local", "--skip-smudge")
    for revision, content in (("HEAD", CONTENT * 2), ("HEAD~1", CONTENT)):
        ident = made.git("rev-parse", f"{revision}:procedures/a.docx")
        held = objects.read_blobs(made.folder, [ident])
        if held == {}:
            clones.run_cure(reason(made.folder, ident).text.en, made.folder, repo.folder, tmp_path)
        assert objects.read_blobs(made.folder, [ident]) == {ident: content}


# --- nothing is fetched --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "lifted", ["protocol.allow", "protocol.file.allow", "extensions.partialClone"]
)
def test_what_a_partial_clone_lacks_is_never_fetched(
    repo: Repo, tmp_path: Path, lifted: str
) -> None:
    repo.write({PATH: (repo.folder / PATH).read_text(encoding="utf-8") + "một dòng nữa\n"})
    repo.move(PATH, "procedures/tên khác.md")
    repo.commit("dời và sửa")
    repo.move("procedures/tên khác.md", PATH)
    repo.commit("dời lại")
    made = clones.partial(repo, tmp_path / "thiếu")
    made.git("config", lifted, "origin" if lifted.startswith("ext") else "always")
    counted = ("cat-file", "--batch-all-objects", "--batch-check")
    before = made.git(*counted)
    present, absent = blob(repo, "main"), blob(repo, "main~4")
    assert set(objects.read_blobs(made.folder, [absent, present])) == {present}
    with pytest.raises(AbsenceError, match="partial"):
        log.read_history(git.require_history(git.find_repository(made.folder)))
    with pytest.raises(AbsenceError, match="partial"):
        commit_tree(made.folder, "main~4").read(PATH)
    assert made.git(*counted) == before


def test_no_process_of_git_is_left(repo: Repo) -> None:
    def children() -> str:
        command = ["ps", "--no-headers", "-o", "comm", "--ppid", str(os.getpid())]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout

    commit_tree(repo.folder, "HEAD").read(PATH)
    objects.read_blobs(repo.folder, [blob(repo)])
    git.find_repository(repo.folder)
    git.list_tags(found(repo), "release/*")
    assert "git" not in children()


# --- what is too large to be read


def reader_of(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """GitPython, or plain git where it cannot."""
    if kind == "git":

        def refuse(_: Path) -> object:
            raise library.LibraryError("as if it could not")

        monkeypatch.setattr(library, "opened", refuse)


@pytest.mark.parametrize("reader", ["library", "git"])
def test_a_large_blob_is_told_as_that_and_never_read_in_part(
    repo: Repo, reader: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The very size that is refused on disk is refused out of git; its neighbours are read."""
    reader_of(reader, monkeypatch)
    monkeypatch.setattr(sizes, "MAX_FILE_BYTES", 1000)
    files = {
        "procedures/a.bin": b"a" * 1001,
        "procedures/b.bin": b"b" * 1000,
        "procedures/c.md": b"c",
    }
    repo.commit("ảnh quét", dict(files))
    ids = {name_blob(data): path for path, data in files.items()}
    large, just, small = ids
    assert objects.read_blobs(repo.folder, ids) == {just: b"b" * 1000, small: b"c"}
    told = presence.explain_missing(repo.folder, {large: "procedures/a.bin"})[large]
    assert (told.kind, told.answer, told.command) == ("too-large", "outside", "")
    with pytest.raises(AbsenceError, match=r"procedures/a\.bin.*MB"):
        presence.require_blobs(repo.folder, ids)
    with pytest.raises(AbsenceError, match=r"procedures/a\.bin.*MB"):
        commit_tree(repo.folder, "HEAD").read_all(["procedures/a.bin", "procedures/c.md"])


def test_a_large_content_behind_a_pointer_is_not_read(
    repo: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sizes, "MAX_FILE_BYTES", 150)
    digest, text = pointer(CONTENT)
    repo.commit("biểu mẫu lớn", {"procedures/bm.docx": text})
    ident = repo.git("rev-parse", "HEAD:procedures/bm.docx")
    repo.write({f".git/lfs/objects/{digest[:2]}/{digest[2:4]}/{digest}": CONTENT})
    assert objects.read_blobs(repo.folder, [ident]) == {}


@pytest.mark.skipif(sys.platform != "linux", reason="other disks take text only")
def test_a_name_that_no_command_can_say_is_to_be_changed(repo: Repo) -> None:
    Path(os.fsdecode(os.fsencode(repo.folder) + b"/manual-\xe9.md")).write_text("x", "utf-8")
    (told,) = presence.find_uncommitted(
        git.require_history(git.find_repository(repo.folder)),
        ["manual-\N{REPLACEMENT CHARACTER}.md"],
    ).values()
    assert (told.kind, told.command) == ("nameless", "")
