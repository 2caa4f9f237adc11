"""Describe the commands, and print: choose language and colour, tell the time, read named files."""

from __future__ import annotations

import argparse
import os
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from qmstool.git.names import real_path
from qmstool.i18n import QmsError, Text
from qmstool.i18n import screen_language as screen_language_of
from qmstool.storage import files
from qmstool.storage.tree import MANIFEST, TEXT_SUFFIXES, FolderTree
from qmstool.storage.whole_file import read_named_file
from qmstool.terminal import escape_json, escape_lines

if TYPE_CHECKING:
    from datetime import date, tzinfo

    from qmstool.i18n import Lang
    from qmstool.manual.config import Config
    from qmstool.manual.model import Manual
    from qmstool.storage.tree import Tree

DESCRIPTION = (
    "Sổ tay chất lượng giữ bằng văn bản trong git: kiểm tra, lưu phiên bản, xuất bản. / A "
    "quality manual kept as text in git."
)
JSON_FORMATS = frozenset({"json", "sarif", "gitlab"})
# Forms of an answer for who typed the command, and for programs; every other goes to readers.
SCREEN_FORMS = frozenset({"table", "text", "csv", "json"})
PAPER = "html"
# The end of the year 9000, in seconds since 1970.
LATEST_MOMENT = 221_876_150_400
FOLDER_GONE = Text(
    "Thư mục đang làm việc không còn nữa (đã bị xóa hoặc đổi tên). Hãy chuyển sang thư mục sổ tay "
    "rồi chạy lại.",
    "The folder that you work in is gone: deleted, or renamed. Change to the folder of the manual, "
    "and run this again.",
)
TOO_LATE = Text(
    "SOURCE_DATE_EPOCH={epoch} không phải một thời điểm dùng được. Hãy bỏ biến ấy, hoặc ghi số "
    "giây từ năm 1970.",
    "SOURCE_DATE_EPOCH={epoch} is no moment that can be used. Unset it, or give the seconds since "
    "1970.",
)
VERSION = "xem số phiên bản rồi thoát / show the version and end"
HELP = {
    "init": "bắt đầu một sổ tay trong một thư mục / begin a manual in a folder",
    "import": (
        "lấy tệp Word, Excel vào sổ tay, từng từ có chỗ / take Word and Excel files in, every word "
        "accounted for"
    ),
    "new": "thêm một tài liệu / begin a document",
    "rename": "đổi mã một tài liệu ở mọi nơi / give a document another code everywhere",
    "renumber": "đổi số một mục ở mọi nơi / give a section another number everywhere",
    "withdraw": "đề nghị bãi bỏ một tài liệu / mark a document to be withdrawn",
    "check": "kiểm tra sổ tay / check the manual",
    "explain": "giải thích một quy tắc, hoặc liệt kê tất cả / explain a rule, or list all",
    "schema": (
        "giúp VS Code gợi ý tên trường, mã, điều khoản và gạch chân chỗ sai / help VS Code "
        "complete and mark slips"
    ),
    "build": "dựng trang web vào thư mục site/ / build the site into site/",
    "serve": (
        "xem bản dự thảo trên máy này, tự dựng lại khi lưu / preview the draft, rebuilt on save"
    ),
    "register": "các danh mục: tài liệu, biểu mẫu, hồ sơ / the registers",
    "matrix": "ma trận điều khoản – tài liệu / clause–document matrix",
    "history": "theo dõi sửa đổi của một tài liệu / a document's change table",
    "diff": "so sánh hai bản của một tài liệu / compare two versions of a document",
    "as-of": "bản có hiệu lực tại ngày / what was in force on a day",
    "trail": "nhật ký thay đổi: ai, việc gì, khi nào, vì sao / who did what, when and why",
    "distribution": (
        "phân phối, thu hồi, bản còn ở ngoài / who holds which copy, what is recalled, what is "
        "still out"
    ),
    "opinions": (
        "tổng hợp ý kiến các đơn vị; ai biên soạn, xem xét, phê duyệt / opinions of units; who "
        "signed"
    ),
    "record": (
        "ghi nhận xem xét, ý kiến, bản phát, người đã đọc / record a review, an opinion, a copy, a "
        "reading"
    ),
    "handover": (
        "việc đang mang tên một người, để bàn giao / everything that carries a person's name"
    ),
    "verify": "kiểm chứng: trả lời các câu hỏi của đánh giá viên / answer the auditor's questions",
    "export": (
        "xuất tài liệu, cả sổ tay, danh mục để in, gửi đi / hand documents on: PDF for paper"
    ),
    "release": "hồ sơ trình ký và ghi nhận ban hành / prepare and record releases",
}


def screen_language(options: argparse.Namespace, config: Config | None = None) -> Lang:
    """Return the language of the screen: asked for, else the manual's, else the system's.

    `config`: of the manual where it was read; a refusal comes before that, and is in its language
    too.
    """
    if options.lang:
        return cast("Lang", options.lang)
    config = config or _manifest_in(options.root)
    return config.screen if config else _system_language()


def _manifest_in(folder: Path) -> Config | None:
    """Return what a manual's manifest says, as far as it can be read; None for no manual."""
    from qmstool.manual.loading.manifest import read_manifest  # who has the manual needs it not
    from qmstool.parsing.source import SourceFile

    try:
        data = FolderTree(folder).read(MANIFEST)
    except (KeyError, OSError, QmsError):
        return None
    return read_manifest(SourceFile(MANIFEST, data))[0]


