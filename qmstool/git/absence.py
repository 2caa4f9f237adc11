"""Say why git cannot give what it was asked for, and which command mends exactly that.

Not to be here is not to be lost. A text may be missing in this clone alone: its history was cut
off, texts were left out, the objects lie in a folder that has gone, the files came without their
repository, or git does not trust their owner. It may never have been in git. Only what is none of
these is gone.
"""

from __future__ import annotations

import os
import re
import shlex
from typing import TYPE_CHECKING, Literal

from qmstool import process, shell
from qmstool.frozen import dataclass
from qmstool.git.names import real_path
from qmstool.i18n import QmsError, Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

MOST_NAMED = 3
Answer = Literal["elsewhere", "outside", "gone"]
AbsenceKind = Literal[
    "shallow", "partial", "narrow", "alternate", "no-repository", "copied", "bare", "foreign-owner",
    "refused", "pointer", "ignored", "untracked", "changed", "passed-over", "converted", "nameless",
    "submodule", "too-large", "gone",
]  # fmt: skip
_OUTSIDE = frozenset(
    {
        "ignored", "untracked", "changed", "passed-over", "converted", "nameless", "submodule",
        "too-large",
    }
)  # fmt: skip
_ALL_BRANCHES = "+refs/heads/*:refs/remotes/{remote}/*"
_TRUSTED = re.compile(r"safe\.directory (.+)")

