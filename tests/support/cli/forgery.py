"""An honest manual with a life, made by the command line alone; and the ways of a forger with it."""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qmstool.cli.main import main
from qmstool.signatures.values import PdfSignature, SignedPdf
from tests.support.cli.scenes import FIRST, MANIFEST, MAPPING, SECOND, THIRD
from tests.support.keys import KeyPairs
from tests.support.manuals import tiny
from tests.support.repository import Repo

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

TODAY = "1733011200"  # 1 December 2024
R1, R2, R3, R4 = (f"releases/{number:04d}.yml" for number in (1, 2, 3, 4))
S2, S3, S4 = (f"releases/seals/{number:04d}.sig" for number in (2, 3, 4))
PICTURE = "procedures/so-do.png"
# A white dot and a black one, which programs can show.
WHITE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753"
    "de0000000c49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e"
    "44ae426082"
)
BLACK = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753"
    "de0000000c49444154789c63606060000000040001f61738550000000049454e"
    "44ae426082"
)
SETTINGS = MANIFEST.replace(
    "  giam-doc: {name: Giám đốc, approves: [manual, procedure]}\n",
    (
        "  giam-doc: {name: Giám đốc, approves: [manual, procedure]}\n  pho: {name: Phó giám "
        "đốc, approves: [form]}\n"
    ),
).replace(
    "from: 2020-01-01}]\n",
    (
        "from: 2020-01-01, to: 2024-12-31}]\n  tran-van-pho:\n    name: Trần Văn Phó\n    holds: "
        "[{role: pho, from: 2020-01-01}]\n"
    ),
)
Place = tuple[str, int, int]
FoundRules = set[tuple[str, Place]]


@dataclass
class SignedManual:
    """A repository with four releases: an imported one, then three that were signed, sealed and
    recorded; and the keys.
    """

    repo: Repo
    keys: KeyPairs

    @property
    def folder(self) -> Path:
        return self.repo.folder

    def read(self, path: str) -> str:
        return (self.folder / path).read_text(encoding="utf-8")

    def copy(self, folder: Path) -> SignedManual:
        shutil.copytree(self.folder, folder, symlinks=True)
        return SignedManual(Repo(folder, 500), self.keys)

    def release(self, number: int, signed: str, effective: str, key: str, *said: str) -> None:
        """Prepare, sign, record and seal what changed, as the secretariat does."""
        name, root = f"dot-{number}", ["--root", str(self.folder)]
        assert (
            run_command(
                "release", "prepare", name, *root, "--title", f"Ban hành đợt {number}", *said
            )[0]
            == 0
        )
        frozen = self.repo.commit(f"Lập hồ sơ trình ký đợt {number}", day=signed)
        paper = self.keys.folder / f"qd-{number}.pdf"
        paper.write_bytes(b"%%PDF-1.7 %d\r\n" % number)
        assert run_command(
            "release", "record", name, *root, "--kind", "decision", "--number", f"{number}/QĐ-VD", "--date", signed,
            "--person", "le-thi-mau", "--role", "giam-doc", "--effective", effective, "--recorder", "van-thu",
            "--recorded", effective, "--evidence", f"signed-file={paper}", "--seal", str(self.keys.private(key)),
        )[0] == 0  # fmt: skip
        self.repo.commit(f"Ghi nhận đợt {number}", day=effective)
        self.repo.git("tag", f"release/{number:04d}", f"{frozen}~1")


def make_signed_manual(home: Path) -> SignedManual:
    """Four releases, the key handed over between the third and the fourth."""
    (home / "keys").mkdir(parents=True)
    kept = SignedManual(Repo.make(home / "kho"), KeyPairs(home / "keys"))
    repo = kept.repo
    repo.commit(
        "Bản đầu",
        {**tiny(), "qms.yml": SETTINGS, "procedures/qt-vp-01.md": FIRST, "releases/allowed_signers": kept.keys.line("a"),
         ".gitignore": "build/\n"},
        day="2024-01-05",
    )  # fmt: skip
    assert run_command("release", "adopt", "--root", str(repo.folder))[0] == 0
    repo.commit("Ghi nhận bản tiếp nhận", day="2024-01-06")
    shown = SECOND + "\n![Sơ đồ](so-do.png)\n"
    repo.commit(
        "Gọn việc thu hồi\n\nReason: phiếu 7",
        {"procedures/qt-vp-01.md": shown, PICTURE: WHITE},
        day="2024-02-10",
    )
    repo.commit(
        "Thêm quy trình\n\nReason: phiếu 8",
        {"procedures/qt-kt-01.md": THIRD, "clauses/mapping/tiny-1.yml": MAPPING},
        day="2024-02-12",
    )
    taken_over = [
        word
        for code in ("STCL", "QT VP 02")
        for word in ("--act", f"{code}=reissue", "--number", f"{code}=1/0")
    ]
    kept.release(2, "2024-02-20", "2024-03-01", "a", *taken_over, "--number", "QT VP 01=1/1")
    repo.commit(
        "Thiết bị\n\nReason: phiếu 9",
        {
            "procedures/qt-kt-01.md": THIRD + "\n## 2. Cách làm\n\nHằng tháng.\n",
            "releases/allowed_signers": kept.keys.line("b"),
        },
        day="2024-04-01",
    )
    kept.release(3, "2024-04-10", "2024-05-01", "a")
    repo.commit("Sơ đồ mới\n\nReason: phiếu 10", {PICTURE: BLACK}, day="2024-06-01")
    kept.release(4, "2024-06-10", "2024-07-01", "b")
    return kept


