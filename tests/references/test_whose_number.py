"""Whose number it is: of a standard held here, of one that is not, of several, of the text itself.

Each answer is the number and where it leads, ✗ where that lacks it, and ○ where it is outside.
"""

from __future__ import annotations

import pytest

from qmstool.manual.loading.loader import load
from qmstool.references.resolver import resolve
from tests.support.manuals import check_tree
from tests.support.memory import MemoryTree

MANIFEST = """\
schema: 1
organization: {{name: Org}}
language: {language}
timezone: UTC
standards:
{standards}
types:
  manual: {{name: Manual, code: QM}}
  procedure: {{name: Procedure, code: "SOP-{{nnn}}"}}
"""
HEAD = "---\ncode: {code}\ntype: {kind}\ntitle: {title}\n---\n\n# {title}\n\n"
OWN = "## 5.2. Do\n\nText.\n\n## 6.6. Keep\n\nText.\n\n## 7. More\n\n"
PATH = "procedures/sop-001.md"


def tree(
    words: str, language: str = "en", followed: str = "iso-9001-2015", **more: str
) -> MemoryTree:
    """A manual in which SOP-001 says some words below its sections 5.2, 6.6 and 7."""
    standards = "\n".join(f"  - catalogue: {key}" for key in followed.split())
    files = {
        "qms.yml": MANIFEST.format(language=language, standards=standards),
        "manual/index.md": HEAD.format(code="QM", kind="manual", title="Quality manual"),
        "manual/4.1.md": "# 4.1. Context\n\nText.\n",
        PATH: HEAD.format(code="SOP-001", kind="procedure", title="Records") + OWN + words + "\n",
        "procedures/sop-002.md": HEAD.format(code="SOP-002", kind="procedure", title="Audits")
        + "## 4.2. Plan\n\nText.\n\n## 5.2. Report\n\nText.\n",
    }
    return MemoryTree({**files, **more})


def answers(words: str, language: str = "en", followed: str = "iso-9001-2015", **more: str) -> str:
    """What becomes of the numbers in some words, in their order."""
    references = resolve(load(tree(words, language, followed, **more)))
    told = []
    for each in references.of(PATH):
        if each.kind != "number":
            continue
        number = each.part.number if each.part else each.words
        if each.target is None:
            told.append((each.start, f"✗{number}"))
            continue
        homes = [target.owner or target.key for target in (each.target, *each.other_targets)]
        doubt = "?" if each.violation else ""
        told.append((each.start, f"{number}{doubt} {'+'.join(homes)}"))
    outside = references.by_file[PATH].outside
    told += [(each.start, f"○{each.words.rpartition(' ')[2]}") for each in outside]
    return ", ".join(answer for _, answer in sorted(told))


OUTSIDE = [
    "Section 6.6 of ISO 17025",
    "Annex A of ISO/IEC 27001:2022",
    "MDR Annex I",
    "Section 7 of the EA guidelines",
    "Section 7 of the Archives Act",
    "Section 7 of the customer contract",
    "Section 6.6 of the Medical Devices Regulation",
    "ISO 14001:2015 clause 6.1.4",
    "clause 6.1 of ISO 17025",
    "clause 7.5, ISO 17025",
    "ISO 17025, 6.4",
    "ISO 17025 § 6.4",
    "ISO 17025 (6.4)",
    "ISO 9001:2008 clause 7.3",
    "ISO 27001:2013 clause 6.1",
    "IEC 62304:2006+A1:2015 Section 7",
    "EN ISO 14971:2019/A11:2021, clause 7",
    "MEDDEV 2.12/1, section 7",
    "Annex VIII of the IVDR",
    "(MDR, Annex XIV, Part A)",
    "per IEC 62304 §5.2",
    "21 CFR Part 11, section 11.10",
    "- ISO 17025:\n  - clause 6.6",
    "| ISO 17025 clause |\n|---|\n| clause 6.4 |",
    "Annex I to Regulation (EU) 2017/745",
    "Annex VI to Directive 2001/83/EC",
    "As ISO 17025 requires, equipment is handled per clause 6.1.",
    "Clause 6.1 is what ISO 17025 asks for.",
    "## ISO 17025\n\nEquipment meets clause 6.1.",
    "## ISO 17025\n\n### Equipment\n\nIt meets clause 6.1.",
    "According to ISO 17025:\n\n- equipment meets clause 6.1",
    "| Who | ISO 17025 |\n|---|---|\n| Us | clause 6.1 |",
    "| Standard | Part |\n|---|---|\n| EN ISO 13485:2016 | Para. 8.2.3 |",
]


