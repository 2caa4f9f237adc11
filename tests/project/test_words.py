"""The words a user meets are those of the field: what programmers call things stays out of the
messages, pages and guides.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TONE = r"o[àáảãạ](?![a-zà-ỹ])|o[èéẻẽẹ](?![a-zà-ỹ])|(?<!q)u[ỳýỷỹỵ](?![a-zà-ỹ])"
# What is not to be said → what is said.
WORDS = {
    r"băm": "mã kiểm tra",
    r"đóng băng": "chốt",
    r"nhân chứng": "mã đối chứng",
    r"mắt thứ hai": "người thứ hai xem lại",
    r"nhập vào (git|kho)": "lưu vào git (commit); chỉ «nhập vào dự thảo» là merge",
    r"(?<!trình )(?<!ô )soạn thảo": "biên soạn",
    r"người (soạn|duyệt)\b": "người biên soạn, người phê duyệt",
    r"văn bản bên ngoài": "tài liệu bên ngoài",
    r"thời hạn lưu\b": "thời hạn bảo quản",
    r"đừng": "không",
    r"kiểm toán": "đánh giá",
    r"tên khóa|khóa bắt buộc|«khóa: ": "trường; khóa chỉ là khóa niêm phong",
    r"chữ ký số(?! chuyên dùng)": "niêm phong toàn vẹn",
    r"điều khoản (chưa |đã |không )?(được |ai |có )*trả lời": "điều khoản được đáp ứng",
    r"trả lời (các |cả |hai |một |những )?điều khoản": "đáp ứng điều khoản",
    r"bản nhập\b": "bản tiếp nhận; «bản nháp» là bản chưa ban hành",
    r"không còn ai\b": "chưa ai phụ trách",
    r"(có hiệu lực|sổ tay) vào một ngày": "bản có hiệu lực tại ngày",
    TONE: "dấu kiểu cũ: hòa, khỏe, hủy",
}
READ = [
    *("README.vi.md", "docs/hosting.vi.md", "docs/tour.md"),
    *(path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "docs/rules").glob("*.vi.md"))),
    *(
        path.relative_to(ROOT).as_posix()
        for path in sorted((ROOT / "templates").rglob("*.j*"))
        if path.suffix in {".j2", ".jinja"}
    ),
    *(path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "qmstool").rglob("*.py"))),
]


@cache
def said() -> dict[str, str]:
    """What users read, by file: a guide without its examples, the strings of a module."""
    return {path: _prose(path, (ROOT / path).read_text("utf-8")) for path in READ}


def _prose(path: str, text: str) -> str:
    if path.endswith(".md"):
        return re.sub(r"(?ms)^```.*?^```|«[^»]*»|`[^`]*`", "", text)
    if path.endswith(".py"):
        nodes = list(ast.walk(ast.parse(text)))
        docstrings = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
        held = (
            node.value
            for node in nodes
            if isinstance(node, ast.Constant) and id(node) not in docstrings
        )
        return "\n".join(each for each in held if isinstance(each, str))
    return text


@pytest.mark.parametrize("wrong", WORDS)
def test_words_of_the_vocabulary(wrong: str) -> None:
    pattern = re.compile(rf".{{0,30}}(?i:{wrong}).{{0,30}}")
    found = [f"{path}: {hit[0]}" for path, text in said().items() for hit in pattern.finditer(text)]
    assert found == [], f"say: {WORDS[wrong]}"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ("băm", "Mã băm của tệp."),
        ("nhập vào (git|kho)", "Hãy nhập vào git."),
        (TONE, "Tài liệu bị huỷ."),
        (TONE, "Văn bản hoá."),
    ],
)
def test_a_word_out_of_place_is_seen(wrong: str, sentence: str) -> None:
    assert re.search(rf"(?i:{wrong})", sentence)
    assert not re.search(
        rf"(?i:{wrong})", "Mã kiểm tra; lưu vào git; hủy, hóa, toàn, quý, huyện, thủy."
    )