_RUN = Text("{why} Hãy chạy: {command}", "{why} Run: {command}")
_WHY: dict[AbsenceKind, Text] = {
    "shallow": Text(
        "Bản sao này của kho chỉ có phần cuối của lịch sử (shallow).",
        "This clone of the repository is shallow: its history was cut off.",
    ),
    "partial": Text(
        "Bản sao này của kho thiếu nội dung của các phiên bản cũ (partial clone), và qmstool "
        "không tự tải từ mạng về.",
        "This clone of the repository is partial: it lacks texts of older versions, and qmstool "
        "fetches nothing by itself.",
    ),
    "narrow": Text(
        "Bản sao này của kho chỉ lấy một số nhánh, hoặc không lấy các thẻ (tag); nội dung cần "
        "đọc không nằm trong phần đã lấy.",
        "This clone of the repository has only some branches, or no tags; the text is not in what "
        "was cloned.",
    ),
    "alternate": Text(
        "Bản sao này mượn dữ liệu của kho khác ở «{folder}», mà thư mục ấy không còn ở đó.",
        "This clone borrows its objects from the folder «{folder}», which is no longer there.",
    ),
    "no-repository": Text(
        "Thư mục «{folder}» không nằm trong kho git nào: đây là bản chép không kèm lịch sử.",
        "No git repository holds the folder «{folder}»: it is a copy without its history.",
    ),
    "copied": Text(
        "Không có kho git ở đây nên không đọc được nội dung đã ban hành.",
        "There is no git repository here, so released texts cannot be read.",
    ),
    "bare": Text(
        "«{folder}» là kho trần (bare): chỉ có lịch sử, không có tệp nào để đọc hay ghi.",
        "«{folder}» is a bare repository: it has a history, and no files to read or write.",
    ),
    "foreign-owner": Text(
        "git không đọc kho này vì chủ sở hữu thư mục «{folder}» là người khác.",
        "git does not read this repository: somebody else owns the folder «{folder}».",
    ),
    "refused": Text(
        "git không đọc được kho ở «{folder}», có thể thư mục .git bị hỏng. Hãy sao chép phần đang "
        "soạn dở ra chỗ khác, rồi lấy một bản sao mới của kho (git clone). git báo: {words}",
        "git cannot read the repository in «{folder}»; its .git may be damaged. Copy what you have "
        "not handed in to another place, and get a fresh copy (git clone). git says: {words}",
    ),
    "pointer": Text(
        "Trong kho chỉ có con trỏ Git LFS của tệp này; nội dung chưa được tải về.",
        "The repository has only the Git LFS pointer of this file; its content is not here.",
    ),
    "ignored": Text(
        "Tệp này không nằm trong git vì .gitignore bỏ qua nó.",
        "This file is not in git: .gitignore leaves it out.",
    ),
    "untracked": Text(
        "Tệp này có trên đĩa nhưng chưa được lưu vào git.",
        "This file is on disk, but not committed to git.",
    ),
    "changed": Text(
        "Tệp này đã đổi so với bản đã lưu vào git.",
        "This file is not as it is committed to git.",
    ),
    "passed-over": Text(
        "Tệp này đã đổi so với bản đã lưu vào git, mà git được dặn coi như không đổi "
        "(assume-unchanged, skip-worktree).",
        "This file is not as it is committed to git, and git was told to take it for unchanged "
        "(assume-unchanged, skip-worktree).",
    ),
    "converted": Text(
        "Tệp này trong thư mục khác với bản mà git giữ, nhưng git coi là không đổi: có thuộc tính "
        "khiến git đổi nội dung khi lưu và khi lấy ra (ident, working-tree-encoding, filter, "
        "text), hoặc ngày giờ của tệp bị đặt lại. Người khác lấy bản sao sẽ đọc thấy nội dung "
        "khác. Xem thuộc tính nào bằng lệnh dưới đây, bỏ nó khỏi .gitattributes hoặc "
        ".git/info/attributes, ghi lại tệp rồi lưu vào git.",
        "This file in the folder is not what git holds, and git takes it for unchanged: by an "
        "attribute that makes git write other bytes than it reads (ident, working-tree-encoding, "
        "filter, text), or because its time was set back. Whoever makes a clone reads something "
        "else. See by the command below which attribute it is, take it out of .gitattributes or "
        ".git/info/attributes, save the file again, and commit it.",
    ),
    "nameless": Text(
        "Tên tệp này không phải chữ UTF-8 nên không lệnh nào gọi được nó. Hãy đổi tên tệp.",
        "The name of this file is no UTF-8, so no command can name it. Rename the file.",
    ),
    "submodule": Text(
        "Tệp này nằm trong kho con (submodule) «{folder}», không nằm trong kho của sổ tay.",
        "This file lies in the sub-module «{folder}», not in the repository of the manual.",
    ),
    "too-large": Text(
        "Tệp này trong kho lớn hơn {most} MB nên không được đọc, cả trên đĩa lẫn trong kho. Bản kế "
        "tiếp hãy giảm dung lượng (quét ảnh nhẹ hơn, tách tệp).",
        "This file of the repository is larger than {most} MB, and is read neither on disk nor out "
        "of git. Make the next version smaller (a lighter scan, parts).",
    ),
    "gone": Text(
        "Kho không còn nội dung này. Hãy tìm trong một bản sao khác của kho.",
        "The repository has lost this text. Look for it in another clone.",
    ),
}


@dataclass(frozen=True, slots=True)
class Absence:
    """Why something cannot be read here: `why` in a sentence, and the command that mends it.

    `command` is "" where no command does. Words in capitals in it are for the user to fill in.
    """

    kind: AbsenceKind
    why: Text
    command: str = ""

    @property
    def answer(self) -> Answer:
        """Which of the answers that are not «here» it is."""
        if self.kind == "gone":
            return "gone"
        return "outside" if self.kind in _OUTSIDE else "elsewhere"

    @property
    def text(self) -> Text:
        """The reason with the command, as a user reads it."""
        if not self.command:
            return self.why
        return Text(
            _RUN.vi.format(why=self.why.vi, command=self.command),
            _RUN.en.format(why=self.why.en, command=self.command),
        )


