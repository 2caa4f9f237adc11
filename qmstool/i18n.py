"""Hold what the package says, in Vietnamese and English, and the error that tells a user of it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, cast

from qmstool.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Lang = Literal["vi", "en"]
"""A language of the screen: what the package says is in these."""

LANGUAGE_TAG = re.compile(
    r"[A-Za-z]{2,3}(?:-[A-Za-z]{3}){0,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*"
    r"(?:-[0-9A-WYZa-wyz](?:-[A-Za-z0-9]{2,8})+)*(?:-[xX](?:-[A-Za-z0-9]{1,8})+)?\Z"
)
"""A language by its tag, well-formed after BCP 47 (RFC 5646, 2.1): «vi», «pt-BR», «zh-Hant-TW»."""


def shorter_tags(tag: str) -> tuple[str, ...]:
    """Return a tag and those it is a kind of, narrowest first: «pt-BR», «pt» (RFC 4647)."""
    parts = tag.split("-")
    return tuple("-".join(parts[:count]) for count in range(len(parts), 0, -1))


# Scripts that run from right to left, and languages that are written in one of them if not said.
_SCRIPT = 4
_RTL_SCRIPTS = frozenset(
    ("adlm", "arab", "hebr", "mand", "mend", "nkoo", "rohg", "samr", "syrc", "thaa")
)
_RTL_LANGUAGES = frozenset(
    (
        "ar", "arc", "azb", "bal", "bqi", "ckb", "dv", "fa", "glk", "he", "iw", "khw", "ks", "lrc",
        "mzn", "nqo", "pnb", "prs", "ps", "sd", "skr", "syr", "ug", "ur", "yi",
    )
)  # fmt: skip


def text_direction(tag: str) -> Literal["ltr", "rtl"]:
    """Return where lines begin in a language: by its script where the tag names one."""
    language, *more = tag.lower().split("-")
    scripts = [part for part in more if len(part) == _SCRIPT and part.isalpha()]
    if scripts:
        return "rtl" if scripts[0] in _RTL_SCRIPTS else "ltr"
    return "rtl" if language in _RTL_LANGUAGES else "ltr"


def screen_language(tag: str) -> Lang:
    """Return in which language of the screen readers of a language are told something."""
    return "vi" if tag.lower().split("-")[0] == "vi" else "en"


class PageLanguage(str):  # noqa: SLOT000 - a str with values of its own
    """The language of a manual's pages and papers where it is neither Vietnamese nor English.

    Its words stand for the English sentence of a `Text`; what has none stays English, never
    Vietnamese. `date`: how a day is written, with {day}, {month} and {year}; `months`: twelve
    names. Wherever a language is asked for, it passes as one.
    """

    words: Mapping[str, str]
    date: str
    months: tuple[str, ...]

    @classmethod
    def with_words(
        cls, tag: str, words: Mapping[str, str], date: str = "", months: tuple[str, ...] = ()
    ) -> PageLanguage:
        """Return a language by its tag, with its words."""
        language = cls(tag)
        language.words, language.date, language.months = words, date, months
        return language


def page_language(tag: str) -> Lang:
    """Return a language by its tag as one that sentences can be asked in, without words yet."""
    if screen_language(tag) == "vi":
        return "vi"
    # A language of its own passes for one of the two that the package itself speaks.
    return "en" if tag == "en" else cast("Lang", PageLanguage.with_words(tag, {}))


class QmsError(Exception):
    """The work cannot go on at all; holds what to tell the user, in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence of the package in Vietnamese and English; `{name}` marks a value to fill in."""

    vi: str
    en: str

    def get(self, lang: Lang) -> str:
        """Return the sentence in one language; English where that has no words for it."""
        if lang == "vi":
            return self.vi
        return lang.words.get(self.en, self.en) if isinstance(lang, PageLanguage) else self.en

    def fill(self, values: Mapping[str, str | Text]) -> Text:
        """Put the values into both sentences; a value is never itself read as a pattern.

        A value that is a sentence too is said in the language that the whole is said in.
        """
        return FilledText.of(self, values) if "{" in self.en else self


class FilledText(Text):
    """A sentence with its values, equal to any with the same words.

    It keeps its pattern: the words of another language stand for that, not for the filled one. Each
    of its sentences is filled when it is first asked for.
    """

    __slots__ = ("_pattern", "_values")
    _pattern: Text
    _values: Mapping[str, str | Text]

    @classmethod
    def of(cls, pattern: Text, values: Mapping[str, str | Text]) -> FilledText:
        """Return a pattern filled with values."""
        text = cls.later(pattern, values)
        _set_vi(text, _fill(pattern.vi, values, "vi"))
        _set_en(text, _fill(pattern.en, values, "en"))
        return text

    @classmethod
    def later(cls, pattern: Text, values: Mapping[str, str | Text]) -> FilledText:
        """Return a pattern to be filled when it is read, with values that stay as they are.

        A report has twenty thousand findings of which it shows the words of ten.
        """
        text = cls.__new__(cls)
        _set_pattern(text, pattern)
        _set_values(text, values)
        return text

    @property
    def made_of(self) -> tuple[Text, Mapping[str, str | Text]]:
        """The pattern and its values."""
        return self._pattern, self._values

    def __getattr__(self, name: str) -> str:
        """Fill a sentence that nobody has asked for yet."""
        if name == "vi":
            _set_vi(self, filled := _fill(self._pattern.vi, self._values, "vi"))
        elif name == "en":
            _set_en(self, filled := _fill(self._pattern.en, self._values, "en"))
        else:
            raise AttributeError(name)
        return filled

    def get(self, lang: Lang) -> str:
        """Return the sentence in one language; English where that has no words for it."""
        if lang in {"vi", "en"} or not hasattr(self, "_pattern"):
            return super().get(lang)
        return _fill(self._pattern.get(lang), self._values, lang)

    def __eq__(self, other: object) -> bool:
        """Whether both say the same in both languages of the screen."""
        return isinstance(other, Text) and (self.vi, self.en) == (other.vi, other.en)

    def __hash__(self) -> int:
        """Return that of the same words written out."""
        return hash((self.vi, self.en))

    def __reduce__(self) -> tuple[type[Text], tuple[str, str]]:
        """Keep the words alone: what is kept is told on the screen."""
        return Text, (self.vi, self.en)


_NAMED = re.compile(r"\{(\w+)\}")


def message_key(message: Text) -> object:
    """Return what tells a message from others, without filling it: its pattern and values.

    Equal keys are equal sentences.
    """
    if not isinstance(message, FilledText) or not hasattr(message, "_pattern"):
        return message.vi
    pattern, values = message.made_of
    return pattern.vi, tuple([values[name] for name in _names_in(pattern.vi)])


@lru_cache
def _names_in(pattern: str) -> tuple[str, ...]:
    return tuple(_NAMED.findall(pattern))


# A slot is filled through its descriptor, past the refusal to set anything.
_set_vi, _set_en = Text.__dict__["vi"].__set__, Text.__dict__["en"].__set__
_set_pattern, _set_values = (FilledText.__dict__[name].__set__ for name in ("_pattern", "_values"))


def join_texts(separator: str, texts: Iterable[Text]) -> Text:
    """Return sentences in a row, each said in the language that the whole is said in."""
    values = {f"text_{place}": text for place, text in enumerate(texts)}
    pattern = separator.join(f"{{{name}}}" for name in values)
    return Text(pattern, pattern).fill(values)


def _fill(pattern: str, values: Mapping[str, str | Text], lang: Lang) -> str:
    if "{" not in pattern:
        return pattern
    return pattern.format_map({name: _in_language(value, lang) for name, value in values.items()})


def _in_language(value: str | Text, lang: Lang) -> str:
    return value.get(lang) if isinstance(value, Text) else value