@pytest.mark.parametrize("words", OUTSIDE)
def test_a_number_of_what_is_not_held_here_is_outside(words: str) -> None:
    assert answers(words).startswith("○")
    assert "," not in answers(words)


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("See 21 CFR Part 820.40 and section 5.2.", "5.2 sop-001"),
        ("ISO 13485:2016 Section 4.2.4 and 21 CFR Part 820.40", "○4.2.4"),
        ("Section 10.4 of Annex I to Directive 2001/83/EC", "○10.4, ○I"),
        ("Sections 10-20 of the CMDR", "○10, ○20"),
        ("section 5.2 applies; ISO 17025 is followed", "5.2 sop-001"),
        ("ISO 17025 is followed. See clause 6.4.", "✗6.4"),
        ("section 7 of this procedure", "7 sop-001"),
        ("SOP-002 is used; section 4.2 of SOP-002", "4.2 sop-002"),
        ("SOP-002 §4.2, SOP-002§9", "4.2 sop-002, ✗9"),
        ("In SOP-002 the audit is described, and section 4.2 tells how.", "4.2 sop-002"),
        ("ISO 9001, 6.4", "✗6.4"),
        ("ISO 9001:2015 8.2.1 and 8.2.2", "8.2.1 iso-9001-2015, 8.2.2 iso-9001-2015"),
        ("ISO9001:2015 clause 8.2.9", "✗8.2.9"),
        ("DIN EN ISO 9001 clause 8.2.1", "8.2.1 iso-9001-2015"),
        ("ISO 9001:2015 Section 8.2.1", "8.2.1 iso-9001-2015"),
        (
            "| ISO 17025 | ISO 9001 |\n|---|---|\n| clause 6.4 | clause 6.1 |\n| | clause 6.9 |",
            "○6.4, 6.1 iso-9001-2015, ✗6.9",
        ),
        ("## ISO 17025\n\nISO 9001 asks for clause 6.4.", "✗6.4"),
        ("cl. 6.1 and cls. 4.1, sec. 5.2, Sect.7", "6.1 iso-9001-2015, 4.1 iso-9001-2015, 5.2 sop-001, 7 sop-001"),
        ("paragraph 2, paragraph 5.2, para. 5.9", "5.2 sop-001, ✗5.9"),
        ("section No. 5.2, section № 5.2, §§ 5.2 and 5.9", "5.2 sop-001, 5.2 sop-001, 5.2 sop-001, ✗5.9"),
    ],
)  # fmt: skip
def test_a_number_belongs_to_what_is_named_nearest(words: str, answer: str) -> None:
    assert answers(words) == answer


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Section 2 of the Labeling and Approval Form says so."),
        ("en", "Section 2 of QF-0004-1 provides background."),
        ("en", "the statement in Section 4.1 of Chapter II of Annex XV to the Regulation"),
        ("en", "See section 3 of the plan."),
        ("en", "See `core_structure.md` (section 2.9)."),
        ("en", "see Management_Handbook.pdf, section 2.9"),
        ("en", "[Handbook](https://example.org/h.pdf) – section 4, 5.4"),
        ("en", "the work instruction (section 2.9)"),
        ("en", "## Medical rules\n\nEU MDR Medical Device Regulation\n\n| Requirement |\n|---|\n| Safety (Annex I) |"),
        ("de", "Management-Handbuch (Kapitel 2.2)"),
        ("de", "siehe Management Handbuch Kap. 2.2"),
        ("de", "Abschnitt 2.9 des Lieferantenvertrags"),
        ("es", "el apartado 2.9 de la guía del proveedor"),
        ("es", "el contrato, sección 2.9"),
        ("fr", "la section 2.9 du contrat de service"),
        ("fr", "le plan (section 2.9)"),
        ("vi", "mục 2.9 của Ban quản lý khu công nghệ"),
        ("vi", "theo hợp đồng, mục 2.9"),
        ("en", "See section 5.2.1.3 on categories."),
        ("en", "## Revision history\n\n| What |\n|---|\n| section 9.9 added |"),
        ("es", "## 8. Historial de cambios\n\n| Qué |\n|---|\n| Adición punto 5.7 |"),
        ("vi", "## Theo dõi sửa đổi\n\n- bỏ mục 9.9"),
    ],
)  # fmt: skip
def test_a_number_of_what_words_call_and_nobody_registered_is_outside(
    language: str, words: str
) -> None:
    told = answers(words, language)
    assert "○" in told
    assert "✗" not in told


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "As the MDR requires, see section 9.9 below."),
        ("en", "section 9.9 of this procedure"),
        ("en", "the procedure in section 9.9"),
        ("en", "See section 9.9 and SOP-002."),
        ("de", "Abschnitt 9.9 unten"),
        ("es", "la sección 9.9 más abajo"),
        ("fr", "la section 9.9 ci-dessous"),
        ("vi", "Theo MDR, xem mục 9.9 dưới đây."),
    ],
)
def test_a_number_that_is_said_of_this_very_text_is_looked_up_in_it(
    language: str, words: str
) -> None:
    assert answers(words, language) == "✗9.9"