class AbsenceError(QmsError):
    """What was asked for cannot be read here; `absence` says why, and what mends it.

    `paths`: the manual's files that are concerned, where it is not the repository as a whole.
    """

    def __init__(self, absence: Absence, paths: Sequence[str] = ()) -> None:
        self.absence = absence
        text = absence.text
        if paths:
            names = ", ".join(f"«{path}»" for path in paths[:MOST_NAMED])
            more = len(paths) - MOST_NAMED
            vi = f"{names} (và {more} tệp khác)" if more > 0 else names
            en = f"{names} (and {more} more)" if more > 0 else names
            text = Text(f"{vi}: {text.vi}", f"{en}: {text.en}")
        super().__init__(text)


def make_absence(kind: AbsenceKind, command: str = "", **values: str) -> Absence:
    """Return an absence with its words; `values` are what they name."""
    return Absence(kind, _WHY[kind].fill(values), command)


def no_repository(folder: Path) -> Absence:
    """Say that a folder lies in no repository.

    With releases in it, it was copied out of one, and a fresh repository would not bring their
    texts back; without, a repository can begin here.
    """
    copied = any((folder / "releases").glob("[0-9]*.yml"))
    command = "git clone ADDRESS FOLDER" if copied else "git init"
    return make_absence("no-repository", command, folder=str(real_path(folder)))


def no_files(folder: Path) -> Absence:
    """Say that a repository has no files: it is bare, and has to be cloned to work in it."""
    whole = real_path(folder)
    return make_absence("bare", shell.join("git", "clone", str(whole), "FOLDER"), folder=str(whole))


def explain_refusal(folder: Path, words: str) -> AbsenceError:
    """Return the error for a git that failed with some words on standard error."""
    if "dubious ownership" in words:
        return AbsenceError(_foreign_owner(folder, words))
    gap = find_gap(folder)
    if gap is not None:
        return AbsenceError(gap)
    if "not a git repository" in words:
        return AbsenceError(no_repository(folder))
    told = " ".join(words.split()).removeprefix("fatal: ")
    return AbsenceError(make_absence("refused", folder=str(real_path(folder)), words=told))


def is_refusal(error: Exception) -> bool:
    """Whether git does not answer at all: it was stopped, or cannot read the repository.

    That a clone lacks something is no refusal.
    """
    if isinstance(error, AbsenceError):
        return error.absence.kind == "refused"
    return isinstance(error, process.StoppedError)


def require_newest_commit(folder: Path) -> None:
    """Raise AbsenceError where not even the newest commit can be read: the repository went.

    Of no text it can be said then that nobody has it, or that it was never committed.
    """
    if process.git(folder, "rev-parse", "--verify", "--quiet", "HEAD").status:
        return
    done = process.git(folder, "cat-file", "-e", "HEAD^{commit}")
    if done.status:
        raise explain_refusal(folder, done.stderr)


def _foreign_owner(folder: Path, words: str) -> Absence:
    """Say whose folder has to be trusted: git names it, absolute, and quoted for a shell."""
    trusted = _TRUSTED.search(words)
    owned = shlex.split(trusted[1])[0] if trusted else str(real_path(folder))
    command = shell.join("git", "config", "--global", "--add", "safe.directory", owned)
    return make_absence("foreign-owner", command, folder=owned)


def find_gap(folder: Path) -> Absence | None:
    """Return what the clone in a folder lacks as a whole; None for a whole one.

    The first that has to be mended comes first: borrowed objects, then the history, then texts.
    """
    alternate = _find_missing_alternate(folder)
    if alternate:
        return _missing_alternate(folder, alternate)
    promisor = _find_promisor(folder)
    if is_shallow(folder):
        return _shallow(folder, promisor)
    if promisor:
        command = f"git fetch --refetch --no-filter --tags {shell.quote(promisor)}"
        return make_absence("partial", command)
    remote = _find_remote(folder)
    if remote and _is_narrow(folder, remote):
        everything = _ALL_BRANCHES.format(remote=remote)
        return make_absence("narrow", f'git fetch --tags {shell.quote(remote)} "{everything}"')
    return None


