"""Report what a build would refuse in the templates that a manual has of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.i18n import Text
from qmstool.rules.base.rule import rule
from qmstool.rules.base.values import bilingual

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qmstool.rules.base.facts import Facts
    from qmstool.rules.base.own_templates import FaultKind
    from qmstool.rules.base.rule import Rule

WHY: Mapping[FaultKind, Text] = {
    "syntax": Text(
        "chỗ này viết không đúng cú pháp Jinja ({value})",
        "what stands here is no Jinja ({value})",
    ),
    "name": Text("không trang nào có giá trị tên «{value}»", "no page has a value named «{value}»"),
    "filter": Text(
        "không có phép «{value}» nào để áp lên giá trị", "there is no filter or test «{value}»"
    ),
    "missing": Text("không có mẫu nào tên «{value}»", "there is no template «{value}»"),
    "endless": Text(
        "mẫu chạy mãi không xong, gọi chính nó không dừng, hoặc làm ra trang quá lớn",
        "it runs on for ever, calls itself without end, or makes a page too large",
    ),
}


@rule(
    "QMS038",
    "broken-template",
    Severity.ERROR,
    Text("Mẫu trang có lỗi", "A page template that is broken"),
    Text(
        "Không dựng được trang nào từ mẫu này: {why_vi}. Hãy sửa chỗ ấy; hoặc xóa tệp, khi ấy "
        "mẫu có sẵn của công cụ được dùng.",
        "No page can be made with this template: {why_en}. Mend it; or delete the file, then the "
        "template that comes with the tool is used.",
    ),
)
def broken_template(facts: Facts) -> Iterator[Violation]:
    """Find what a build would refuse in the manual's own templates, as far as they say it."""
    for fault in facts.own_templates.faults:
        why = bilingual(why=WHY[fault.kind].fill({"value": fault.value}))
        yield Violation(fault.place, why, fault.suggestion)


RULES: tuple[Rule, ...] = (broken_template,)