def reader_language(options: argparse.Namespace, manual: Manual) -> Lang:
    """Return the language of an answer: on the screen that of the screen, else the manual's.

    Pages, paper, Excel and what is handed on are for readers of the manual, whatever language its
    keeper reads the screen in. What has no form to choose is for them too. `--language` says
    another one.
    """
    asked = asked_language(options)
    if asked is not None:
        return asked
    if getattr(options, "format", PAPER) in SCREEN_FORMS:
        return screen_language(options, manual.config)
    return manual.page_language


def add_language_option(parser: argparse.ArgumentParser) -> None:
    """Add the option of commands that make something for readers: an auditor from abroad, say."""
    parser.add_argument(
        "--language",
        choices=("vi", "en"),
        help="ngôn ngữ của trang và bản in, khi khác tiếng của sổ tay / language of pages and "
        "papers, where another than the manual's",
    )


def asked_language(options: argparse.Namespace) -> Lang | None:
    """Return the language that pages and papers were asked for in; None for the manual's."""
    return cast("Lang | None", getattr(options, "language", None))


def _system_language() -> Lang:
    """Return Vietnamese or English as the environment speaks; where it says nothing, Vietnamese."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        said = os.environ.get(name, "").partition(".")[0].replace("_", "-")
        if said:
            return "vi" if said in {"C", "POSIX"} else screen_language_of(said)
    return "vi"


def add_common_options(parser: argparse.ArgumentParser, *, again: bool = False) -> None:
    """Add the options of every command.

    `again`: for an act of a command; what was said before the act then stands.
    """
    root = argparse.SUPPRESS if again else Path()
    lang = argparse.SUPPRESS if again else None
    parser.add_argument(
        "--root",
        type=Path,
        default=root,
        metavar="DIR",
        help="thư mục của sổ tay / folder of the manual",
    )
    parser.add_argument(
        "--lang",
        choices=("vi", "en"),
        default=lang,
        help="ngôn ngữ màn hình / language of the screen (mặc định/default: qms.yml)",
    )


def manual_above(folder: Path) -> Path:
    """Return the nearest folder at or above one that holds a manual, as seen from there.

    The folder itself where none does.
    """
    whole = real_path(folder)
    for height, above in enumerate((whole, *whole.parents)):
        if (above / "qms.yml").is_file():
            return folder.joinpath(*[".."] * height)
    return folder


def wants_colour() -> bool:
    """Whether to colour: on a terminal, unless NO_COLOR says no."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def timestamp() -> float:
    """Return this moment in seconds since 1970.

    SOURCE_DATE_EPOCH, where set, stands for it: builds can be repeated. Raises QmsError where it is
    no number, or past the year that calendars hold, with some room for what is reckoned from it.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return time.time()
    digits = epoch.isascii() and epoch.isdigit()
    if not digits or len(epoch) > len(str(LATEST_MOMENT)) or int(epoch) > LATEST_MOMENT:
        raise QmsError(TOO_LATE.fill({"epoch": epoch[:40]}))
    return int(epoch)


def now(zone: tzinfo) -> datetime:
    """Return this moment in the manual's time zone."""
    return datetime.fromtimestamp(timestamp(), zone)


def today(zone: tzinfo) -> date:
    """Return today in the manual's time zone, or in another."""
    return now(zone).date()


def print_note(text: Text, lang: Lang) -> None:
    """Print progress or advice on standard error, apart from the answer."""
    sys.stderr.write(escape_lines(text.get(lang)) + "\n")


UNREAD_TEXTS = Text(
    "Không đọc được {count} tệp của sổ tay, trước hết là «{path}»: những gì ghi trong đó không có "
    "ở đây. Chạy qmstool check để biết vì sao.",
    "{count} files of the manual cannot be read, «{path}» first: what they say is left out here. "
    "Run qmstool check to see why.",
)


def print_unread_texts(tree: Tree, lang: Lang) -> None:
    """Tell of texts that were not read, once a manual is loaded: answers are without them."""
    unread = [path for path in tree.refused() if path.endswith(TEXT_SUFFIXES)]
    if unread:
        print_note(UNREAD_TEXTS.fill({"count": str(len(unread)), "path": unread[0]}), lang)


def read_user_file(name: str | Path) -> bytes:
    """Return the bytes of a file that the user named. Raises QmsError where it cannot be read."""
    try:
        return read_named_file(Path(name))
    except OSError as error:
        raise QmsError(
            Text(
                f"Không đọc được tệp «{name}». Hãy xem lại đường dẫn và quyền đọc tệp.",
                f"The file «{name}» cannot be read. Check its path, and whether you may read it.",
            )
        ) from error


def no_folder_text(folder: Path) -> Text:
    """Say that there is no such folder."""
    return Text(f"Không có thư mục «{folder}».", f"There is no folder «{folder}».")


def print_answer(options: argparse.Namespace, text: str) -> None:
    """Write the answer into --output FILE where asked, else print it with a line end."""
    if getattr(options, "format", "") in JSON_FORMATS:
        text = escape_json(text)
    if getattr(options, "output", None):
        files.write(options.output.parent, options.output.name, text, hidden=True)
    else:
        if text and not text.endswith("\n"):
            text = f"{text}\n"
        sys.stdout.write(text)


def print_binary(options: argparse.Namespace, content: bytes) -> None:
    """Write a binary answer into --output FILE where asked, else to standard output as it is."""
    if options.output:
        files.write(options.output.parent, options.output.name, content, hidden=True)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