def is_shallow(folder: Path) -> bool:
    """Whether the history of a folder's repository was cut off when it was cloned."""
    return process.git(folder, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"


def _shallow(folder: Path, promisor: str) -> Absence:
    """Say that the history is cut off. One that is partial too has to lose its filter as well."""
    options = "--unshallow --tags"
    if promisor:
        options = "--unshallow --tags --refetch --no-filter"
    remote = promisor or _find_remote(folder)
    if remote:
        return make_absence("shallow", f"git fetch {options} {shell.quote(remote)}")
    add = "git remote add origin ADDRESS"
    return make_absence("shallow", shell.one_by_one(add, f"git fetch {options} origin"))


def _missing_alternate(folder: Path, alternate: str) -> Absence:
    """Say which folder is missing; where the remote is that same folder, its new place counts."""
    remote = _find_remote(folder) or "origin"
    url = _ask_config(folder, "--get", f"remote.{remote}.url")
    home = alternate.removesuffix("/objects").removesuffix("/.git")
    fetch = f"git fetch --refetch --tags {shell.quote(remote)}"
    if not url:
        fetch = shell.one_by_one(f"git remote add {shell.quote(remote)} ADDRESS", fetch)
    elif url.removeprefix("file://").rstrip("/").removesuffix("/.git") == home.rstrip("/"):
        fetch = shell.one_by_one(f"git remote set-url {shell.quote(remote)} ADDRESS", fetch)
    return make_absence("alternate", fetch, folder=home)


def _find_missing_alternate(folder: Path) -> str:
    """Return the first folder of borrowed objects that is not there, "" where none is missing."""
    done = process.git(folder, "rev-parse", "--git-path", "objects")
    if done.status:
        return ""
    objects = folder / done.stdout.decode("utf-8", errors="surrogateescape").rstrip("\n")
    try:
        listed = (objects / "info" / "alternates").read_text("utf-8", errors="surrogateescape")
    except OSError:
        return ""
    for line in listed.split("\n"):
        if line and not line.startswith("#") and not (objects / line).is_dir():
            return line
    return ""


def _find_promisor(folder: Path) -> str:
    """Return the remote that promised what a partial clone lacks, "" for any other clone."""
    listed = _ask_config(folder, "--get-regexp", r"^remote\..*\.promisor$")
    for line in filter(None, listed.split("\n")):
        name, _, value = line.partition(" ")
        if value.casefold() not in {"false", "no", "off", "0"}:
            return name.removeprefix("remote.").removesuffix(".promisor")
    return _ask_config(folder, "--get", "extensions.partialclone")


def _find_remote(folder: Path) -> str:
    """Return the remote to fetch from: the current branch's, else origin, else the first."""
    named_by_head = process.git(folder, "symbolic-ref", "--quiet", "--short", "HEAD")
    branch = os.fsdecode(named_by_head.stdout)
    own = _ask_config(folder, "--get", f"branch.{branch.strip()}.remote") if branch else ""
    remotes = process.git(folder, "remote").stdout.decode("utf-8", errors="replace").split("\n")
    named = [remote for remote in remotes if remote]
    for remote in (own, "origin", *named):
        if remote in named:
            return remote
    return ""


def _is_narrow(folder: Path, remote: str) -> bool:
    """Whether a remote hands over only some of its branches, or no tags."""
    wanted = _ask_config(folder, "--get-all", f"remote.{remote}.fetch").splitlines()
    all_branches = any("refs/heads/*:" in line or "refs/*:" in line for line in wanted)
    return (
        not all_branches or _ask_config(folder, "--get", f"remote.{remote}.tagOpt") == "--no-tags"
    )


def _ask_config(folder: Path, *arguments: str) -> str:
    done = process.git(folder, "config", *arguments)
    return done.stdout.decode("utf-8", errors="replace").strip()
