"""Say in words what is found of the signatures inside PDF files. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from qmstool.i18n import Text

if TYPE_CHECKING:
    from datetime import tzinfo

    from qmstool.signatures.values import PdfSignature, SignedPdf

# Why the signatures of a file are not known. `detail` is what belongs to it.
PROBLEMS = {
    "none": Text("trong tệp không có chữ ký điện tử nào", "there is no digital signature in it"),
    "stamps-only": Text(
        "trong tệp chỉ có dấu thời gian, không có chữ ký của ai",
        "it holds time stamps only, and nobody's signature",
    ),
    "password": Text(
        "tệp có mật khẩu nên không đọc được chữ ký",
        "it has a password, so its signatures cannot be read",
    ),
    "bounds": Text(
        "đọc chữ ký trong tệp tốn quá nhiều thời gian hoặc bộ nhớ nên đã dừng",
        "reading its signatures took too much time or memory and was stopped",
    ),
    "unreadable": Text(
        "không đọc được chữ ký trong tệp ({detail})", "its signatures cannot be read ({detail})"
    ),
    "no-package": Text(
        "máy này chưa cài phần đọc chữ ký điện tử; hãy chạy: {detail}",
        "what reads signatures is not installed here; run: {detail}",
    ),
    "not-asked": Text(
        "chữ ký trong tệp không được đọc ở đây; hãy chạy: qmstool verify --trust CHỨNG-THƯ-GỐC",
        "its signatures are not read here; run: qmstool verify --trust ROOT-CERTIFICATE",
    ),
    "other-kind": Text(
        "chữ ký trong tệp {detail} không đọc được ở đây; hãy kiểm bằng phần mềm ký điện tử",
        "signatures of {detail} files are not read here; check it with the signing program",
    ),
}
# Why a signature does not hold.
REASONS = {
    "broken": Text(
        "chữ ký không khớp với nội dung: tệp đã bị sửa sau khi ký",
        "it does not match the content: the file was altered after signing",
    ),
    "changed": Text(
        "sau khi ký, tệp bị sửa theo cách mà chữ ký không cho phép",
        "after signing, the file was changed in a way that the signature does not allow",
    ),
    "revoked": Text(
        "chứng thư đã bị thu hồi từ {detail}, trước khi ký",
        "its certificate was revoked on {detail}, before the signing",
    ),
    "part": Text(
        "chữ ký chỉ bao gồm một phần của tệp: phần còn lại ai cũng có thể sửa mà chữ ký vẫn khớp",
        "it covers a part of the file only: whoever likes can alter the rest, and it still matches",
    ),
    "filled-in": Text(
        "sau chữ ký cuối cùng, biểu mẫu trong tệp còn được điền thêm ở ô {detail}",
        "after the last signature, a form in the file was filled in, at {detail}",
    ),
    "notes-after": Text(
        "sau chữ ký cuối cùng, tệp được thêm ghi chú ở trang {detail}; nội dung các trang không "
        "đổi, nhưng ghi chú có thể che chữ: hãy xem bản lúc ký bằng phần mềm ký điện tử",
        "after the last signature, notes were added on page {detail}; the pages themselves are as "
        "they were signed, but a note can hide words: look at the signed version with the signing "
        "program",
    ),
    "signature-after": Text(
        "sau chữ ký này tệp còn có thêm một chữ ký không đọc được",
        "after it, a signature was added that cannot be read",
    ),
    "bytes-after": Text(
        "sau chữ ký cuối cùng, trong tệp còn dữ liệu mà không chữ ký nào bao gồm",
        "after the last signature, the file holds bytes that no signature covers",
    ),
    "no-roots": Text(
        "chưa ai cho biết tin chứng thư gốc nào; hãy thêm --trust TỆP-CHỨNG-THƯ",
        "nobody says which root certificates to trust; add --trust CERTIFICATE-FILE",
    ),
    "no-chain": Text(
        "chứng thư do «{issuer}» cấp không dẫn về chứng thư gốc nào đã nêu ở --trust",
        "its certificate, issued by «{issuer}», leads to none of the roots given with --trust",
    ),
    "ended": Text(
        "chứng thư đã hết hạn ngày {detail}, và không có dấu thời gian chứng minh ký trước đó",
        "its certificate ended on {detail}, and no time stamp proves that it was signed before",
    ),
    "ended-before": Text(
        "chứng thư đã hết hạn ngày {detail}, trước lúc ký",
        "its certificate ended on {detail}, before it was signed",
    ),
    "not-yet": Text(
        "lúc ký chứng thư chưa có hiệu lực: chỉ từ {detail}",
        "at the time of signing its certificate was not valid yet: only from {detail}",
    ),
    "usage": Text(
        "chứng thư chỉ dùng cho: {detail}; không phải loại mà signatures.key_usage của qms.yml đòi",
        "its certificate is made for: {detail}; not what signatures.key_usage of qms.yml demands",
    ),
    "no-revocation": Text(
        "chứng thư có thể đã bị thu hồi: trong tệp không lưu danh sách thu hồi; hãy tải tệp .crl "
        "của «{issuer}» và thêm vào --trust",
        "its certificate may have been revoked: no list of revoked ones is stored in the file; "
        "fetch the .crl of «{issuer}» and add it to --trust",
    ),
    "stale": Text(
        "danh sách thu hồi có ở đây không nói gì về chứng thư này vào lúc ký; hãy thêm tệp .crl "
        "mới hơn của «{issuer}» vào --trust",
        "the lists of revoked certificates at hand say nothing of this one at the time of signing; "
        "add a newer .crl of «{issuer}» to --trust",
    ),
    "revoked-unproved": Text(
        "chứng thư bị thu hồi từ {detail}, và không có dấu thời gian chứng minh ký trước đó",
        "its certificate was revoked on {detail}, and no time stamp proves that it was signed "
        "before",
    ),
    "weak": Text(
        "thuật toán ký đã lỗi thời, không còn đủ tin cậy",
        "its signing algorithm is outdated and no longer trusted",
    ),
    "chain": Text(
        "chuỗi chứng thư từ «{issuer}» có lỗi",
        "there is a fault in the chain of certificates from «{issuer}»",
    ),
    "form-demands": Text(
        "ô ký trong tệp đòi điều mà chữ ký này không có",
        "the field that it stands in demands what this signature lacks",
    ),
    "unknown-kind": Text(
        "loại chữ ký không đọc được ({detail})", "a kind of signature that is not read ({detail})"
    ),
}
AFTER = {
    "proofs": Text(
        "sau chữ ký này tệp có thay đổi: thêm dấu thời gian hoặc dữ liệu thu hồi",
        "changed after this signature: time stamps or stored revocation data were added",
    ),
    "bytes": Text(
        "sau chữ ký này tệp có thay đổi: thêm dữ liệu không thuộc văn bản",
        "changed after this signature: bytes that are no part of the document were added",
    ),
    "signing": Text(
        "sau chữ ký này tệp có thay đổi: thêm chữ ký khác",
        "changed after this signature: another signature was added",
    ),
    "filled": Text(
        "sau chữ ký này tệp có thay đổi: điền thêm ô {added} của biểu mẫu",
        "changed after this signature: the form was filled in, at {added}",
    ),
    "notes": Text(
        "sau chữ ký này tệp có thay đổi: thêm ghi chú ở trang {added}, các trang không đổi",
        "changed after this signature: notes on page {added}; the pages are as they were",
    ),
    "part": Text("chỉ ký trên một phần của tệp", "over a part of the file only"),
    "other": Text("sau chữ ký này tệp có thay đổi", "changed after this signature"),
}
ENTIRE = Text("ký trên toàn bộ tệp", "over the entire file")
HOLDS = Text("chữ ký đúng", "it holds")
STAMPED = Text("lúc {moment}, có dấu thời gian", "at {moment}, proved by a time stamp")
CLAIMED = Text("lúc {moment} theo máy người ký", "at {moment} by the signer's own clock")
NO_TIME = Text("không rõ lúc nào", "at an unknown time")
MINUTES = len("2024-03-01 08:00")
NOBODY = Text("chữ ký không đọc được", "a signature that cannot be read")
LINE = Text(
    "{who} ({issuer}), {when}; {over}; {worth}", "{who} ({issuer}), {when}; {over}; {worth}"
)


def problem_text(found: SignedPdf) -> Text | None:
    """Return why the signatures of a file are not known; None where they are."""
    if not found.problem:
        return None
    return PROBLEMS[found.problem].fill({"detail": found.detail})


def reason_text(signature: PdfSignature) -> Text | None:
    """Return why a signature does not hold; None where it does."""
    if signature.judgement == "holds":
        return None
    values = {"detail": signature.detail, "issuer": signature.issuer}
    return REASONS[signature.reason].fill(values)


def later_text(signature: PdfSignature) -> Text:
    """Return what was added to the file after a signature."""
    return AFTER[signature.after].fill({"added": signature.added})


def signature_text(signature: PdfSignature, zone: tzinfo) -> Text:
    """Return a line on a signature: who, when, over what, changed since, what it is worth."""
    reason = reason_text(signature)
    if not signature.signer:
        return _joined(NOBODY, reason or HOLDS)
    over = ENTIRE if signature.entire else later_text(signature)
    parts = {"when": _when(signature, zone), "over": over, "worth": reason or HOLDS}
    names = {"who": signature.signer, "issuer": signature.issuer}
    vi = names | {name: text.vi for name, text in parts.items()}
    en = names | {name: text.en for name, text in parts.items()}
    return Text(LINE.fill(vi).vi, LINE.fill(en).en)


def _when(signature: PdfSignature, zone: tzinfo) -> Text:
    for moment, text in ((signature.stamped, STAMPED), (signature.claimed, CLAIMED)):
        if moment:
            local = in_zone(datetime.fromisoformat(moment), zone)
            return text.fill({"moment": local.isoformat(" ", "minutes")[:MINUTES]})
    return NO_TIME


def in_zone(moment: datetime, zone: tzinfo) -> datetime:
    """Return a moment in another zone; as it is where it names none, or no calendar goes so far."""
    if moment.tzinfo is None:
        return moment
    try:
        return moment.astimezone(zone)
    except OverflowError:
        return moment


def _joined(one: Text, other: Text) -> Text:
    return Text(f"{one.vi}: {other.vi}", f"{one.en}: {other.en}")
