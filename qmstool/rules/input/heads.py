"""Report documents without their data, or with half of them: what each lacks, and what to paste."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool.findings import Severity, Violation
from qmstool.frozen import replace
from qmstool.i18n import Text
from qmstool.manual.schema.documents import DOCUMENT
from qmstool.rules.base.rule import Rule, rule
from qmstool.rules.base.values import bilingual
from qmstool.rules.input.causes import FRONT
from qmstool.rules.input.loader_problems import loader_violations, other_causes
from qmstool.rules.input.proposed_head import propose_head, propose_main_head

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmstool.rules.base.facts import Facts

HERE = Text("Ở đây", "here")
HEAD_OF = Text("Phần thông tin đầu tệp {path}", "at the head of {path}")
NO_TYPE = Text(" Loại (type) là một trong: {types}.", " The type is one of: {types}.")


@rule(
    "QMS002",
    "no-front-matter",
    Severity.ERROR,
    title=Text("Tài liệu không có phần thông tin đầu tệp", "A document without front matter"),
    message=Text("{said_vi}", "{said_en}"),
)
def no_front_matter(facts: Facts) -> Iterator[Violation]:
    """Report documents whose front matter is missing, misplaced, or not between two lines «---»."""
    has_other_cause = other_causes(facts)
    for violation in loader_violations(facts, "no-front-matter"):
        if has_other_cause(violation):
            continue
        cause = violation.values.get("cause", "")
        if cause == "no-main":
            yield _without_main(facts, violation)
        elif cause:
            said = FRONT[cause].fill({"sign": violation.values.get("sign", "")})
            yield replace(violation, values=bilingual(said=said))
        else:
            yield _without_any(facts, violation)


def _without_main(facts: Facts, violation: Violation) -> Violation:
    """Return the violation of a manual whose main file is not there, with the head of that file."""
    said = FRONT["no-main"].fill(violation.values)
    block = "\n".join(["---", *propose_main_head(facts.manual), "---"])
    return replace(violation, values=bilingual(said=said), suggestion=block)


def _without_any(facts: Facts, violation: Violation) -> Violation:
    """Return the violation of a text without any data, with all that its head needs."""
    path = violation.location.path
    lines = propose_head(facts.manual, path)
    said = FRONT[""].fill({"path": path})
    if lines["type"] == "type: ":
        more = NO_TYPE.fill({"types": ", ".join(facts.manual.config.types)})
        said = Text(said.vi + more.vi, said.en + more.en)
    block = "\n".join(["---", *lines.values(), "---"])
    return replace(violation, values={"path": path, **bilingual(said=said)}, suggestion=block)


@rule(
    "QMS004",
    "missing-key",
    Severity.ERROR,
    title=Text("Thiếu một trường bắt buộc", "A required key is missing"),
    message=Text(
        "{where_vi} thiếu trường «{key}» ({what_vi}). Chưa biết thì ghi unknown, ở nơi được phép.",
        (
            "The key «{key}» ({what_en}) is missing {where_en}. Where it is not known, write "
            "unknown if that is permitted."
        ),
    ),
)
def missing_key(facts: Facts) -> Iterator[Violation]:
    """Report required keys that are missing, those of one document's head together."""
    heads: dict[str, list[Violation]] = {}
    for violation in loader_violations(facts, "missing-key"):
        path = violation.location.path
        own = path.endswith(".md") and DOCUMENT.field(violation.values["key"]) is not None
        if own and path in facts.manual.sources:
            heads.setdefault(path, []).append(violation)
        else:
            yield replace(violation, values={**violation.values, **bilingual(where=HERE)})
    for path, missing in heads.items():
        yield _half_a_head(facts, path, missing)


def _half_a_head(facts: Facts, path: str, missing: list[Violation]) -> Violation:
    """Return one violation for all that a document's head lacks."""
    lines = propose_head(facts.manual, path)
    keys = [violation.values["key"] for violation in missing]
    if "code" in keys and "key" in lines:
        keys.insert(keys.index("code") + 1, "key")
    values = {
        "key": "», «".join(violation.values["key"] for violation in missing),
        "what_vi": "; ".join(violation.values["what_vi"] for violation in missing),
        "what_en": "; ".join(violation.values["what_en"] for violation in missing),
        **bilingual(where=HEAD_OF.fill({"path": path})),
    }
    block = "\n".join(lines.get(key, f"{key}: ") for key in keys)
    return replace(missing[0], values=values, suggestion=block)


RULES: tuple[Rule, ...] = (no_front_matter, missing_key)
