"""Write a verification as text for a terminal, or as JSON for a program.

Both give question, answer, why, places, and the level of each release's evidence. Pure.
"""

from __future__ import annotations

import json
import textwrap
from collections import Counter
from typing import TYPE_CHECKING

from qmstool.candidates import evidence
from qmstool.i18n import Text
from qmstool.register.opinions import opinions_behind
from qmstool.releases.record import check_code
from qmstool.signatures.words import problem_text, reason_text, signature_text
from qmstool.tables.opinions import opinions_summary
from qmstool.tables.registers import display_value, instrument_text
from qmstool.verify.documents import PROVEN
from qmstool.verify.verification import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.i18n import Lang
    from qmstool.manual.evidence import Evidence
    from qmstool.manual.model import Manual
    from qmstool.manual.releases import Release
    from qmstool.signatures.values import PdfSignature, SignedPdf
    from qmstool.verify.discrepancies import Discrepancy
    from qmstool.verify.documents import DocumentAnswer
    from qmstool.verify.verification import AnsweredQuestion, Verification

SCHEMA = 2
WIDTH = 110
INDENT = " " * 22
HEAD = Text("Kiểm chứng ngày {day}", "Verified on {day}")
PROVED = Text("Đã chứng minh: {n} tài liệu đang có hiệu lực", "Documents in force, proved: {n}")
NOT_PROVED = Text("Chưa chứng minh được: {n} tài liệu", "Documents not proved: {n}")
REPLACED = Text("đã thay", "replaced")
LEVELS = Text("Bằng chứng của từng đợt ban hành", "Evidence of each release")
RELEASE = Text("đợt {number}", "release {number}")
SIGNED = Text("chữ ký điện tử: {line}", "digital signature: {line}")
MISSING = Text("thiếu: {why}", "missing: {why}")
OPINIONS = Text("ý kiến: {sum}", "opinions: {sum}")
WITNESS = Text(
    (
        "Mã kiểm tra của đợt mới nhất, hãy chép giữ ở nơi khác để đối chứng: {number} {code}\n  "
        "SHA-256 {digest}"
    ),
    (
        "Check code of the newest release, to be kept elsewhere as a witness: {number} {code}\n  "
        "SHA-256 {digest}"
    ),
)
SUM = Text(
    "{yes} có · {no} không · {open} chưa có bằng chứng",
    "{yes} yes · {no} no · {open} not evidenced",
)


def to_text(verification: Verification, manual: Manual, lang: Lang) -> str:
    """Return every answer for people.

    With the places of what does not fit, and the level of each release's evidence.
    """
    lines = [HEAD.fill({"day": verification.day.isoformat()}).get(lang), ""]
    lines += _document_lines(verification, lang)
    for answer in verification.answers:
        lines += [*_answer_lines(answer, lang), ""]
    if manual.releases:
        lines.append(LEVELS.get(lang))
        for release in manual.releases:
            lines.append(_release_line(release, manual, verification, lang))
            lines += _signature_lines(release, manual, verification, lang)
            lines += _missing_lines(release, verification, lang)
        witness = {
            "number": f"{manual.releases[-1].number:04d}",
            "code": check_code(verification.newest),
            "digest": verification.newest,
        }
        lines += ["", WITNESS.fill(witness).get(lang), ""]
    counts = Counter(answer.outcome for answer in verification.answers)
    total = {
        "yes": str(counts["yes"]),
        "no": str(counts["no"]),
        "open": str(counts["not-evidenced"]),
    }
    total_text = SUM.fill(total).get(lang)
    if counts["nothing"]:
        total_text += f" · {counts['nothing']} {OUTCOMES['nothing'].get(lang)}"
    lines.append(total_text)
    return "\n".join(lines) + "\n"


def _document_lines(verification: Verification, lang: Lang) -> list[str]:
    """What is proved, document by document; then one list of what is not, and why."""
    lines = []
    proved = [answer for answer in verification.documents if answer.proved]
    open_ones = [answer for answer in verification.documents if not answer.proved]
    open_ones.sort(key=lambda answer: answer.proven != "contradicted")
    if proved:
        lines.append(PROVED.fill({"n": str(len(proved))}).get(lang))
        lines += [_proved_line(answer, lang) for answer in proved]
        lines.append("")
    if open_ones or verification.replaced:
        lines.append(NOT_PROVED.fill({"n": str(len(open_ones))}).get(lang))
        for answer in open_ones:
            reasons = "; ".join(reason.get(lang).removesuffix(".") for reason in answer.reasons)
            word = PROVEN[answer.proven].get(lang)
            lines.append(f"  {_document_name(answer, lang)} · {word} · {reasons}")
        lines += [f"  {REPLACED.get(lang)} · {text.get(lang)}" for text in verification.replaced]
        lines.append("")
    return lines


def _proved_line(answer: DocumentAnswer, lang: Lang) -> str:
    return f"  {_document_name(answer, lang)} · {answer.level.get(lang)}"


def _document_name(answer: DocumentAnswer, lang: Lang) -> str:
    number = f"{display_value(answer.issue, lang)}/{display_value(answer.revision, lang)}"
    release = RELEASE.fill({"number": str(answer.release)}).get(lang)
    name = answer.known_code or answer.title
    return " · ".join(filter(None, (name, number, release, answer.check_code)))