def test_a_text_that_numbers_no_section_is_not_said_to_lack_one() -> None:
    bare = HEAD.format(code="SOP-001", kind="procedure", title="Records")
    for words, answer in [
        ("See section 5.1.", "○5.1"),
        ("See Appendix A.", "✗A"),
        ("ISO 9001:2015, topic: section 5.4", "✗5.4"),
        ("## 1. First\n\nISO 9001:2015 (topic: section 5.4)", "✗5.4"),
    ]:
        assert answers("", **{PATH: f"{bare}## Do\n\n{words}\n"}) == answer


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("section II.1", "II.1 sop-001"),
        ("section II.3, section XIV.2", "✗II.3, ✗XIV.2"),
        ("section V.1", "○V.1"),  # may be a control of another standard
        ("section II of SOP-002", "✗II"),
    ],
)
def test_roman_numbers_have_parts_as_others_have(words: str, answer: str) -> None:
    text = HEAD.format(code="SOP-001", kind="procedure", title="Records")
    text += f"## I. Why\n\n## II. How\n\n### II.1. Plan\n\n{words}\n"
    assert answers("", **{PATH: text}) == answer


THREE = "iso-9001-2015 iso-27001-2022 iso-14001-2015"
FOUR_ONE = "iso-9001-2015+iso-27001-2022+iso-14001-2015"


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("clause 7.1.5", "7.1.5 iso-9001-2015"),
        ("clause 6.1.4", "6.1.4 iso-14001-2015"),
        ("clause 4.1", f"4.1 {FOUR_ONE}"),
        ("clause 10.2", f"10.2 {FOUR_ONE}"),
        ("clause 8.3", "8.3? iso-9001-2015+iso-27001-2022"),
        ("clause 12.9", "✗12.9"),
        ("clause 8.3 of ISO 27001", "8.3 iso-27001-2022"),
        ("clause 6.1.4 of the standard", "6.1.4 iso-14001-2015"),
        ("## ISO 27001\n\nSee clause 8.3.", "8.3 iso-27001-2022"),
        ("control A.5.1, A.5.99", "A.5.1 iso-27001-2022, ✗A.5.99"),
        ("See A.8.24 (and A.8.99).", "A.8.24 iso-27001-2022, ✗A.8.99"),
        ("Annex A.5.1, Annex A 8.24, Annex A", "A.5.1 iso-27001-2022, A.8.24 iso-27001-2022, A iso-27001-2022"),
        ("Annex B", "✗B"),
        ("ISO/IEC 27001:2022 A.5.1; A.5.40 of ISO 27001", "A.5.1 iso-27001-2022, ✗A.5.40"),
        ("Annex B of ISO 27001", "○B"),
        ("clause A.5.15 of ISO 9001", "✗A.5.15"),
    ],
)  # fmt: skip
def test_a_bare_number_is_looked_for_in_every_standard_followed(words: str, answer: str) -> None:
    assert answers(words, followed=THREE) == answer


