"""Keep the units, offices and people that files name, by the keys of the manifest.

What goes in: names as documents write them. What comes out: keys; new ones where a manual begins,
"" where the manifest is there already and does not know them. Nobody is invented.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from qmstool.importing.kinds import unit_in
from qmstool.importing.naming import slug
from qmstool.importing.recognized import expression
from qmstool.importing.result import FoundOffice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qmstool.importing.known import Known

_FORMS_OF_ADDRESS = re.compile(r"(?:(?:ông|bà|mr|mrs|ms|ths|ts|ks|dr)\.?\s+)+", re.IGNORECASE)
_UNIT_NAME = re.compile(rf"\b(?:{expression('units')})(?:[ ][^\W\d_]+){{0,5}}")
_HEADS = re.compile(
    r"^(?:các |toàn thể |như |lưu\s*:?\s*)?(?:phòng|ban|bộ phận|tổ|trung tâm)?\s*", re.IGNORECASE
)


class Names:
    """What the manifest knows, and what it will have to know."""

    def __init__(self, known: Known) -> None:
        self._may_name = known.may_name
        self._refused = known.refused
        self.units = dict(known.units)
        self.new_units: dict[str, str] = {}
        self._roles = dict(known.roles)
        self.new_roles: dict[str, FoundOffice] = {}
        self._people = dict(known.people)
        self.new_people: dict[str, str] = {}

    def learn_units(
        self, kinds: Mapping[str, Sequence[str]], shapes: Mapping[str, str], texts: Iterable[str]
    ) -> list[str]:
        """Take the units that codes carry, named as the texts name them most; return their keys."""
        keys = {
            unit_in(code, shapes[kind]): None for kind, codes in kinds.items() for code in codes
        }
        known = {"", *self.units, *self._refused}
        new = [key for key in keys if key not in known and self._may_name]
        names = _names_by_initials(texts, set(new)) if new else {}
        for key in new:
            self.new_units[key] = self.units[key] = names.get(key, key)
        return new

    def learn_recipients(self, written: Iterable[str]) -> list[str]:
        """Take units that receive copies and that no code carries; return their keys."""
        new = []
        for name in dict.fromkeys(" ".join(text.split()) for text in written):
            if not self._may_name or self.unit(name) or not _UNIT_NAME.fullmatch(name):
                continue
            keys = sorted(initials_of(name) - set(self.units), key=len)
            if keys and keys[0] not in self._refused:
                self.new_units[keys[0]] = self.units[keys[0]] = name
                new.append(keys[0])
        return new

    def unit(self, written: str) -> str:
        """Return the unit that a line means."""
        return find_unit(written, self.units)

    def person(self, written: str) -> str:
        """Return the key of a person."""
        name = _FORMS_OF_ADDRESS.sub("", " ".join(written.split()))
        for key, known in self._people.items():
            if known.casefold() == name.casefold():
                return key
        if not self._may_name:
            return ""
        key = slug(name)
        if key in self._roles or key in self.new_roles:
            key += "-1"
        self._people[key] = self.new_people[key] = name
        return key

    def role(self, office: str, approves: str = "") -> str:
        """Return the key of an office; `approves`: the type of what it approved, or ""."""
        name = office[:1].upper() + office[1:].lower() if office.isupper() else office
        same = (key for key, known in self._roles.items() if known.casefold() == name.casefold())
        key = next(same, "")
        if not self._may_name:
            return key
        key = key or slug(name)
        if key in self._refused:
            return ""
        before = self.new_roles.get(key, FoundOffice(self._roles.get(key, name), ()))
        if approves and approves not in before.approves:
            before = FoundOffice(before.name, (*before.approves, approves))
        self._roles[key] = before.name
        self.new_roles[key] = before
        return key


def _names_by_initials(texts: Iterable[str], keys: set[str]) -> dict[str, str]:
    """Return key → the name of a unit with those initials that texts use most."""
    counted: dict[str, Counter[str]] = {}
    for text in texts:
        for match in _UNIT_NAME.finditer(text):
            words = match[0].split()
            for length in range(1, len(words) + 1):
                name = " ".join(words[:length])
                for key in initials_of(name) & keys:
                    counted.setdefault(key, Counter())[name] += 1
    return {key: names.most_common(1)[0][0] for key, names in counted.items()}


def find_unit(written: str, units: Mapping[str, str]) -> str:
    """Return the key of the unit that is meant; "" where none is, or it is not clear."""
    name = re.sub(r"^lưu\s*:?\s*", "", " ".join(written.split()), flags=re.IGNORECASE)
    name = name.strip(" .;:-")
    if not name:
        return ""
    folded = name.casefold()
    for key, title in units.items():
        if folded in {key.casefold(), title.casefold(), f"{title} ({key})".casefold()}:
            return key
    match = re.search(r"\(([^\W\d_]{1,8})\)", name)
    if match and match[1] in units:
        return match[1]
    initials = initials_of(name)
    meant = [key for key in units if key.upper() in initials]
    return meant[0] if len(meant) == 1 else ""


def initials_of(name: str) -> set[str]:
    """Return the letters that a name may go by: VP of «Văn phòng», KT of «Phòng Kỹ thuật»."""
    return {_initials(name), _initials(_HEADS.sub("", name))} - {""}


def _initials(name: str) -> str:
    words = [
        word
        for word in re.findall(r"[^\W\d_]+", name)
        if word.casefold() not in {"và", "and", "of"}
    ]
    return "".join(word[0].upper() for word in words) if len(words) > 1 else ""
