"""What is to be done to each document: new, revised, withdrawn, left as it stands, or asked about."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from qmstool.candidates.drafting import Drafting, GoneError, Overrides
from qmstool.i18n import QmsError
from qmstool.manual.loading.loader import load
from qmstool.releases.record import digest_parts
from tests.support.memory import PROCEDURE, files
from tests.support.planted import item, record

if TYPE_CHECKING:
    from collections.abc import Sequence

DAY = date(2024, 6, 1)
SAME = digest_parts([PROCEDURE.encode()], [])
PINS = f"[{{path: procedures/qt-a-01.md, blob: {'b' * 40}}}]"
ONLY = frozenset({"qt-a-01"})


def released(act: str = "new", digest: str = SAME) -> str:
    return item(act, issue="'1'", revision="'0'", digest=digest, files=PINS)


FIRST = record(1, "2024-01-01", "2024-01-01", released())
ENDED = record(2, "2024-02-01", "2024-02-01", released("withdraw"))


def acts(
    *records: tuple[str, str],
    text: str | None = PROCEDURE,
    wanted: str = "",
    only: frozenset[str] = ONLY,
    more: Sequence[tuple[str, str]] = (),
) -> list[str]:
    tree = files(**dict([*records, *more]))
    if text is None:
        del tree.files["procedures/qt-a-01.md"]
    else:
        tree.files["procedures/qt-a-01.md"] = text.encode()
    manual = load(tree)
    wish = Overrides(only_codes=only, acts={"qt-a-01": wanted} if wanted else None)
    drafting = Drafting(manual, tree, DAY, wish, None, manual.releases)
    found = [each for each in drafting.items() if isinstance(each, dict)]
    return [str(each["act"]) for each in found if each["code"] == "QT A 01"]


CHANGED = PROCEDURE + "Thêm.\n"
MARKED = PROCEDURE.replace("title:", "withdraw: next\ntitle:")


@pytest.mark.parametrize(
    ("records", "text", "wanted", "act"),
    [
        ((), PROCEDURE, "", ["new"]),
        ((), PROCEDURE, "withdraw", []),
        ((), MARKED, "", []),
        ((FIRST,), PROCEDURE, "", []),
        ((FIRST,), CHANGED, "", ["revise"]),
        ((FIRST,), CHANGED, "correct", ["correct"]),
        ((FIRST,), PROCEDURE, "reissue", ["reissue"]),
        ((FIRST,), PROCEDURE, "withdraw", ["withdraw"]),
        ((FIRST,), MARKED, "", ["withdraw"]),
        ((FIRST,), MARKED, "withdraw", ["withdraw"]),
        ((FIRST,), None, "withdraw", ["withdraw"]),
        ((FIRST, ENDED), PROCEDURE, "new", ["new"]),
        ((FIRST, ENDED), PROCEDURE, "withdraw", []),
        ((FIRST, ENDED), None, "", []),
    ],
)
def test_what_is_done(
    records: tuple[tuple[str, str], ...], text: str | None, wanted: str, act: list[str]
) -> None:
    assert acts(*records, text=text, wanted=wanted) == act


def test_what_was_withdrawn_is_issued_anew_only_where_somebody_says_so() -> None:
    assert acts(FIRST, ENDED, only=frozenset()) == []
    with pytest.raises(QmsError, match="QT A 01=new"):
        acts(FIRST, ENDED)


def test_what_is_in_force_is_not_issued_as_new() -> None:
    with pytest.raises(QmsError, match="QT A 01=reissue"):
        acts(FIRST, text=CHANGED, wanted="new")


@pytest.mark.parametrize("wanted", ["revise", "new"])
def test_a_mark_of_withdrawal_and_another_wish_do_not_go_together(wanted: str) -> None:
    with pytest.raises(QmsError, match="QT A 01"):
        acts(FIRST, text=MARKED, wanted=wanted)


def test_a_file_that_is_gone_is_asked_about_unless_another_stands_in_its_place() -> None:
    with pytest.raises(GoneError) as told:
        acts(FIRST, text=None)
    assert [each.code for each in told.value.items] == ["QT A 01"]
    head = "---\ncode: QT A 02\ntype: procedure\ntitle: x\n{}---\n# x\n"
    successor = ("procedures/b.md", head.format("replaces: [QT-A-01]\n"))
    assert acts(FIRST, text=None, more=[successor]) == ["withdraw"]
    other = ("procedures/b.md", head.format("replaces: [QT A 07]\n"))
    with pytest.raises(GoneError):
        acts(FIRST, text=None, more=[other])
    # The same file bears another code now.
    assert acts(FIRST, text=head.format("")) == ["withdraw"]


def test_a_text_that_is_to_take_effect_is_no_revision() -> None:
    scheduled = record(
        2, "2024-09-01", "2024-05-01", released("revise", digest_parts([CHANGED.encode()], []))
    )
    assert acts(FIRST, scheduled, text=CHANGED) == []
    assert acts(FIRST, scheduled, text=PROCEDURE) == []
    assert acts(FIRST, scheduled, text=CHANGED + "Nữa.\n") == ["revise"]