def test_a_standard_named_without_its_year_is_any_edition_followed() -> None:
    followed = "iso-14001-2015 iso-14001-2026"
    assert answers("ISO 14001 clause 6.1.5", followed=followed) == "6.1.5 iso-14001-2026"
    assert answers("ISO 14001:2015 clause 6.1.5", followed=followed) == "✗6.1.5"


def test_a_section_mapped_to_one_standard_is_read_as_that_ones() -> None:
    mapping = 'schema: 1\ncatalogue: iso-27001-2022\nclauses:\n  "8.3": {documents: [SOP-001]}\n'
    more = {"clauses/mapping/iso-27001-2022.yml": mapping}
    assert answers("clause 8.3", followed=THREE, **more) == "8.3 iso-27001-2022"
    assert answers("clause 7.1.5", followed=THREE, **more) == "7.1.5 iso-9001-2015"


def test_another_meaning_is_told_once_for_each_section() -> None:
    words = "clause 8.3, clause 8.2.\n\n## 8. Other\n\nclause 8.3"
    report = check_tree(tree(words, followed=THREE))
    found = [each for each in report.findings if each.slug == "ambiguous-clause"]
    assert [(each.location.line, len(each.related)) for each in found] == [(19, 1), (23, 0)]


@pytest.mark.parametrize(
    ("language", "words", "answer"),
    [
        ("vi", "mục 6.6 của ISO 17025; điều khoản 6.4 của ISO 17025", "○6.6, ○6.4"),
        ("vi", "điều khoản 7.5 của Luật Lưu trữ, mục 7 Luật Lưu trữ", "○7.5, ○7"),
        ("vi", "mục № 5.2, các mục 5.2 và 6.9", "5.2 sop-001, 5.2 sop-001, ✗6.9"),
        ("de", "Gemäß Kap. 5.2 und Kap.7.9", "5.2 sop-001, ✗7.9"),
        ("de", "ISO 9001:2015 Kapitel 8.7, 10.2", "8.7 iso-9001-2015, 10.2 iso-9001-2015"),
        ("de-AT", "Abschnitt 7 der EA-Leitlinien, Anhang A zur Richtlinie 93/42/EWG", "○7, ○A"),
        ("es", "apartado 5.2 y cláusula 8.9 de la norma", "5.2 sop-001, ✗8.9"),
        ("es", "sección 6.6 de la ISO 17025, sección 7 de la guía EA", "○6.6, ○7"),
        ("es", "numeral 7.9, punto 3", "✗7.9"),
        ("ru", "п. 5.2, раздел № 7 и пункт 9.9", "5.2 sop-001, 7 sop-001, ✗9.9"),
        ("ru", "пункту 6.4 ИСО/МЭК 17025; ГОСТ Р ИСО 9001-2015 п. 8.99", "○6.4, ✗8.99"),
        ("zh-CN", "见第5.2条和ISO 9001条款8.99，第9.9节", "5.2 sop-001, ✗8.99, ✗9.9"),
        ("tlh", "section 5.9, §5.2", "5.2 sop-001"),
    ],
)
def test_citation_words_come_with_the_language(language: str, words: str, answer: str) -> None:
    assert answers(words, language) == answer


def test_a_manual_adds_words_of_its_own() -> None:
    own = "schema: 1\nsection: [lup]\n"
    assert answers("lup 5.9", "tlh") == ""
    assert answers("lup 5.9", "tlh", **{"templates/words/tlh.yml": own}) == "✗5.9"


def test_where_a_language_has_no_words_it_is_said() -> None:
    report = check_tree(tree("section 5.9", "tlh"))
    why = {each.rule: each.why.en for each in report.skipped}
    assert "«tlh»" in why["QMS104"]
    assert "«tlh»" in why["QMS103"]
    assert "QMS104" not in {each.rule for each in check_tree(tree("x", "es")).skipped}


def test_the_report_holds_the_numbers_outside_and_of_what_they_are() -> None:
    report = check_tree(tree("As ISO 17025 says, clause 6.4 and MDR Annex I."))
    assert [(each.words, each.owner) for each in report.outside] == [
        ("clause 6.4", "ISO 17025"),
        ("Annex I", "MDR"),
    ]


