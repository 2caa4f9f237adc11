"""What seals are worth: by whose list, on which day, after which record; and which link is missing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from qmstool.frozen import replace
from qmstool.manual.loading.loader import load
from qmstool.releases import seal
from qmstool.releases.record import sha256
from qmstool.verify.links import chain_links, links_text
from qmstool.verify.revocations import check_revocations
from qmstool.verify.seals import check_seals
from qmstool.verify.standing import judge_records
from qmstool.verify.verification import verify
from tests.support.keys import KeyPairs
from tests.support.machine import needs
from tests.support.memory import MANIFEST, files
from tests.support.planted import record
from tests.support.proved import TEXT, chained, issued, pin, proved

if TYPE_CHECKING:
    from qmstool.manual.model import Manual
    from qmstool.verify.evidence import CollectedEvidence

pytestmark = needs("ssh-keygen")

TODAY = date(2024, 12, 1)
SIGNERS = "releases/allowed_signers"


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> KeyPairs:
    return KeyPairs(tmp_path_factory.mktemp("keys"))


def sealed(
    keys: KeyPairs,
    by: str,
    lists: str,
    days: tuple[str, ...] = ("2024-01-05", "2024-02-05", "2024-03-05"),
    more: dict[str, str] | None = None,
    also: dict[str, str] | None = None,
) -> tuple[Manual, CollectedEvidence]:
    """Records in a chain. `by`: who sealed each, «-» for nobody; `lists`: whom each then allows;
    `also`: more keys of each record.
    """
    blobs: list[bytes] = [TEXT, MANIFEST.encode()]
    records = []
    for number, (allowed, day) in enumerate(zip(lists, days, strict=False), 1):
        pins = [pin("qms.yml", MANIFEST.encode())]
        if allowed != "-":
            line = keys.line(allowed).encode()
            blobs.append(line)
            pins.append(pin(SIGNERS, line))
        act = "new" if number == 1 else "reissue"
        records.append(
            record(
                number,
                "2024-01-01",
                day,
                issued(act),
                basis=f"[{', '.join(pins)}]",
                **(also or {}),
            )
        )
    seals = {}
    chain = chained(*records)
    for number, (who, (_, text)) in enumerate(zip(by, chain, strict=True), 1):
        if who != "-":
            seals[seal.seal_path(number)] = seal.sign(text.encode(), keys.private(who))
    return proved(*chain, blobs=tuple(blobs), evidence=seals, more=more)


def judged(
    made: tuple[Manual, CollectedEvidence], **given: Any
) -> tuple[list[tuple[str, int, bool]], list[tuple[int, str]]]:
    manual, held = made
    standings = judge_records(manual.releases, held, TODAY, **given)
    links = [(link.number, str(link.link)) for link in chain_links(standings, TODAY)]
    return [(str(each.seal), each.allowed_by, each.proved) for each in standings], links


@pytest.mark.parametrize(
    ("by", "lists", "alone", "missing", "trusted", "left"),
    [
        # The first list is its own: somebody has to say that it is trusted.
        ("a", "a", [("own-list", 0, False)], [(1, "key")], [("good", 0, True)], []),
        ("a", "-", [("unlisted", 0, False)], [(1, "key")], [("good", 0, True)], []),
        ("a", "b", [("unlisted", 0, False)], [(1, "key")], [("good", 0, True)], []),
        ("-", "a", [("none", 0, False)], [(1, "seal")], [("none", 0, False)], [(1, "seal")]),
        # What comes after is allowed by the one before, as far as that is proved.
        (
            "aa",
            "aa",
            [("own-list", 0, False), ("good", 1, False)],
            [(1, "key"), (2, "key")],
            [("good", 0, True), ("good", 0, True)],
            [],
        ),
        (
            "ab",
            "bb",
            [("unlisted", 0, False), ("good", 1, False)],
            [(1, "key"), (2, "key")],
            [("good", 0, True), ("good", 0, True)],
            [],
        ),
        (
            "aab",
            "abb",
            [("own-list", 0, False), ("good", 1, False), ("good", 2, False)],
            [(1, "key"), (2, "key"), (3, "key")],
            [("good", 0, True)] * 3,
            [],
        ),
        (
            "ax",
            "aa",
            [("own-list", 0, False), ("unknown-key", 0, False)],
            [(1, "key")],
            [("good", 0, True), ("unknown-key", 0, False)],
            [],
        ),
        # Once sealed, always sealed.
        (
            "a-",
            "aa",
            [("own-list", 0, False), ("missing", 0, False)],
            [(1, "key")],
            [("good", 0, True), ("missing", 0, False)],
            [],
        ),
        (
            "-a",
            "aa",
            [("none", 0, False), ("good", 1, False)],
            [(1, "seal"), (2, "key")],
            [("none", 0, False), ("good", 0, True)],
            [],
        ),
    ],
)
def test_what_a_seal_is_worth(
    keys: KeyPairs,
    by: str,
    lists: str,
    alone: list[tuple[str, int, bool]],
    missing: list[tuple[int, str]],
    trusted: list[tuple[str, int, bool]],
    left: list[tuple[int, str]],
) -> None:
    made = sealed(keys, by, lists)
    assert judged(made) == (alone, missing)
    told = judged(made, trust=keys.line("a").encode())
    assert told[0] == trusted
    # A later record that is proved bears out those before it.
    covered = any(is_proved for _, _, is_proved in trusted)
    assert told[1] == ([] if covered else left)


def test_a_seal_that_does_not_fit_is_told_and_lacks_nothing(keys: KeyPairs) -> None:
    manual, held = sealed(keys, "aa", "aa")
    exchanged = {**held.files, seal.seal_path(2): held.files[seal.seal_path(1)]}
    told, links = judged((manual, replace(held, files=exchanged)))
    assert told == [("own-list", 0, False), ("bad", 0, False)]
    assert links == [(1, "key")]
    standings = judge_records(manual.releases, replace(held, files=exchanged), TODAY)
    assert [(each.slug, each.location.path) for each in check_seals(standings)] == [
        ("seal-broken", seal.seal_path(2))
    ]


def test_a_seal_without_a_day_or_without_the_record_before_is_not_judged(keys: KeyPairs) -> None:
    manual, held = sealed(keys, "a", "a", ("unknown",))
    told = judged((manual, replace(held, extent="none")))
    assert told == ([("unjudged", 0, False)], [(1, "day")])
    manual, held = sealed(keys, "aaa", "aaa")
    gap = (replace(manual, releases=(manual.releases[0], manual.releases[2])), held)
    assert judged(gap)[0] == [("own-list", 0, False), ("unjudged", 0, False)]
    assert judged(gap)[1] == [(1, "key"), (3, "key")]
    assert judged(gap, trust=keys.line("a").encode())[0][1] == ("good", 0, True)


@pytest.mark.parametrize(
    ("by", "imported", "missing"),
    [
        ("-", False, [(1, "seal"), (1, "day")]),
        ("-", True, [(1, "seal")]),  # a baseline taken over claims no day
        ("a", False, [(1, "key"), (1, "day")]),
        ("a", True, [(1, "key"), (1, "day")]),
    ],
)
def test_a_record_without_a_day(
    keys: KeyPairs, by: str, imported: bool, missing: list[tuple[int, str]]
) -> None:
    more = {"imported": "true"} if imported else {}
    assert judged(sealed(keys, by, "a", ("unknown",), also=more))[1] == missing


def test_a_witness_proves_what_no_list_does(keys: KeyPairs) -> None:
    made = sealed(keys, "aa", "aa")
    newest = sha256(made[1].files["releases/0002.yml"])
    assert judged(made, witness=newest) == ([("own-list", 0, True), ("good", 0, True)], [])
    unlisted = sealed(keys, "a", "-")
    first = sha256(unlisted[1].files["releases/0001.yml"])
    assert judged(unlisted, witness=first) == ([("unlisted", 0, False)], [(1, "key")])


@pytest.mark.parametrize(("number", "is_last"), [(1, False), (2, True)])
def test_of_records_after_that_of_a_witness_it_is_said_that_only_seals_bear_them_out(
    keys: KeyPairs, number: int, is_last: bool
) -> None:
    manual, held = sealed(keys, "aa", "aa")
    witness = sha256(held.files[f"releases/{number:04d}.yml"])
    found = verify(manual, held, TODAY, witness=witness)
    (whole,) = [answer for answer in found.answers if answer.key == "whole"]
    assert whole.outcome == "yes"
    assert f"matches the witness code of release {number}." in whole.why.en
    assert (f"After release {number} only seals" in whole.why.en) is not is_last


def revoked(keys: KeyPairs, since: str) -> dict[str, str]:
    row = f"  - {{key: {keys.public('a')}, from: {since}, reason: mất máy}}\n"
    return {"releases/revoked.yml": f"schema: 1\nrevoked:\n{row}"}


@pytest.mark.parametrize(
    ("since", "seen", "counts"),
    [
        ("2024-01-06", "2024-01-05", True),
        ("2024-01-05", "2024-01-05", False),
        ("unknown", "2024-01-05", False),
        # Git saw it only when the key was lost: no earlier day is proved.
        ("2024-01-07", "2024-01-06", True),
        ("2024-01-07", "2024-01-07", None),
    ],
)
def test_a_key_that_was_lost(keys: KeyPairs, since: str, seen: str, counts: bool | None) -> None:
    manual, held = sealed(keys, "a", "a", more=revoked(keys, since))
    held = replace(held, first_seen={"releases/0001.yml": date.fromisoformat(seen)})
    (standing,) = judge_records(
        manual.releases,
        held,
        TODAY,
        trust=keys.line("a").encode(),
        revoked=manual.revoked_keys,
    )
    assert standing.proved is (counts is True)
    assert (standing.revocation is not None) is (counts is False)
    assert (standing.seen_late is not None) is (counts is None)
    told = [each.slug for each in check_seals([standing])]
    assert told == (["seal-revoked-key"] if counts is False else [])
    links = [link.link for link in chain_links([standing], TODAY)]
    assert links == (["day"] if counts is None else [])


@pytest.mark.parametrize(
    ("then", "now", "told"),
    [
        ("2024-01-05", "2024-01-05", False),
        ("2024-01-05", "2024-01-04", False),
        ("2024-01-05", "2024-01-06", True),
        ("2024-01-05", "unknown", False),
        ("unknown", "2024-01-05", True),
        ("unknown", "unknown", False),
        ("2024-01-05", None, True),
    ],
)
def test_a_revocation_is_not_taken_back(
    keys: KeyPairs, then: str, now: str | None, told: bool
) -> None:
    text = revoked(keys, then)["releases/revoked.yml"].encode()
    pins = f"[{pin('qms.yml', MANIFEST.encode())}, {pin('releases/revoked.yml', text)}]"
    made = record(1, "2024-01-01", "2024-01-05", issued(), basis=pins)
    today = revoked(keys, now) if now else {}
    manual, held = proved(made, blobs=(TEXT, text), more=today)
    found = list(check_revocations(manual.releases, held, manual.revoked_keys))
    assert [each.slug for each in found] == (["revocation-gone"] if told else [])
    ending = keys.public("a").split()[1][-12:]
    assert all(f"the key …{ending} was revoked" in each.message.en for each in found)


def test_a_revocation_that_the_tip_told_and_no_release_pins_counts_where_its_key_sealed_since(
    keys: KeyPairs,
) -> None:
    since, later = (
        revoked(keys, day)["releases/revoked.yml"].encode() for day in ("2024-01-05", "2024-01-06")
    )
    manual, held = sealed(keys, "a", "a")  # recorded on the fifth

    def told(*before: bytes, now: str | None = None) -> list[str]:
        today = load(files(**revoked(keys, now))).revoked_keys if now else ()
        evidence = replace(held, revoked_before=before)
        return [each.message.en for each in check_revocations(manual.releases, evidence, today)]

    assert told() == told(later) == []
    (message,) = told(since)
    assert told(since, since) == told(later, since) == [message]
    assert told(since, now="2024-01-05") == []
    assert told(since, now="2024-01-06") == [message]
    unsealed, bare = sealed(keys, "-", "a")
    evidence = replace(bare, revoked_before=(since,))
    assert list(check_revocations(unsealed.releases, evidence, ())) == []


def test_a_revocation_that_a_release_pins_and_the_tip_told_is_told_once(keys: KeyPairs) -> None:
    text = revoked(keys, "2024-01-05")["releases/revoked.yml"].encode()
    pins = f"[{pin('qms.yml', MANIFEST.encode())}, {pin('releases/revoked.yml', text)}]"
    (made,) = chained(record(1, "2024-01-01", "2024-01-05", issued(), basis=pins))
    signature = seal.sign(made[1].encode(), keys.private("a"))
    manual, held = proved(made, blobs=(TEXT, text), evidence={seal.seal_path(1): signature})
    held = replace(held, revoked_before=(text,))
    (found,) = check_revocations(manual.releases, held, ())
    assert "release 1" in found.message.en.lower()


def test_releases_that_lack_the_same_are_told_together(keys: KeyPairs) -> None:
    manual, held = sealed(keys, "--", "aa")
    told = links_text(chain_links(judge_records(manual.releases, held, TODAY), TODAY))
    assert told is not None
    assert told.en.startswith("Release 1, 2: no seal")
    assert links_text(()) is None


def test_whether_the_history_is_whole_asks_lost_keys_too(keys: KeyPairs) -> None:
    text = revoked(keys, "2024-01-05")["releases/revoked.yml"].encode()
    pins = f"[{pin('qms.yml', MANIFEST.encode())}, {pin('releases/revoked.yml', text)}]"
    made = record(1, "2024-01-01", "2024-01-05", issued(), basis=pins)
    manual, held = proved(made, blobs=(TEXT, text))
    found = verify(manual, held, TODAY, keys=frozenset({"whole"}))
    assert [each.slug for each in found.doubts] == ["revocation-gone"]
    assert not found.holds
