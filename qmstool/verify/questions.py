"""The auditor's questions of facts/domain.md §5, each with the function that answers it from a `Case`.

«No» rests on doubts with places; «not evidenced» says what is lacking. Nothing that nobody recorded is ever answered «yes».
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from qmstool.findings import Text
from qmstool.model import UNKNOWN
from qmstool.register.review import review_due
from qmstool.signing import evidence
from qmstool.signing.candidate import read as read_candidate
from qmstool.sources.entries import is_date
from qmstool.sources.text import Source
from qmstool.values import dataclass
from qmstool.verify import approval, doubts
from qmstool.verify.keeping import mending, texts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from qmstool.findings import Lang
    from qmstool.model import Manual, Release
    from qmstool.register.standing import Register, Standing
    from qmstool.verify.doubts import Doubt
    from qmstool.verify.vault import Vault

Outcome = Literal["yes", "no", "not-evidenced"]
LANGS: tuple[Lang, ...] = ("vi", "en")


@dataclass(frozen=True, slots=True)
class Case:
    """What every question may look at. `witness`: a digest kept outside; `trust`: the signers of the first seal."""

    manual: Manual
    register: Register
    vault: Vault
    day: date
    witness: str | None
    trust: bytes | None

    @property
    def releases(self) -> tuple[Release, ...]:
        """Every release file, wrong ones included."""
        return self.manual.releases

    @property
    def in_force(self) -> tuple[Standing, ...]:
        """What people work by."""
        return tuple(each for each in self.register.standings.values() if each.in_force)

    @property
    def grounds(self) -> tuple[Release, ...]:
        """The releases that what is in force rests on."""
        return tuple(dict.fromkeys(found for each in self.in_force if (found := self.register.release_of(each))))


LOST = {"text-missing", "text-unkept"}
Verdict = tuple[Outcome, Text, tuple["Doubt", ...]]


def _verdict(found: Iterable[Doubt], good: Text, lacking: Text | None = None) -> Verdict:
    """«No» for any doubt, else «not evidenced» for anything lacking, else «yes»."""
    against = tuple(found)
    if against:
        count = str(len(against))
        return "no", Text("{n} điểm không khớp.", "{n} things do not fit.").fill({"n": count}), against
    return ("not-evidenced", lacking, ()) if lacking else ("yes", good, ())


NOTHING = Text("Chưa ghi nhận đợt ban hành nào.", "No release has been recorded.")
IMPORTED = Text("{n} tài liệu đang theo bản nhập, chưa có bằng chứng phê duyệt.", "{n} documents stand on an imported baseline.")

ONE_BRANCH = Text(
    "Nội dung đợt {n} chỉ còn nhánh «{branch}» giữ, xóa nhánh là mất. Hãy gắn thẻ: «{tag}», rồi «{push}».",
    "Only the branch «{branch}» keeps texts of release {n}: delete it and they are lost. Tag them: «{tag}», then «{push}».",
)


def _unapproved(case: Case) -> Text | None:
    """What is lacking where texts in force rest on no recorded approval."""
    if not case.in_force:
        return NOTHING
    imported = sum(each.state == "imported" for each in case.in_force)
    return IMPORTED.fill({"n": str(imported)}) if imported else None


def _bound(case: Case) -> Verdict:
    found = [*doubts.texts(case.releases, case.vault), *doubts.numbers(case.releases), *_of(case, "not-as-signed")]
    good = Text("Mỗi nội dung đang có hiệu lực cho đúng mã băm đã ghi.", "Every text in force gives its recorded digest.")
    return _verdict(found, good, _unapproved(case))


def _of(case: Case, slug: str) -> list[Doubt]:
    return [doubt for doubt in approval.evidence(case.releases, case.vault) if doubt.slug == slug]


def _approver(case: Case) -> Verdict:
    nameless = [each for each in case.grounds if _signer(each, "person") == UNKNOWN or _signer(each, "role") == UNKNOWN]
    lacking = (
        Text("Có đợt ban hành không ghi người ký hoặc chức vụ.", "Some release names no signer or no role.") if nameless else None
    )
    good = Text("Người ký giữ chức vụ được phê duyệt vào ngày ký.", "The signers held roles that may approve.")
    return _verdict(approval.signers(case.releases, case.vault), good, _unapproved(case) or lacking)


def _signer(each: Release, name: str) -> str:
    signer = each.entry.entry("signer")
    return signer.text(name, UNKNOWN) if signer else UNKNOWN


def _proof(case: Case) -> Verdict:
    found = [doubt for doubt in approval.evidence(case.releases, case.vault) if doubt.slug != "not-as-signed"]
    bare = [each for each in case.grounds if not evidence.kinds(each)]
    lacking = Text("Có đợt ban hành chưa kèm bằng chứng.", "Some release has no evidence.") if bare else None
    levels = dict.fromkeys(map(evidence.level, case.grounds))
    vi, en = ("; ".join(each.get(lang) for each in levels) for lang in LANGS)
    good = Text(f"Bằng chứng: {vi}.", f"Evidence: {en}.")
    return _verdict(found, good, _unapproved(case) or lacking)


def _whole(case: Case) -> Verdict:
    found = [*doubts.chain(case.releases, case.vault), *approval.seals(case.releases, case.vault, case.trust)]
    found += doubts.basis(case.releases, case.vault)
    if case.witness is not None:
        found += doubts.witness(case.releases, case.vault, case.witness)
    lacking = None
    if not case.releases:
        lacking = NOTHING
    elif case.witness is None:
        lacking = Text(
            "Chuỗi liền mạch, nhưng không có nhân chứng bên ngoài thì không thấy được phần cuối bị cắt.",
            "The chain is whole, but without a witness kept outside a cut-off tail cannot be seen.",
        )
    return _verdict(found, Text("Chuỗi liền mạch và khớp nhân chứng.", "The chain is whole and fits the witness."), lacking)


def _approved_only(case: Case) -> Verdict:
    lost = [doubt for doubt in doubts.texts(case.grounds, case.vault) if doubt.slug in LOST]
    good = Text("Trang chính dựng từ nội dung đã ghim, không từ dự thảo.", "The site is made of pinned texts, not of drafts.")
    return _verdict(lost, good, _unapproved(case))


def _effect(case: Case) -> Verdict:
    undated = [each for each in case.grounds if UNKNOWN in {each.effective, each.recorded}]
    lacking = Text("Có đợt không rõ ngày hiệu lực hoặc ngày ghi nhận.", "Some release has an unknown date.") if undated else None
    late = [
        str(each.number)
        for each in case.releases
        if UNKNOWN not in {each.effective, each.recorded} and each.effective < each.recorded
    ]
    good = Text("Đủ hai mốc thời gian; ghi nhận sau ngày hiệu lực: {n}.", "Both times are known; recorded after their effect: {n}.")
    return _verdict(doubts.dates(case.releases), good.fill({"n": ", ".join(late) or "0"}), _unapproved(case) or lacking)


def _printed(case: Case) -> Verdict:
    bare = [each for each in case.in_force if not each.check_code]
    lacking = (
        Text("Có tài liệu đang có hiệu lực chưa có mã kiểm tra.", "Some document in force has no check code.") if bare else None
    )
    good = Text("Mỗi tài liệu đang có hiệu lực có mã kiểm tra để in.", "Every document in force has a check code to print.")
    return _verdict((), good, lacking if case.in_force else NOTHING)


def _reviewed(case: Case) -> Verdict:
    held = [(case.manual.documents[each.key], each) for each in case.in_force if each.key in case.manual.documents]
    due = {document.name: review_due(document, each, case.manual.config) for document, each in held}
    late = [name for name, day in due.items() if day and day < case.day]
    if late:
        return "no", Text("Quá hạn xem xét: {names}.", "Review overdue: {names}.").fill({"names": ", ".join(late)}), ()
    lacking = Text("Có tài liệu không rõ hạn xem xét.", "Some document's review date is unknown.") if None in due.values() else None
    return _verdict((), Text("Không tài liệu nào quá hạn xem xét.", "No review is overdue."), lacking if held else NOTHING)


def _obsolete(case: Case) -> Verdict:
    lost = [doubt for doubt in doubts.texts(case.releases, case.vault) if doubt.slug in LOST]
    good = Text(
        "Bản cũ còn đọc được, có nhãn lỗi thời, không lẫn với bản hiện hành.",
        "Old texts are kept apart, marked, and still readable.",
    )
    return _verdict(lost, good, _unkept(case) if case.releases else NOTHING)


def _unkept(case: Case) -> Text | None:
    """What is lacking where only a branch, that anybody may delete, leads to the texts of a release: the tag to make."""
    told = []
    for each in case.releases:
        names = {case.vault.loose.get(blob, "") for blob in texts_of(each).values()} - {""}
        if names:
            tag, push = mending(each.number, _frozen(each, case.vault))
            told.append(ONE_BRANCH.fill({"n": str(each.number), "branch": min(names), "tag": tag, "push": push}))
    return Text(*(" ".join(each.get(lang) for each in told) for lang in LANGS)) if told else None


def _frozen(each: Release, vault: Vault) -> str:
    """The commit of the candidate that a release records."""
    paths = (proof.text("file") for proof in each.entry.entries("evidence") if proof.text("kind") == evidence.CANDIDATE)
    found = (read_candidate(Source(path, vault.files[path]))[0].commit[:10] for path in paths if path in vault.files)
    return next(found, "<commit>")


def _external(case: Case) -> Verdict:
    oldest = (case.day - timedelta(days=case.manual.config.external_recheck_days)).isoformat()
    checked = {each.number: each.entry.text("checked_on", UNKNOWN) for each in case.manual.externals.values()}
    stale = [number for number, day in checked.items() if is_date(day) and day < oldest]
    if stale:
        return "no", Text("Đã lâu chưa rà soát: {names}.", "Not checked for long: {names}.").fill({"names": ", ".join(stale)}), ()
    unknown = not all(map(is_date, checked.values()))
    lacking = Text("Có tài liệu bên ngoài chưa ghi ngày rà soát.", "Some external document was never checked.") if unknown else None
    return _verdict(
        (), Text("Mọi tài liệu bên ngoài đều mới được rà soát.", "Every external document was checked of late."), lacking
    )


def _trail(case: Case) -> Verdict:
    lacking = {
        "whole": None,
        "shallow": Text("Bản sao thiếu lịch sử. Chạy: git fetch --unshallow", "The clone is shallow. Run: git fetch --unshallow"),
        "none": Text("Chưa có lịch sử trong git.", "There is no git history."),
    }[case.vault.past]
    return _verdict((), Text("Lịch sử đầy đủ; xem «qmstool trail».", "The history is whole; see «qmstool trail»."), lacking)


def _unrecorded(vi: str, en: str) -> Callable[[Case], Verdict]:
    return lambda _: ("not-evidenced", Text(vi, en), ())


QUESTIONS: tuple[tuple[str, Text, Callable[[Case], Verdict]], ...] = (
    ("bound", Text("Phê duyệt có gắn với đúng nội dung không?", "Is the approval bound to the text?"), _bound),
    ("approver", Text("Ai phê duyệt, và có thẩm quyền không?", "Who approved, and may they?"), _approver),
    ("proof", Text("Lấy gì chứng minh việc phê duyệt?", "What proves the approval?"), _proof),
    ("whole", Text("Lịch sử có còn nguyên, không bị viết lại?", "Is history whole, and not rewritten?"), _whole),
    ("approved-only", Text("Mọi người chỉ thấy nội dung đã duyệt?", "Do staff see only approved text?"), _approved_only),
    ("effect", Text("Có hiệu lực từ khi nào?", "When did it take effect?"), _effect),
    ("operation", Text("Ai quản trị, lần thử khôi phục gần nhất?", "Who administers it; was a restore tried?"), _unrecorded(
        "Chưa ghi người quản trị và lần thử khôi phục.", "Neither administrator nor restore test is recorded.")),
    ("known", Text("Mọi người đã biết bản nào?", "Which text did people know?"), _unrecorded(
        "Chưa có ghi nhận đã đọc theo từng lần sửa đổi.", "No acknowledgement by revision is recorded.")),
    ("printed", Text("Bản in có nhận ra được là bản nào không?", "Is a print identified?"), _printed),
    ("reviewed", Text("Có được xem xét đúng hạn không?", "Is it reviewed in time?"), _reviewed),
    ("obsolete", Text("Bản lỗi thời có được giữ riêng, không dùng nhầm?", "Is obsolete text kept from use by mistake?"), _obsolete),
    ("external", Text("Tài liệu bên ngoài có còn đúng không?", "Are external documents current?"), _external),
    ("trail", Text("Có truy được ai làm gì, khi nào, vì sao?", "Can the trail be shown?"), _trail),
    ("tool", Text("Sao biết công cụ chạy đúng?", "How do you know the tool works?"), _unrecorded(
        "Chưa có báo cáo tự kiểm của công cụ.", "No self-test report is recorded.")),
)  # fmt: skip