CODES = {
    "zh": ("质手-{nn}", "质手-01", "参照质手-01号文件。", "质手-011 质手-99"),
    "ja": ("{unit}-{nn}", "品質-01", "規程は品質-01に従う。", "品質-011"),
    "ko": ("QM-{nn}", "QM-01", "QM-01에 따라", "QM-011에 따라"),
    "ru": ("СТО-{nn}", "СТО-01", "по СТО 01, далее", "АСТО-01 СТО-011"),
    "tr": ("İK-{nn}", "İK-01", "İK-01'e göre", "SİK-01 İK-011"),
    "el": ("ΔΣ-{nn}", "ΔΣ-01", "κατά ΔΣ.01", "ΔΣ-011"),
    "hi": ("क्यू-{nn}", "क्यू-01", "क्यू-01 के अनुसार", "क्यू-011"),
    "th": ("คม-{nn}", "คม-01", "ตามคม-01ทุกข้อ", "คม-011"),
}


@pytest.mark.parametrize("language", CODES)
def test_codes_in_any_script_are_found_whole_and_only_whole(language: str) -> None:
    shape, code, words, others = CODES[language]
    manifest = MANIFEST.format(language=language, standards="  - catalogue: iso-9001-2015")
    document = HEAD.format(code=code, kind="procedure", title="x")
    for text, count in ((words, 1), (others, 0)):
        given: dict[str, str | bytes] = {
            "qms.yml": manifest.replace("SOP-{nnn}", shape),
            "manual/index.md": HEAD.format(code="QM", kind="manual", title="m") + text + "\n",
            "procedures/a.md": document,
        }
        references = resolve(load(MemoryTree(given))).of("manual/index.md")
        cited = [each for each in references if each.target and each.target.key != "qm"]
        assert len(cited) == count, text


def test_a_slip_in_one_file_hides_nothing_elsewhere() -> None:
    head = HEAD.format(code="SOP-002", kind="procedure", title="Audits")
    twice = head + "## 4.2. A {#a}\n\nText.\n\n## 4.5. B {#a}\n\nSee [x](#nowhere).\n"
    doubled = {"procedures/sop-002b.md": head + "## 1. C\n\nSee SOP-998 and section 8.8.\n"}
    words = "SOP-002 section 9.9, SOP-002 section 4.1; SOP-999"
    report = check_tree(tree(words, **{"procedures/sop-002.md": twice, **doubled}))
    found = {(each.slug, each.values.get("words", "")) for each in report.findings}
    assert {
        ("unknown-section", "section 9.9"),
        ("unknown-section", "section 4.1"),
        ("unknown-section", "section 8.8"),
        ("unknown-code", "SOP-998"),
        ("unknown-code", "SOP-999"),
    } <= found
    assert {"broken-anchor", "duplicate-anchor", "duplicate-code"} <= {slug for slug, _ in found}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Chapters 11.6 (summary), 12 (data), 13 (risks) and the end of the CER.", "○11.6"),
        ("See chapter 11.6 (summary) and 12 (data) of the contract.", "○11.6"),
        ("See section 4.2 (plan), 5.2 (report) of SOP-002.", "4.2 sop-002"),
        ("See section 6.6 (keep), 7 (more).", "6.6 sop-001"),
        ("As the PMCF plan says in section 7.", "7 sop-001"),
        ("Told in the PMCF plan in section 7.", "○7"),
        ("Told in the CER report under section 9.9.", "○9.9"),
        ("Told in the plan in section 7.", "7 sop-001"),
    ],
)
def test_a_series_with_brackets_is_of_what_stands_behind_it(words: str, told: str) -> None:
    assert answers(words) == told


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("", "○1"),
        ("Fill it in.\n", "○1"),
        ("## 1. Names\n\nText.\n", "1 form"),
        ("## 2. Names\n\nText.\n", "✗1"),
    ],
)
def test_sections_of_a_document_that_is_a_file_are_outside(body: str, told: str) -> None:
    head = (
        "---\ncode: unknown\nkey: form\ntype: procedure\ntitle: Names form\nnames: [names form]\n"
    )
    form = f"{head}file: form.docx\n---\n\n# Names form\n\n{body}"
    assert answers("See section 1 of the names form.", **{"procedures/form.md": form}) == told
