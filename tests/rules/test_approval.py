"""The approval rules where no page shows it: digests told without git, a chain that holds, and history only where it is asked."""

from __future__ import annotations

from qmstool.manual.loading.loader import load
from qmstool.releases.record import digest_documents, exact_sha256, sha256
from tests.support.baseline import baseline_text
from tests.support.manuals import check_tree, finding_lines, tiny_with
from tests.support.memory import MemoryTree

RELEASE = "releases/0001.yml"


def released(**more: str) -> dict[str, str | bytes]:
    tree = tiny_with({})
    text = baseline_text(tree)
    return {
        **tree.files,
        RELEASE: text,
        **{path.replace("__", "/"): text for path, text in more.items()},
    }


def test_a_baseline_as_it_was_taken_over_is_in_order() -> None:
    assert finding_lines(check_tree(MemoryTree(released()), history=True)) == []


def test_a_comment_that_silences_a_rule_is_no_change() -> None:
    files = released()
    text = files["manual/1.2.md"]
    assert isinstance(text, bytes)
    files["manual/1.2.md"] = text.replace(
        b"\n\n", "\n\n<!-- qms: allow weak-obligation, vì luật ghi vậy -->\n\n".encode()
    )
    assert "changed-since-release" not in [
        each.slug for each in check_tree(MemoryTree(files)).findings
    ]
    files["manual/1.2.md"] = text + b"\nThem.\n"
    assert finding_lines(check_tree(MemoryTree(files))) == [
        "changed-since-release manual/index.md:2:7"
    ]


def test_a_text_that_the_repository_lost_is_told_with_history_only() -> None:
    files = released()
    files["manual/2.1.md"] = "# 2.1. Đánh giá nội bộ\n\nMỗi năm một lần, theo QT VP 02.\n"
    assert [each.slug for each in check_tree(MemoryTree(files)).findings] == [
        "changed-since-release"
    ]
    assert "release-doubted" in [
        each.slug for each in check_tree(MemoryTree(files), history=True).findings
    ]


def test_a_broken_chain_is_told_once_with_history_too() -> None:
    files = released()
    second = (
        str(files[RELEASE])
        .replace("release: 1", "release: 2")
        .replace("imported: true\n", "effective: unknown\n")
    )
    files["releases/0002.yml"] = second.replace("previous: none", f"previous: {'0' * 64}").replace(
        "effective: unknown\n", "", 1
    )
    slugs = [each.slug for each in check_tree(MemoryTree(files), history=True).findings]
    assert slugs.count("chain-broken") == 1
    whole = str(files["releases/0002.yml"]).replace("0" * 64, sha256(str(files[RELEASE]).encode()))
    assert "chain-broken" not in [
        each.slug for each in check_tree(MemoryTree({**files, "releases/0002.yml": whole})).findings
    ]


def test_only_documents_of_releases_are_digested() -> None:
    tree = MemoryTree(released())
    assert set(digest_documents(load(tree), tree.read)) == {"stcl", "qt-vp-01", "qt-vp-02"}


def test_evidence_that_is_not_what_its_digest_says_is_told_where_the_digest_stands() -> None:
    opinion = (
        "schema: 1\ncandidate: dot-2\nasked:\n  - {unit: VP, sent: 2026-11-02, evidence: [\n"
        "      {kind: scan, file: releases/evidence/y-kien.pdf, digest: DIGEST}]}\n"
    )
    paper = b"%PDF a"
    told = {}
    for name, digest in (("same", exact_sha256(paper)), ("other", "0" * 64)):
        overlay: dict[str, str | bytes] = {
            "releases/opinions/dot-2.yml": opinion.replace("DIGEST", digest),
            "releases/evidence/y-kien.pdf": paper,
        }
        found = check_tree(tiny_with(overlay)).findings
        kept = [each for each in found if each.slug == "kept-file-differs"]
        told[name] = [(each.location.line, each.message.en) for each in kept]
    assert told["same"] == []
    ((line, message),) = told["other"]
    assert line == 5
    assert "get the old file back from git" in message
