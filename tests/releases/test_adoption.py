"""Tests of taking over what was signed on paper before."""

from __future__ import annotations

import yaml

from qmstool.digest import name_blob
from qmstool.manual.loading.loader import load
from qmstool.manual.values import Unknown
from qmstool.releases.record import digest_documents
from tests.support.baseline import baseline_text
from tests.support.memory import MemoryTree, files


def test_a_baseline_reads_back_as_what_its_texts_say_of_themselves() -> None:
    tree = files()
    tree.files["procedures/records.yml"] = b"schema: 1\nrecords: {}\n"
    tree.files["procedures/paper.md"] = (
        b"---\ncode: unknown\nkey: quy-che\ntype: procedure\ntitle: 'Quy che: a'\ntext: "
        b"not-held\npaper: {issue: '2'}\n---\n"
    )
    manual = load(tree)
    text = baseline_text(tree)
    again = load(MemoryTree({**tree.files, "releases/0001.yml": text}))
    assert again.problems == manual.problems
    (taken_over,) = again.releases
    assert (taken_over.number, taken_over.imported, taken_over.effective, taken_over.previous) == (
        1,
        True,
        Unknown.UNKNOWN,
        "none",
    )
    assert [item.key for item in taken_over.items] == list(manual.documents)
    assert {item.key: item.digest for item in taken_over.items} == digest_documents(
        manual, tree.read
    )
    assert next(item for item in taken_over.items if item.key == "quy-che").issue == "2"
    assert [each.path for each in taken_over.basis] == [
        "clauses/catalogues/small.yml",
        "clauses/mapping/small.yml",
        "procedures/external.yml",
        "procedures/records.yml",
        "qms.yml",
    ]
    for each in (*taken_over.basis, *(file for item in taken_over.items for file in item.files)):
        assert each.blob == name_blob(tree.read(each.path))
    assert yaml.safe_load(text)["signer"] == {
        "person": "unknown",
        "role": "unknown",
        "capacity": "unknown",
    }
