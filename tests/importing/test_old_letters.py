"""The table of TCVN3 is that of glibc, that of VNI what three programs say; both are recognized."""

from __future__ import annotations

import subprocess

import pytest

from qmstool.importing.old_letters import (
    _FROM,
    Coding,
    coding_of_font,
    coding_of_text,
    read_old_letters,
)
from tests.support.machine import needs

# All letters with marks, as the keyboard driver xvnkb, a converter for AutoCAD and the package
# vietnamese-conversion write them (compared by hand on 2026-11-28).
VNI = {
    "aù aø aû aõ aï aâ aá aà aå aã aä aê aé aè aú aü aë": "á à ả ã ạ â ấ ầ ẩ ẫ ậ ă ắ ằ ẳ ẵ ặ",
    "eù eø eû eõ eï eâ eá eà eå eã eä í ì æ ó ò": "é è ẻ ẽ ẹ ê ế ề ể ễ ệ í ì ỉ ĩ ị",
    "où oø oû oõ oï oâ oá oà oå oã oä ô ôù ôø ôû ôõ ôï": "ó ò ỏ õ ọ ô ố ồ ổ ỗ ộ ơ ớ ờ ở ỡ ợ",
    "uù uø uû uõ uï ö öù öø öû öõ öï yù yø yû yõ î ñ": "ú ù ủ ũ ụ ư ứ ừ ử ữ ự ý ỳ ỷ ỹ ỵ đ",
}


@needs("iconv")
def test_table_of_tcvn3_is_that_of_iconv() -> None:
    done = subprocess.run(
        ["iconv", "-f", "TCVN", "-t", "UTF-8"],
        input=_FROM.encode("latin-1"), capture_output=True, check=True,
    )  # fmt: skip
    assert read_old_letters(_FROM, Coding.TCVN3) == done.stdout.decode()


def test_a_font_of_capitals_shows_capitals() -> None:
    assert read_old_letters("ChÊt l­îng", Coding.TCVN3, ".VnTimeH") == "CHẤT LƯỢNG"


def test_vni_knows_every_letter_small_and_large() -> None:
    for kept, shown in VNI.items():
        assert read_old_letters(kept, Coding.VNI) == shown
        assert read_old_letters(kept.upper(), Coding.VNI) == shown.upper()
    letters = "".join(VNI.values()).replace(" ", "")
    assert len({*letters, *"aeiouy"}) == 6 * 12 + 1  # twelve vowels of six tones, and đ


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        ("SOÅ TAY CHAÁT LÖÔÏNG", "SỔ TAY CHẤT LƯỢNG"),
        ("Quy trình kieåm soaùt taøi lieäu", "Quy trình kiểm soát tài liệu"),
        ("Aùp duïng cho toaøn boä ñôn vò; xöû lyù khieáu naïi, kyõ thuaät", "Áp dụng cho toàn bộ đơn vị; xử lý khiếu nại, kỹ thuật"),
        ("Nguyeãn Thò Myõ Haïnh, nghó huyønh", "Nguyễn Thị Mỹ Hạnh, nghĩ huỳnh"),
        ("ISO 9001:2015, QT-01 (laàn 2)", "ISO 9001:2015, QT-01 (lần 2)"),
        ("ẞß İ", "ẞß İ"),
    ],
)  # fmt: skip
def test_reads_vni(kept: str, shown: str) -> None:
    assert read_old_letters(kept, Coding.VNI) == shown


@pytest.mark.parametrize(
    ("font", "coding"),
    [
        (".VnTime", Coding.TCVN3),
        (".vnArial", Coding.TCVN3),
        ("VNI-Times", Coding.VNI),
        ("VNI Helve", Coding.VNI),
        ("vni-aptima", Coding.VNI),
        ("Times New Roman", None),
        ("", None),
    ],
)
def test_knows_the_fonts(font: str, coding: Coding | None) -> None:
    assert coding_of_font(font) is coding


@pytest.mark.parametrize(
    ("text", "coding"),
    [
        ("Sæ tay chÊt l­îng cña Së §¨ng ký, ®Þnh h­íng vµ ¸p dông", Coding.TCVN3),
        ("Soå tay chaát löôïng cuûa Sôû, ñònh höôùng vaø aùp duïng", Coding.VNI),
        ("SOÅ TAY CHAÁT LÖÔÏNG", Coding.VNI),
        ("Sổ tay chất lượng", None),
        ("Khoá hoà thuỷ quý toà hoá khoẻ loã xoá quân thuê", None),
        ("Année 2024 — ½ façade, naïve, où, goût, coûte, maïs, été à l'hôtel", None),
        ("Señor Núñez; für Öl und Äpfel, Höhe, Größe, Möbel, schön", None),
        ("Yö, kiitää, täällä, hyvää päivää, pöydällä", None),
        ("«Sổ tay» «Quy trình»", None),
        ("· · · · · ·", None),
        ("«Quality» «Manual» «Form» § 5", None),
        ("", None),
    ],
)
def test_knows_the_letters(text: str, coding: Coding | None) -> None:
    assert coding_of_text(text) is coding
