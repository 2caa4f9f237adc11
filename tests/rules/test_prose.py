"""The prose rules on invented texts: what they must not say, beside the examples of their pages."""

from __future__ import annotations

import pytest

from qmstool.findings import Severity
from qmstool.rules.prose import registry as prose
from tests.support.machine import time_limit
from tests.support.manuals import check_tree
from tests.support.memory import files

PROSE = {rule.slug for rule in prose.RULES}


def said(body: str, **more: str) -> list[str]:
    """«slug words» of every prose finding on section 4.1 of the small manual."""
    report = check_tree(files(body=body, **more))
    found = [
        each
        for each in report.findings
        if each.slug in PROSE and each.location.path == "manual/1/4.1.md"
    ]
    return [f"{each.slug} {each.values.get('words', '')}".strip() for each in found]


def test_the_family_only_informs_and_warns() -> None:
    assert {rule.severity for rule in prose.RULES} <= {Severity.INFO, Severity.WARNING}
    assert all(rule.id.startswith("QMS6") for rule in prose.RULES)


@pytest.mark.parametrize(
    "body",
    [
        (
            "Cán bộ bộ phận Một cửa đánh giá giá trị hồ sơ theo biện pháp pháp lý của cơ quan "
            "quan trọng."
        ),
        "Luôn luôn cập nhật, dần dần hoàn thiện; năm năm một lần tổng kết.",
        "Trưởng phòng Phòng Tổ chức ký nháy.",
        "Xem https://example.org/a,b;c?x=1 hoặc thư a,b@example.org.",
        "Hành động ngắn- và dài hạn đều được ghi.",
        "Hồ sơ gồm:\n\n1. Đơn đề nghị;\n2. Bản sao.",
        "Các bước như sau:\n\n```text\nA -> B\n```",
        "Sơ đồ dưới đây:\n\n![sơ đồ](so-do.png)",
        "Phạm vi gồm các\n\n- phòng;\n- ban.",
        "Hồ sơ được kiểm chứng, có xác thực",
        "Nhân viên trung thực",
        "Giám đốc phê duyệt hoặc trả lại hồ sơ.",
        "Người nộp hoặc người được ủy quyền ký, Giám đốc quyết định.",
        "Xử lý hoặc phòng ngừa cháy; ban hành hoặc bãi bỏ.",
        "Tài liệu có sẵn để sử dụng khi cần thiết.",
        "Rà soát định kỳ 06 tháng một lần.",
        "Rà soát định kỳ theo QT A 01.",
        "| Việc | Kỳ |\n|---|---|\n| Rà soát định kỳ | mỗi quý |",
        "## Xem xét định kỳ\n\nĐơn vị xem xét mỗi năm.",
        "Trung tâm Phục vụ hành chính công (TTPVHCC) trả kết quả. TTPVHCC lập sổ.",
        "Sở Nội vụ (sau đây gọi tắt là SNV) chủ trì; SNV báo cáo trong quý III.",
        "Dấu «MẬT» và «TỐI MẬT» do văn thư đóng; tệp PDF, theo NORM 1.",
        "Quý khách và quỹ đất: thủy lợi, hòa giải.",
        "`a ,b` và giá 10.000 đồng, 1:3, 5/2024.",
        "Kế hoạch đánh giá nội bộ hằng năm được duyệt. Đánh giá nội bộ được tiến hành hằng quý.",
        (
            "Hằng năm, Văn phòng lập kế hoạch đánh giá nội bộ. Đánh giá nội bộ được tiến hành "
            "hằng quý."
        ),
        "Hồ sơ đào tạo được lưu 5 năm. Hồ sơ mua sắm được lưu 10 năm.",
        (
            "Kho lạnh được kiểm tra hằng ngày tại cơ sở 1. Kho lạnh được kiểm tra hằng tuần tại "
            "cơ sở 2."
        ),
        "Nhân viên mới được đào tạo hằng tháng. Nhân viên cũ được đào tạo hằng năm.",
        "Máy nén khí được kiểm tra hằng tuần và được kiểm định hằng năm.",
        "Báo cáo được lưu 5 năm.\n\n## 2. Khác\n\nBáo cáo được lưu 3 năm.",
        "Xe được bảo dưỡng 6 tháng một lần. Xe được bảo dưỡng 12 tháng một lần khi ít dùng.",
        (
            "Đánh giá nội bộ được tiến hành 12 tháng một lần. Đánh giá nội bộ được tiến hành mỗi "
            "năm một lần."
        ),
        (
            "Văn phòng theo dõi việc đánh giá nhà thầu hằng quý. Đánh giá nhà thầu được thực "
            "hiện hằng năm."
        ),
        "Cách làm xem Hình 2 của sổ tay vận hành, Bảng 3 Phụ lục II Thông tư 01/2020/TT.",
        "Lập bảng 2 cột; chia hình 3 phần; hình thức 2 lựa chọn.",
        "Các bước nêu ở Hình 1.\n\n![Sơ đồ](so-do.png)",
        "Mức thu theo bảng dưới đây, tính từ tháng sau.\n\n| Loại | Mức |\n|---|---|\n| một | 2 |",
        "Các bước theo sơ đồ sau:\n\n1. Nhận đơn\n2. Xử lý",
        "Nội dung (gồm:\n\n- đơn;\n- bản sao).",
        "Khối u được sinh thiết lúc 7 h 30; phần tử thứ i, v.v..",
        "Khách hàng năm ngoái tăng; đơn hàng năm nay giảm; giao hàng hằng tháng.",
        "Theo NORM 1:2008 và NORM 1.",
        "Kết quả ghi vào Phiếu bảo dưỡng định kỳ.",
        "Việc kiểm tra không định kỳ do Giám đốc quyết.",
        "Ông Minh o bế khách.",
    ],
)
def test_what_is_right_stays_unasked(body: str) -> None:
    assert said(body, so_do_dot_png="") == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Xử lý khi khi có yêu cầu.", ["doubled-word khi khi"]),
        ("Xử lý khi **khi** có yêu cầu.", ["doubled-word khi khi"]),
        ("Việc giao cho các phòng và\n\n## Khác", ["unfinished-text giao cho các phòng và"]),
        ("Còn nữa....", ["unfinished-text ...."]),
        ("Biểu phải điền: ................", []),
        ("Quy trình quản lý , lưu trữ.", ["stray-punctuation lý ,"]),
        ("Sổ sách, sổ xách.", ["likely-slip sổ xách"]),
        ("SỔ SÁCH đầy đủ, Căn cứ và kết quả.", ["likely-slip Căn cứ và kết quả"]),
        ("Giám đốc hoặc hội đồng phê duyệt.", ["alternative-authorities"]),
        ("Theo QT A 01 hoặc QT A 02.", []),
        (
            "Đánh giá nội bộ được tiến hành hằng năm.\n\nĐánh giá nội bộ được tiến hành hằng quý.",
            ["two-periods"],
        ),
        (
            (
                "Xem xét của lãnh đạo được họp 6 tháng một lần.\n\nCuộc họp xem xét của lãnh đạo "
                "được tổ chức hằng năm."
            ),
            ["two-periods"],
        ),
        ("Hồ sơ được lưu 5 năm.\n\nHồ sơ được lưu 3 năm.", ["two-periods"]),
        (
            "Hằng quý, Văn phòng rà soát nội quy. Nội quy được rà soát mỗi năm một lần.",
            ["two-periods"],
        ),
        (
            "Nhà thầu được đánh giá 2 lần/năm. Việc đánh giá nhà thầu được thực hiện hằng năm.",
            ["two-periods"],
        ),
        (
            "Văn phòng lưu hồ sơ tuyển dụng 5 năm. Hồ sơ tuyển dụng lưu tối thiểu mười năm.",
            ["two-periods"],
        ),
        (
            (
                "Bản đồ, hồ sơ đào tạo và sổ quỹ được lưu ít nhất 3 năm. Hồ sơ đào tạo được lưu "
                "giữ 05 năm."
            ),
            ["two-periods"],
        ),
        (
            "Cơ cấu tổ chức được trình bày ở Hình 1 dưới đây.\n\nGiám đốc phụ trách chung.",
            ["announced-missing Hình 1"],
        ),
        ("Tiếp nhận theo lưu đồ sau:\n\nVăn thư nhận văn bản.", ["announced-missing lưu đồ sau"]),
        ("Số lượng nêu tại bảng 3.", ["announced-missing bảng 3"]),
        ("Cả i tiế n chấ t lượ ng.", ["split-word Cả i tiế n chấ t lượ ng"]),
        ("Hoạt độn g thàn h nếp.", ["split-word độn g thàn h"]),
        ("TODO viết tiếp.", ["unfinished-text TODO"]),
        ("Theo bản sao (công chứng của phường", ["unfinished-text (công chứng của phường"]),
        ("Rất quan trọng..", ["stray-punctuation trọng.."]),
        ("Trang 3/7\n\nTiếp theo.", ["page-remnant Trang 3/7"]),
        ("Văn phòng:\n\no Lập sổ;\no Ghi sổ.", ["page-remnant o Lập"]),
        (
            "Tài liệu được rà soát định kỳ. Giám đốc chỉ đạo. Họp hằng tháng.",
            ["period-missing định kỳ"],
        ),
        ("Hàng tháng họp, hằng quý tổng kết, hằng năm báo cáo.", ["term-variant Hàng tháng"]),
    ],
)
def test_what_is_wrong_is_said(body: str, expected: list[str]) -> None:
    assert said(body) == expected