def _answer_lines(answer: AnsweredQuestion, lang: Lang) -> Iterator[str]:
    yield f"{OUTCOMES[answer.outcome].get(lang):{len(INDENT) - 2}}  {answer.question.get(lang)}"
    yield textwrap.fill(
        answer.why.get(lang), WIDTH, initial_indent=INDENT, subsequent_indent=INDENT
    )
    for discrepancy in answer.doubts:
        where = discrepancy.location
        message = discrepancy.message.get(lang)
        yield f"{INDENT}{where.path}:{where.line}:{where.column}  {message}"


def _signature_lines(
    release: Release, manual: Manual, verification: Verification, lang: Lang
) -> Iterator[str]:
    """Who signed inside the PDF files of one record, a line each, in the order of signing."""
    for line in signature_lines(release, manual, verification):
        yield "    " + SIGNED.fill({"line": line.get(lang)}).get(lang)


def signature_lines(
    release: Release, manual: Manual, verification: Verification
) -> tuple[Text, ...]:
    """Return what is said of each signature inside the PDF files of a record, in their order."""
    lines = []
    for proof in release.evidence:
        found = verification.signatures.get(proof.file)
        signatures = found.signatures if found else ()
        lines += [signature_text(one, manual.config.zone) for one in signatures]
    return tuple(lines)


def _missing_lines(release: Release, verification: Verification, lang: Lang) -> Iterator[str]:
    """What is missing of the argument for one record, a line each."""
    for link in verification.missing_links:
        if link.number == release.number:
            yield "    " + MISSING.fill({"why": link.why.get(lang)}).get(lang)


def _release_line(release: Release, manual: Manual, verification: Verification, lang: Lang) -> str:
    parts = [
        RELEASE.fill({"number": str(release.number)}).get(lang),
        instrument_text(release, lang),
        verification.levels[release.number].get(lang),
    ]
    opinions = opinions_behind(manual, release)
    if opinions:
        summary = opinions_summary(manual, opinions, verification.day).get(lang)
        parts.append(OPINIONS.fill({"sum": summary}).get(lang))
    places = []
    for proof in evidence.approval_evidence(release):
        places += [proof.file, proof.reference]
    parts.append(", ".join(filter(None, places)))
    return "  " + " · ".join(filter(None, parts))


def to_json(verification: Verification, manual: Manual) -> str:
    """Return the same for a program, in both languages.

    A change of this shape raises `SCHEMA`; so its word for a discrepancy stays `doubts`.
    """
    data = {
        "schema": SCHEMA,
        "day": verification.day.isoformat(),
        "holds": verification.holds,
        "newest": verification.newest,
        "documents": list(map(_document_data, verification.documents)),
        "replaced": list(map(_both, verification.replaced)),
        "answers": list(map(_answer_data, verification.answers)),
        "releases": [_release_data(release, manual, verification) for release in manual.releases],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _document_data(answer: DocumentAnswer) -> dict[str, object]:
    return {
        "code": answer.code,
        "title": answer.title,
        "issue": answer.issue,
        "revision": answer.revision,
        "check_code": answer.check_code,
        "release": answer.release,
        "proved": answer.proved,
        "proven": answer.proven,
        "level": _both(answer.level),
        "reasons": list(map(_both, answer.reasons)),
    }


def _answer_data(answer: AnsweredQuestion) -> dict[str, object]:
    return {
        "key": answer.key,
        "question": _both(answer.question),
        "outcome": answer.outcome,
        "why": _both(answer.why),
        "doubts": list(map(_discrepancy_data, answer.doubts)),
    }


def _release_data(
    release: Release, manual: Manual, verification: Verification
) -> dict[str, object]:
    data: dict[str, object] = {
        "release": release.number,
        "level": _both(verification.levels[release.number]),
        "evidence": list(map(_proof_data, release.evidence)),
        "signed": [
            _signed_data(proof.file, verification.signatures[proof.file])
            for proof in release.evidence
            if proof.file in verification.signatures
        ],
        "missing": [
            {"link": link.link, "why": _both(link.why)}
            for link in verification.missing_links
            if link.number == release.number
        ],
    }
    opinions = opinions_behind(manual, release)
    if opinions:
        data["opinions"] = _both(opinions_summary(manual, opinions, verification.day))
    return data


def _signed_data(file: str, found: SignedPdf) -> dict[str, object]:
    problem = problem_text(found)
    data: dict[str, object] = {
        "file": file,
        "signatures": list(map(_signature_data, found.signatures)),
    }
    if problem:
        data |= {"problem": found.problem, "why": _both(problem)}
    return data


def _signature_data(signature: PdfSignature) -> dict[str, object]:
    why = reason_text(signature)
    data: dict[str, object] = {
        "signer": signature.signer,
        "issuer": signature.issuer,
        "claimed": signature.claimed,
        "stamped": signature.stamped,
        "entire": signature.entire,
        "after": signature.after,
        "added": signature.added,
        "judgement": signature.judgement,
    }
    if why:
        data |= {"reason": signature.reason, "why": _both(why)}
    return data


def _proof_data(proof: Evidence) -> dict[str, str]:
    texts = {
        "kind": proof.kind,
        "file": proof.file,
        "reference": proof.reference,
        "digest": proof.digest,
        "original": proof.original,
    }
    return {name: text for name, text in texts.items() if text}


def _discrepancy_data(discrepancy: Discrepancy) -> dict[str, object]:
    where = discrepancy.location
    place = {"path": where.path, "line": where.line, "column": where.column}
    return {"slug": discrepancy.slug, **place, "message": _both(discrepancy.message)}


def _both(text: Text) -> dict[str, str]:
    return {"vi": text.vi, "en": text.en}