def held_signatures(files: Mapping[str, bytes], *_: object) -> dict[str, SignedPdf]:
    """What stands for the reader of signatures: the papers are as good as signed by the director.

    How signatures are read is asked in `tests/signatures`.
    """
    moment = "2024-02-20T08:00:00+07:00"
    signature = PdfSignature("Lê Thị Mẫu", "Gốc", moment, "", True, "nothing", "holds", "", "")
    return dict.fromkeys(files, SignedPdf((signature,)))


def as_if_committed(*_: object) -> dict[str, str]:
    """What stands for the comparison of records in the folder with those that git holds."""
    return {}


# --- what the command line says
# ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class AuditResult:
    """What was told, as (id, (path, line, column)); the outcome of each question.

    And the exit status.
    """

    told: FoundRules
    outcomes: dict[str, str]
    status: int


def run_check(kept: SignedManual) -> AuditResult:
    """`qmstool check --history`: the rules that speak, and where."""
    status, out = run_command("check", "--history", "--root", str(kept.folder), "--format", "json")
    report = json.loads(out)
    return AuditResult(
        {
            (each["rule"], (each["path"], each["line"], each["column"]))
            for each in report["findings"]
        },
        {},
        status,
    )


def run_verify(kept: SignedManual, *words: str) -> AuditResult:
    """`qmstool verify`, with or without a witness: the doubts and where, and every question's
    outcome.
    """
    status, out = run_command("verify", "--root", str(kept.folder), "--format", "json", *words)
    answers = json.loads(out)["answers"]
    told = {
        (doubt["slug"], (doubt["path"], doubt["line"], doubt["column"]))
        for each in answers
        for doubt in each["doubts"]
    }
    return AuditResult(told, {each["key"]: each["outcome"] for each in answers}, status)


def run_command(*words: str) -> tuple[int, str]:
    """Run a command in this process: its status, and what it printed."""
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(io.StringIO()):
        return main(words), out.getvalue()


# --- the forger's tools
# --------------------------------------------------------------------------------------------------

ForgeryStep = Callable[[SignedManual], object]
PlaceFinder = Callable[[SignedManual], Place]


def place_after(path: str, *anchors: str) -> PlaceFinder:
    """The place right behind the last of some words, each sought behind the one before, in the file
    as the forger left it.
    """

    def place(kept: SignedManual) -> Place:
        text, end = kept.read(path) if anchors else "", 0
        for anchor in anchors:
            end = text.index(anchor, end) + len(anchor)
        place_of_line = text.count("\n", 0, end)
        return path, place_of_line + 1, end - (text.rfind("\n", 0, end) + 1) + 1

    return place


def place_of_line(path: str, words: str) -> PlaceFinder:
    """The beginning of the first line that begins with some words."""
    return lambda kept: (
        path,
        [each.startswith(words) for each in kept.read(path).split("\n")].index(True) + 1,
        1,
    )


def edit(path: str, old: str, new: str) -> ForgeryStep:
    """Replace the first match of a pattern."""

    def change(kept: SignedManual) -> None:
        text = kept.read(path)
        changed = re.sub(old, new, text, count=1, flags=re.MULTILINE)
        assert changed != text, f"{old} is not in {path}"
        kept.repo.write({path: changed})

    return change


def remove(*paths: str) -> ForgeryStep:
    """Delete files."""

    def change(kept: SignedManual) -> None:
        for path in paths:
            (kept.folder / path).unlink()

    return change


def write(path: str, data: bytes) -> ForgeryStep:
    """Put other bytes in a file's place."""
    return lambda kept: kept.repo.write({path: data})


def in_sequence(*steps: ForgeryStep) -> ForgeryStep:
    """One after the other."""
    return lambda kept: [step(kept) for step in steps]


def git(*words: str) -> ForgeryStep:
    """Run git in the repository."""
    return lambda kept: kept.repo.git(*words)


def commit(kept: SignedManual) -> str:
    """Commit what was done, under a harmless name."""
    return kept.repo.commit("Sửa lỗi gõ", day="2024-08-01")


def rechain(since: int) -> ForgeryStep:
    """What a careful forger does: every later record gets the digest of the one before."""

    def change(kept: SignedManual) -> None:
        for number in range(since, 5):
            before = (kept.folder / f"releases/{number - 1:04d}.yml").read_bytes()
            digest = hashlib.sha256(before).hexdigest()
            text = kept.read(f"releases/{number:04d}.yml")
            kept.repo.write(
                {
                    f"releases/{number:04d}.yml": re.sub(
                        r"(?m)^previous: \w+", f"previous: {digest}", text
                    )
                }
            )

    return change


def reseal(*numbers: int, key: str = "") -> ForgeryStep:
    """Seal records anew, by the keys of their days or by another."""

    def change(kept: SignedManual) -> None:
        for number in numbers:
            own = kept.keys.private(key or ("b" if number == 4 else "a"))
            signed = ["ssh-keygen", "-Y", "sign", "-n", "qmstool-release", "-f", str(own)]
            data = (kept.folder / f"releases/{number:04d}.yml").read_bytes()
            made = subprocess.run(signed, input=data, capture_output=True, check=True).stdout
            kept.repo.write({f"releases/seals/{number:04d}.sig": made})

    return change


def from_the_start(number: int, step: ForgeryStep) -> ForgeryStep:
    """A lie told before the record was sealed and chained on: chain and seals hold, so only the lie
    itself is left to tell.
    """
    return in_sequence(step, rechain(number + 1), reseal(*range(max(number, 2), 5)))


def blob_of(kept: SignedManual, place: str) -> str:
    """The id of a text in the repository."""
    return kept.repo.git("rev-parse", place)


def lose_texts(*places: str) -> ForgeryStep:
    """Take texts out of the object store."""

    def change(kept: SignedManual) -> None:
        for place in places:
            blob = blob_of(kept, place)
            (kept.folder / ".git/objects" / blob[:2] / blob[2:]).unlink()

    return change
