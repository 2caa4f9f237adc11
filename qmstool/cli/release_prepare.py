"""`qmstool release prepare`: freeze a candidate («lập hồ sơ trình ký») and write the dossier for the signer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool import __version__, files, git
from qmstool.check import check
from qmstool.cli import advice, words
from qmstool.cli.past import Past
from qmstool.cli.release_dossier import add_place, write
from qmstool.cli.wishes import add as add_wishes
from qmstool.cli.wishes import slug, wish
from qmstool.findings import QmsError, Severity, Text
from qmstool.history import log
from qmstool.load import load
from qmstool.resolve import resolve
from qmstool.signing import candidate
from qmstool.signing.recording import cancels
from qmstool.sources.text import Source
from qmstool.tree import belongs, commit

if TYPE_CHECKING:
    import argparse
    from pathlib import Path


def add(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("key", type=slug, metavar="KEY", help="tên ngắn của hồ sơ, như «dot-2» / short name, like «dot-2»")
    parser.add_argument("--title", required=True, help="tên đợt ban hành / title of the release")
    parser.add_argument("--commit", default="HEAD", metavar="REV", help="phiên bản git cần trình / the commit to freeze")
    add_wishes(parser)
    add_place(parser)


def run(options: argparse.Namespace) -> int:
    """Write the candidate's file and the dossier; refused where the frozen manual has errors."""
    past = Past(options)
    repository = git.whole(past.found)
    frozen = git.resolve(repository, options.commit)
    tree = commit(options.root, frozen)
    manual = load(tree)
    if check(manual, resolve(manual), root=str(options.root), day=past.today).worst == Severity.ERROR:
        raise QmsError(
            Text(
                "Bản cần trình còn lỗi; chạy qmstool check và sửa trước.", "The manual to be frozen has errors; run qmstool check."
            )
        )
    path = candidate.path_of(options.key)
    if path in past.tree.list():
        raise QmsError(Text(f"Đã có «{path}». Hãy đặt tên khác.", f"«{path}» is there already. Choose another name."))
    label = candidate.Label(options.key, options.title, frozen, past.today.isoformat(), f"qmstool {__version__}")
    text = candidate.prepare(manual, tree, label, wish=wish(options, past), history=log.read(repository, frozen))
    made, _ = candidate.read(Source(path, text.encode()))
    _refuse_open_numbers(made)
    home = write(options, past, made)
    files.write(options.root, path, text)
    _advise(past, made, home)
    return 0


def _refuse_open_numbers(made: candidate.Candidate) -> None:
    """Where a number follows an unknown one, a person has to say it."""
    names = candidate.open_numbers(made)
    if names:
        text = Text(
            "Chưa rõ lần ban hành, lần sửa đổi của {names}. Hãy nêu, như: --number '{first}=1/1'",
            "Issue and revision of {names} are unknown. Say them, as in: --number '{first}=1/1'",
        )
        raise QmsError(text.fill({"names": ", ".join(names), "first": names[0]}))


def _advise(past: Past, made: candidate.Candidate, home: Path) -> None:
    """What was written, what is missing in it, and what comes next."""
    for code in [each.text("code") for each in made.entry.entries("items") if not each.text("reason")]:
        words.say(
            Text(f"{code}: chưa có lý do. Ghi dòng «Reason: …» khi lưu, hoặc --reason.", f"{code}: no reason given."), past.lang
        )
    today = past.today.isoformat()
    advice.overtaking(past, cancels(made, past.manual.releases, today, today), advice.PREPARED)
    advice.unheard(past, made)
    left = [path for path in git.dirty(git.whole(past.found)) if belongs(path) and not path.startswith("releases/")]
    if left:
        words.say(
            Text(f"Chưa lưu vào git nên không có trong hồ sơ: {', '.join(left)}", f"Not committed, so left out: {', '.join(left)}"),
            past.lang,
        )
    path = candidate.path_of(made.key)
    words.say(
        Text(
            f"Đã ghi {path} (hãy nhập vào git) và hồ sơ in ở {home}.",
            f"Wrote {path} (commit it), and the dossier to print in {home}.",
        ),
        past.lang,
    )
