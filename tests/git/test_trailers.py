"""Trailers are those that `git interpret-trailers` reads; a squash keeps those of each message."""

from __future__ import annotations

import random
import subprocess

import pytest

from qmstool.git.trailers import read_trailers

MESSAGES = (
    "Tiêu đề\n\nReason: một\nChange: hai\n",
    "Tiêu đề\r\n\r\nthân bài\r\n\r\nReason: một\r\nChange: hai,\r\n  ba\r\n",
    "Tiêu đề\n\nReason : có khoảng trắng trước dấu hai chấm\nX-1:không có khoảng trắng\n",
    "Reason: tiêu đề không phải trailer",
    "Tiêu đề\nReason: vẫn là tiêu đề\n",
    "Tiêu đề\n\nReason: giữa bài\n\nrồi còn lời khác\n",
    "Tiêu đề\n\nlời\nReason: một đoạn lẫn lời\n",
    "Tiêu đề\n\nlời\nReason: x\nSigned-off-by: A <a@example.org>\n",
    "T\n\na b\nc d\ne f\ng h\ni k\nl m\nn o\nSigned-off-by: A <a@example.org>\nReason: x\n",
    "Tiêu đề\n\nLý do: khoá không phải ASCII\n",
    "Tiêu đề\n\nReason: một\n(cherry picked from commit 0123456789)\n",
    "Tiêu đề\n\n  Reason: thụt đầu dòng\n",
    "Tiêu đề\n\nReason:\n  giá trị ở dòng sau\n",
    "Tiêu đề\n\nReason: a\n\n\n  \n",
    "Tiêu đề\n\nReason: a\n---\n tệp | 2 +-\n",
    "Tiêu đề\n\nReason: a: b: c\nfixes: #12\n",
    "Tiêu đề\n\nReason: a\n# một lời chú\nChange: b\n",
    "Tiêu đề\n\nhttps://example.org/x\n",
    "",
)


def of_git(message: str) -> list[tuple[str, str]]:
    command = ["git", "interpret-trailers", "--parse"]
    done = subprocess.run(
        command, input=message.replace("\r\n", "\n").encode(), capture_output=True, check=True
    )
    lines = done.stdout.decode().splitlines()
    return [(key, value.strip()) for key, _, value in (line.partition(":") for line in lines)]


@pytest.mark.parametrize("message", MESSAGES)
def test_trailers_are_those_of_git(message: str) -> None:
    assert list(read_trailers(message)) == of_git(message)


def test_trailers_of_random_messages_are_those_of_git() -> None:
    chance = random.Random(20261128)
    lines = (
        "lời thường", "Reason: a", "Change : b", "  nối tiếp", "", "", "Signed-off-by: A <a@b>",
        "(cherry picked from commit 1)", "Khoá: x", "A b: c", "x:y", "\tthụt", "-: z",
    )  # fmt: skip
    for _ in range(200):
        message = "T\n" + "\n".join(chance.choices(lines, k=chance.randint(1, 9))) + "\n"
        assert list(read_trailers(message)) == of_git(message), message


def test_a_squash_of_a_forge_and_one_of_git_keep_the_trailers_of_each() -> None:
    forge = (
        "Sửa (#12)\n\n* một\n\nlời\n\nReason: a\n\n* hai\n\nReason: b\n\n"
        "Co-authored-by: T <t@example.org>\n"
    )
    assert read_trailers(forge) == (
        ("Reason", "a"),
        ("Reason", "b"),
        ("Co-authored-by", "T <t@example.org>"),
    )
    one, two = "1" * 40, "2" * 40
    git = (
        f"Squashed commit of the following:\n\ncommit {one}\nAuthor: A <a@b>\nDate:   Mon\n\n"
        f"    hai\n\n    Reason: b\n\ncommit {two}\nAuthor: A <a@b>\nDate:   Mon\n\n    một\n\n"
        "    lời\n    \n    Reason: a,\n      tiếp\n"
    )
    assert read_trailers(git) == (("Reason", "b"), ("Reason", "a, tiếp"))
