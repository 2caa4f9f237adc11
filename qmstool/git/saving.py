"""Commit some files alone, and make tags: what people ask for in so many words (`--save`, `tag`).

What goes in: a repository, and paths within the manual's folder. Nothing else is committed: what
lies changed or staged beside them stays as it is, and so does what else lies changed in them, where
it is said which bytes are meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool import shell
from qmstool.git.absence import require_newest_commit
from qmstool.git.embedded import require_none_embedded
from qmstool.git.foreign import with_usual_signers, without_filters
from qmstool.git.pipes import require_no_pipes
from qmstool.git.uncommitted import ATTRIBUTES_OF, find_converted
from qmstool.i18n import QmsError, Text
from qmstool.process import git

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from qmstool.git.repository import Repository

FAILED = Text("git không làm được: {words}", "git could not do it: {words}")
NOBODY = Text(
    "Chưa lưu vào git: git chưa biết ai đang lưu. Chạy hai lệnh sau một lần, với tên và địa chỉ "
    "thư của bạn, rồi chạy: {command}\n"
    '  git config --global user.name "Họ và tên"\n'
    '  git config --global user.email "dia-chi@thu"',
    "Not committed to git: git does not know who is committing. Run these two lines once, with "
    "your own name and address, then run: {command}\n"
    '  git config --global user.name "Your name"\n'
    '  git config --global user.email "your@address"',
)
CONVERTED = Text(
    "Chưa lưu vào git: một thuộc tính trong .gitattributes hoặc .git/info/attributes khiến git giữ "
    "«{path}» với nội dung khác với tệp vừa ghi, nên bản sao khác của kho sẽ đọc khác đi. Tệp vẫn "
    "nằm trong thư mục. Hãy xem thuộc tính nào bằng {command}, bỏ nó đi rồi chạy lại.",
    "Not committed to git: by an attribute in .gitattributes or .git/info/attributes git would "
    "keep «{path}» with other bytes than were just written, and whoever makes a clone would read "
    "something else. The files stay in the folder. See which attribute it is by {command}, take "
    "it out and run again.",
)
STAGED = Text(
    "Chưa lưu vào git: «{path}» còn sửa đổi khác đã đưa vào vùng chờ (git add). Hãy lưu tệp ấy vào "
    "git, hoặc bỏ khỏi vùng chờ bằng {command}, rồi chạy lại.",
    "Not committed to git: other changes in «{path}» are staged (git add). Commit that file, or "
    "take it back by {command}, then run again.",
)


def begin_repository(folder: Path) -> None:
    """Make a folder a repository, unless one holds it. Raises QmsError with what git says."""
    require_none_embedded(folder)
    if git(folder, "rev-parse", "--git-dir").status != 0:
        _do(folder, "init", "--quiet", "--initial-branch=main")


def save(folder: Path, paths: Iterable[str], message: str) -> str:
    """Commit the files of some paths in a folder and nothing else; return the commit.

    Raises QmsError with what git says; where it does not know who commits, with what tells it. A
    program that the repository names is not run; a file that it is for is refused.
    """
    names = sorted(paths)
    require_no_pipes(folder)
    options = without_filters(folder, required=True)
    _do(folder, *options, "add", "--", *names)
    for path in find_converted(folder, names):
        git(folder, "reset", "--quiet", "--", *names)
        command = shell.join(*ATTRIBUTES_OF, "--", path)
        raise QmsError(CONVERTED.fill({"path": path, "command": command}))
    _require_somebody(folder, message)
    options += with_usual_signers(folder)
    _do(folder, *options, "commit", "--quiet", "--message", message, "--only", "--", *names)
    return _do(folder, "rev-parse", "HEAD")


def save_parts(
    repository: Repository, contents: Mapping[str, bytes], message: str, index: Path
) -> str:
    """Commit these bytes under some paths, whatever else their files hold; return the commit.

    `index`: a file that is nobody's, for git to work with. The files stay as they are. Raises
    QmsError with what git says, and where other bytes of such a file are staged.
    """
    folder = repository.folder
    require_no_pipes(folder)
    _require_somebody(folder, message)
    blobs = {
        path: _do(folder, "hash-object", "-w", "--stdin", stdin=data)
        for path, data in sorted(contents.items())
    }
    for path, blob in blobs.items():
        staged = _blob_in(folder, "", path)
        if staged not in {blob, _blob_in(folder, "HEAD", path)}:
            command = shell.join("git", "restore", "--staged", "--", path)
            raise QmsError(STAGED.fill({"path": path, "command": command}))
    _do(folder, "read-tree", "HEAD", index=index)
    for path, blob in blobs.items():
        entry = ("update-index", "--add", "--cacheinfo", f"100644,{blob},{repository.prefix}{path}")
        # First in the repository's own: broken off here it is as if somebody had staged it.
        _do(folder, *entry)
        _do(folder, *entry, index=index)
    options = (*without_filters(folder, required=False), *with_usual_signers(folder))
    _do(folder, *options, "commit", "--quiet", "--message", message, index=index)
    return _do(folder, "rev-parse", "HEAD")


def committed_bytes(repository: Repository, path: str) -> bytes:
    """Return what the newest commit holds at a path, b"" for nothing. Raises QmsError."""
    blob = _blob_in(repository.folder, "HEAD", path)
    if not blob:
        return b""
    done = git(repository.folder, "cat-file", "blob", blob)
    if done.status != 0:
        raise QmsError(FAILED.fill({"words": done.stderr.strip()}))
    return done.stdout


def _blob_in(folder: Path, revision: str, path: str) -> str:
    """Return the text at a path in a revision, in the index where that is ""; "" for none."""
    done = git(folder, "rev-parse", "--verify", "--quiet", f"{revision}:./{path}")
    return "" if done.status else done.stdout.decode("ascii").strip()


def _require_somebody(folder: Path, message: str) -> None:
    """Raise QmsError where git does not know who commits, with what tells it."""
    if git(folder, "var", "GIT_COMMITTER_IDENT").status != 0:
        command = shell.join("git", "commit", "-m", message.partition("\n")[0])
        raise QmsError(NOBODY.fill({"command": command}))


def make_tag(repository: Repository, name: str, commit: str) -> None:
    """Put a tag on a commit. Raises QmsError where one of that name stands on another.

    It is a name and no more: one that is signed would have a message, and an editor asks for that.
    """
    try:
        _do(repository.folder, "tag", "--no-sign", name, commit)
    except QmsError:  # another run may have put it there at the same moment
        place = f"refs/tags/{name}^{{commit}}"
        there = git(repository.folder, "rev-parse", "--verify", "--quiet", place)
        if there.stdout.decode("ascii").strip() != commit:
            raise


def _do(
    folder: Path, *arguments: str, stdin: bytes | None = None, index: Path | None = None
) -> str:
    done = git(folder, *arguments, stdin=stdin, index=index)
    if done.status != 0:
        require_newest_commit(folder)
        raise QmsError(FAILED.fill({"words": done.stderr.strip()}))
    return done.stdout.decode("utf-8", errors="replace").strip()