def test_a_keepers_note_is_nobodys_text() -> None:
    note = '!!! note "Ghi chú .... khi khi"\n    Nếu cần thiết ,  XYZT....\n\n    Rà soát định kỳ\n'
    assert said(note) == []
    assert said(f"{note}\nXử lý khi khi có.") == ["doubled-word khi khi"]


def test_a_note_in_the_place_of_what_was_announced() -> None:
    note = "!!! note\n    Hình bị mất.\n"
    assert said(f"Cấu trúc như sau:\n\n{note}\nĐoạn khác.") == ["announced-missing như sau:"]
    assert said(f"Cấu trúc như sau:\n\n{note}\n- ý một;\n- ý hai.") == []


def test_the_text_of_a_document_not_held_is_not_asked() -> None:
    stub = (
        "---\ncode: QT A 02\ntype: procedure\ntitle: Khác\ntext: not-held\n---\nXử lý khi khi "
        "có....\n"
    )
    report = check_tree(files(procedures__b_dot_md=stub))
    assert not [each for each in report.findings if each.slug in PROSE]


def test_one_pace_in_other_words_is_one_pace() -> None:
    short = "schema: 1\nabbreviations:\n  HTQL: {expansion: Hệ thống quản lý}\n"
    body = (
        "Việc xem xét HTQL làm hằng năm.\n\nHTQL được xem xét 12 tháng một lần.\n\nHTQL được xem "
        "xét {}."
    )
    assert said(body.format("mỗi năm"), manual__abbreviations_dot_yml=short) == []
    assert said(body.format("hằng quý"), manual__abbreviations_dot_yml=short) == ["two-periods"]


@pytest.mark.parametrize(
    "piece",
    [
        "khi ",
        "a a ",
        "(",
        " ,",
        "-- ",
        "định kỳ ",
        "hoặc ",
        "như sau:\n\n",
        "| … |\n",
        "XYZT (",
        "!!! note\n",
        "mỗi năm xem xét ",
        "chấ t ",
        "kiểm tra kho hằng năm ",
        "Kho được kiểm tra mỗi năm. ",
        "hồ sơ được lưu 5 năm ",
        "Bảng 1 ",
        "theo bảng dưới đây\n\n",
        "Theo ST, Hình 2. ",
        "o A\n",
    ],
)
def test_a_long_text_of_one_piece_does_not_hang(piece: str) -> None:
    tree = files(body=piece * (80_000 // len(piece)))
    with time_limit(20):
        report = check_tree(tree)
    assert report.summary.documents > 0
