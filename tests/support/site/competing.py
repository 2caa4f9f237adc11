"""Three hundred documents that compete with the real manual for its words; a repository of both.

Titles that differ by a word, bodies that repeat a word more often than the right page says it,
codes that begin alike, numbers that hold one another, words that differ by an accent alone. What a
row of the search must find first is either a page of the real manual or one of TARGETS; everything
else here is in its way.
"""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from qmstool.manual.loading.loader import load
from qmstool.references.resolver import resolve
from qmstool.site.build.builder import SiteBuilder
from qmstool.site.edition.versions import plan_versions
from qmstool.storage.tree import FolderTree
from tests.support.baseline import baseline_text
from tests.support.repository import Repo
from tests.support.site.scenes import DAY, NOW

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[3]
TAKEN = ("qms.yml", "mkdocs.yml", "manual/", "procedures/", "clauses/")

# What a family of documents repeats: titles with a number put in, and a sentence of their bodies.
FAMILIES = [
    (
        40,
        "Lập kế hoạch đánh giá nội bộ tại đơn vị {n}",
        "Đánh giá nội bộ theo kế hoạch đánh giá nội bộ; kết quả đánh giá nội bộ gửi về.",
    ),
    (
        20,
        "Đánh giá nhà cung cấp và khách hàng nội bộ {n}",
        "Đánh giá nhà cung cấp; đánh giá khách hàng nội bộ.",
    ),
    (
        30,
        "Phổ biến chính sách chất lượng cho đơn vị {n}",
        "Chính sách chất lượng được phổ biến; chính sách chất lượng được niêm yết.",
    ),
    (
        20,
        "Duy trì HTQLCL của bộ phận {n}",
        "HTQLCL được duy trì; HTQLCL được cải tiến. Báo cáo HTQLCL hằng quý.",
    ),
    (
        20,
        "Báo cáo hệ thống quản lý chất lượng quý {n}",
        "Hệ thống quản lý chất lượng được báo cáo; hệ thống quản lý chất lượng được soát xét.",
    ),
    (
        20,
        "Áp dụng QT BIS 01 tại đơn vị {n}",
        "Theo QT BIS 01, thực hiện QT BIS 01, lưu hồ sơ QT-BIS-01 và qt bis 01.",
    ),
    (
        20,
        "Thực hiện điều khoản 8.3 ở phòng {n}",
        "Theo điều khoản 8.3, mục 8.3.1, mục 18.3 và 7.1.6; tri thức theo 7.1.6. Mục 8.3 nêu rõ.",
    ),
    (
        15,
        "Mục 18.3 và mục 8.3.{n} của phụ lục",
        "Mục 18.3, mục 8.3.1, mục 8.30, mục 7.1.60, mục 17.1.6 và 8.3.{n}.",
    ),
    (
        20,
        "Thực hiện Nghị định 83/2006/NĐ-CP ở phòng {n}",
        "Căn cứ Nghị định số 83/2006/NĐ-CP; Nghị định 83/2006/NĐ-CP quy định. Xem 83/2016.",
    ),
    (
        20,
        "Thực hiện Nghị định 83/2016 ở phòng {n}",
        "Căn cứ Nghị định 83/2016/NĐ-CP, Nghị định 183/2006/NĐ-CP, Nghị định 124/2014/NĐ-CP.",
    ),
    (
        15,
        "Đình hương và dính hướng ở kho {n}",
        "Đình hương, dính hướng, đinh hương; điều dòng, diễu đông, điêu đông.",
    ),
    (
        15,
        "Bán giao sản phẩm đợt {n}",
        "Bán giao sản phẩm, bạn giao hàng; ban giao việc, bản giao khoán.",
    ),
    (
        15,
        "Xem xét báo cáo của lãnh đạo phòng {n}",
        "Xem xét của phòng; lãnh đạo xem xét, báo cáo của lãnh đạo.",
    ),
    (
        15,
        "Huỷ bỏ và hòa giải ở đơn vị {n}",
        "Huỷ bỏ hồ sơ, hủy bỏ hồ sơ, hòa giải, hoà giải; hồ sơ hủy.",
    ),
]

# Codes that begin or end like QT BIS 01.
CODES = ["QT BIS 010", "QT BIS 011", "QT BIS 012", "QT BIS 100", "QT BIS 0101", "QT BIS 10"]
CODES += ["QT BISA 01", "QTA BIS 01", "QT ABIS 01", "QT BI 01"]

