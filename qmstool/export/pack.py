"""Make an audit pack: one ZIP that answers after the network is gone, the same bytes each time.

What goes in: files by name. What comes out: the bytes of a ZIP with these files, their digests in
`SHA256SUMS`, and a page that says how anybody checks them. Names are ASCII, since not every program
that opens a ZIP reads others; nothing is compressed, since compressors differ. Pure.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
import zipfile
from typing import TYPE_CHECKING

from qmstool.export.zipped import zipped
from qmstool.frozen import dataclass
from qmstool.i18n import Text
from qmstool.terminal import escape_controls, escape_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

SUMS = "SHA256SUMS"
FIRST_PAGE = "START-HERE.txt"
_ASCII = str.maketrans({"đ": "d", "Đ": "D"})

CHECK = Text(
    """Gói hồ sơ đánh giá của {organization}, bản có hiệu lực ngày {day}.

  manual.pdf       cả sổ tay
  pdf/             từng tài liệu có hiệu lực ngày ấy
  texts/           chính các tệp văn bản đã ban hành
  index.csv        mã, lần ban hành, mã kiểm tra, tên tệp trong gói và đường dẫn gốc
  registers/       các danh mục, PDF và Excel
  releases/        các bản ghi ban hành, niêm phong, bằng chứng, khóa
  verify.txt       trả lời các câu hỏi của đánh giá viên
{site}
{proved}

Phiên bản git: {commit}. Công cụ: {tool}.

Kiểm tra rằng không tệp nào bị sửa, không cần công cụ này:

  Linux, macOS:    sha256sum -c SHA256SUMS      (macOS: shasum -a 256 -c SHA256SUMS)

  Windows, PowerShell, trong thư mục đã giải nén:
{powershell}
""",
    """Audit pack of {organization}, as in force on {day}.

  manual.pdf       the whole manual
  pdf/             every document in force that day
  texts/           the very files that were issued
  index.csv        code, issue, check code, name in this pack and path of each file
  registers/       the registers, as PDF and for Excel
  releases/        the records of release, their seals, evidence and keys
  verify.txt       answers to the auditor's questions
{site}
{proved}

Commit: {commit}. Tool: {tool}.

To check that no file was changed, without this tool:

  Linux, macOS:    sha256sum -c SHA256SUMS      (macOS: shasum -a 256 -c SHA256SUMS)

  Windows, PowerShell, in the folder of the unpacked files:
{powershell}
""",
)
AGAINST = Text(
    "CẢNH BÁO: có {count} điều trái với các bản ghi, nên nội dung trong gói có thể không phải văn "
    "bản đã được phê duyệt. Từng điều ở verify.txt, dưới các câu trả lời «KHÔNG».",
    "WARNING: {count} things speak against the records, so that what this pack holds may not be "
    "what was approved. Each stands in verify.txt, below the answers «NO».",
)
NOT_PROVED = Text(
    "CHƯA chứng minh được {count} trên {all} tài liệu trong gói là đúng văn bản đã được phê duyệt "
    "(lý do ở verify.txt; cột cuối của index.csv): {codes}",
    "NOT proved to be the text that was approved: {count} of the {all} documents in this pack "
    "(the reasons stand in verify.txt; the last column of index.csv): {codes}",
)
ALL_PROVED = Text(
    "Theo các bản ghi, mọi tài liệu trong gói đều được chứng minh là văn bản đã được phê duyệt.",
    "By the records, every document in this pack is proved to be the text that was approved.",
)
MOST_CODES = 50
SITE_LINE = Text(
    "  site/            trang web; mở site/index.html\n"
    "                   (dựng không kèm khóa nên ghi «chưa hỏi»; đã chứng minh hay chưa thì xem\n"
    "                   index.csv và verify.txt)\n",
    "  site/            the site; open site/index.html\n"
    "                   (built without keys, so it says «not asked»; whether a text is proved\n"
    "                   stands in index.csv and verify.txt)\n",
)
# `-ne` takes no notice of case; a digest and a name stand two characters apart.
POWERSHELL = (
    "    $bad = 0; Get-Content SHA256SUMS | ForEach-Object { $sum, $file = $_ -split '  ', 2\n"
    '    if ((Get-FileHash -LiteralPath $file).Hash -ne $sum) { "CHANGED: $file"; $bad++ } }\n'
    '    if ($bad -eq 0) { "OK" }'
)


@dataclass(frozen=True, slots=True)
class PackFacts:
    """What the first page says of a pack."""

    organization: str
    day: str
    commit: str
    tool: str
    with_site: bool
    proved: tuple[Text, ...]


class PackNames:
    """Gives every path an ASCII name of its own."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def name(self, path: str) -> str:
        """Return an ASCII name for a path; a second path of that name gets a number."""
        parts = [_ascii(part) for part in path.split("/") if part not in {"", ".", ".."}]
        plain = "/".join(parts) or "file"
        name, number = plain, 2
        while name.casefold() in self._taken:
            stem, dot, suffix = plain.rpartition(".")
            name = f"{stem}-{number}.{suffix}" if dot and "/" not in suffix else f"{plain}-{number}"
            number += 1
        self._taken.add(name.casefold())
        return name


def told_of_proof(against: int, documents: Mapping[str, bool]) -> tuple[Text, ...]:
    """Return what a pack says of itself: what speaks against its records, and what is not proved.

    `against`: how many things do; `documents`: of each code, whether it is proved.
    """
    open_ones = [" ".join(code.split()) for code, proved in documents.items() if not proved]
    codes = ", ".join(open_ones[:MOST_CODES]) + (", …" if len(open_ones) > MOST_CODES else "")
    said = {"count": str(len(open_ones)), "all": str(len(documents)), "codes": codes}
    lines = [AGAINST.fill({"count": str(against)})] if against else []
    lines += [NOT_PROVED.fill(said)] if open_ones else []
    return tuple(lines or [ALL_PROVED])


def make_pack(files: Mapping[str, bytes], facts: PackFacts) -> bytes:
    """Return the ZIP of some files, with their digests and a page that says how to check them."""
    everything = {**files, FIRST_PAGE: _first_page(facts)}
    sums = "".join(
        f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(everything.items())
    )
    everything[SUMS] = sums.encode()
    return zipped(sorted(everything.items()), zipfile.ZIP_STORED)


def _first_page(facts: PackFacts) -> bytes:
    pages = []
    for lang in ("vi", "en"):
        values = {
            "organization": escape_controls(" ".join(facts.organization.split())),
            "day": facts.day,
            "commit": facts.commit,
            "tool": facts.tool,
            "site": SITE_LINE.get(lang) if facts.with_site else "",
            "powershell": POWERSHELL,
            "proved": escape_lines("\n".join(line.get(lang) for line in facts.proved)),
        }
        pages.append(CHECK.fill(values).get(lang))
    # Old programs on Windows know UTF-8 by its mark, and a line's end by two signs.
    return ("\ufeff" + "\n-----\n\n".join(pages)).replace("\n", "\r\n").encode()


def _ascii(part: str) -> str:
    folded = unicodedata.normalize("NFD", part.translate(_ASCII))
    letters = folded.encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9._-]+", "-", letters).strip("-. ") or "file"