# What a row looks for, where the real manual has none. Code, title, text.
TARGETS = [
    ("QT DH 01", "Định hướng", "Định hướng công tác của năm."),
    ("QT DD 01", "Điều động", "Điều động công chức giữa các đơn vị."),
    ("QT BG 01", "Bàn giao", "Bàn giao hồ sơ khi thay người."),
    ("QT HG 01", "Hoà giải", "Hoà giải ở cơ sở."),
    ("QT HS 01", "Hủy hồ sơ", "Hủy hồ sơ hết thời hạn bảo quản."),
    ("QT KN 01", "Giải quyết đơn KNTC", "Đơn KNTC được ghi sổ."),
    ("QT CC 01", "Đào tạo cán bộ, công chức", "Cán bộ, công chức được đào tạo."),
    (
        "QT TT 01",
        "Thẩm tra quyết toán",
        unicodedata.normalize("NFD", "Người thẩm tra kiểm đếm chứng từ thẩm tra quyết toán."),
    ),
    ("QT LB 01", "Lưu biên bản", "Đơn vị phối hợp liên thông điện tử qua trục liên thông văn bản."),
]
# What would win if it were in force: the very words, and nothing else.
GONE = [
    ("QT ZZ 01", "Đánh giá nội bộ"),
    ("QT ZZ 02", "Chính sách chất lượng"),
    ("QT ZZ 03", "Định hướng"),
]
REPLACED = ("QT ZZ 04", "Điều động")
OUTSIDE = [
    ("tt-83-2016", "83/2016/TT-BTC", "Thông tư", "Hướng dẫn quyết toán"),
    ("qd-183-2006", "183/2006/QĐ-TTg", "Quyết định", "Về nghị định 83"),
    ("tt-6-2006", "6/2006/TT-BNV", "Thông tư", "Về 83/2006"),
]


def documents() -> Iterator[tuple[str, str, str]]:
    """Code, title and text of everything that is generated and in force: three hundred and some."""
    number = 100
    for count, title, repeated in FAMILIES:
        for n in range(2, count + 2):
            number += 1
            sentence = repeated.format(n=n)
            yield (
                f"HD PHONG {number}",
                title.format(n=n),
                f"{sentence}\n\n## Nội dung\n\n{sentence} {sentence}",
            )
    for code in CODES:
        text = "Quy trình chung của Ban ISO. QT BIS 01 là quy trình chung của Ban ISO."
        yield code, f"Quy trình chung của Ban ISO số {code[-3:]}", text
    yield from TARGETS


def files() -> dict[str, str]:
    """The generated files, by path."""
    made = [
        *documents(),
        *((code, title, f"{title}. {title}.") for code, title in (*GONE, REPLACED)),
    ]
    found = {}
    for code, title, text in made:
        kind = "procedure" if code.startswith("QT") else "instruction"
        replaces = f"replaces: [{REPLACED[0]}]\n" if code == "QT DD 01" else ""
        head = (
            f"code: {code}\ntype: {kind}\ntitle: {title}\nowner: BIS\napprover: giam-doc\n"
            f"{replaces}"
        )
        found[f"procedures/gen/{code.lower().replace(' ', '-')}.md"] = (
            f"---\n{head}---\n# {title}\n\n{text}\n"
        )
    return found


def outside(row: tuple[str, str, str, str]) -> str:
    """An entry of the external register."""
    name, number, kind, title = row
    known = {
        "number": number,
        "type": kind,
        "issuer": "unknown",
        "title": title,
        "status": "in_force",
    }
    known |= {"issued": "unknown", "checked_on": "unknown"}
    return f"  {name}: {json.dumps(known, ensure_ascii=False)}\n"


def competing(folder: Path) -> Repo:
    """The real manual with all this as release 1; then GONE is withdrawn, and REPLACED too."""
    repo = Repo.make(folder)
    real = FolderTree(ROOT)
    taken = {path: real.read(path) for path in real.list() if path.startswith(TAKEN)}
    taken["procedures/external.yml"] += "".join(map(outside, OUTSIDE)).encode()
    repo.commit("Texts", {**taken, **files()})
    tree = FolderTree(folder)
    repo.commit(
        "Release 1",
        {"releases/0001.yml": baseline_text(tree)},
    )
    items = [
        {"code": code, "act": "withdraw", "title": title, "reason": "Không còn dùng"}
        for code, title in (*GONE, REPLACED)
    ]
    record = {
        "schema": "1",
        "release": "2",
        "title": "Bãi bỏ",
        "instrument": {"kind": "decision", "number": "12/QĐ-VD", "date": "2025-02-20"},
        "signer": {"person": "unknown", "role": "giam-doc"},
        "effective": "2025-03-01",
        "recorder": "VP",
        "previous": "none",
    }
    basis = [
        {"path": path, "blob": repo.git("rev-parse", f"HEAD:{path}")}
        for path in taken
        if path.endswith(".yml")
    ]
    text = json.dumps({**record, "basis": basis, "items": items}, ensure_ascii=False, indent=1)
    repo.commit("Release 2", {"releases/0002.yml": text})
    return repo


def in_force(repo: Repo, work: Path) -> Path:
    """Build only what is in force today, and return its folder."""
    manual = load(FolderTree(repo.folder))
    site = SiteBuilder(
        repo.folder, FolderTree(repo.folder), NOW, "vi", manual, resolve(manual), lambda *_: ()
    )
    today = next(each for each in plan_versions(site.tip.releases, DAY, "vi") if not each.folder)
    return site.build_version(today, work, lambda _: None).folder
