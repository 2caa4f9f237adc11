"""Find what a build would refuse in the templates of a manual's own, without any page to make.

In: the texts of its templates. Out: those among them that no page is made with, and faults with
file and line: what is no Jinja, names, filters and templates that there are not, and what never
ends whatever values it is given (it is run twice, with values that are nothing and with one of
everything). A value that is wrong on a single page only is not found here.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any

from jinja2 import (
    ChainableUndefined,
    FunctionLoader,
    TemplateError,
    TemplateSyntaxError,
    meta,
    nodes,
)

from qmstool.findings import Location
from qmstool.parsing.similar import nearest_name
from qmstool.rules.base.own_templates import FaultKind, OwnTemplates, TemplateFault
from qmstool.sandbox import Sandbox
from qmstool.storage import resources
from qmstool.template_costs import TooMuchError
from qmstool.templating import GIVEN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_OF_JINJA = ("loop", "self", "super", "caller", "varargs", "kwargs")
_CALLS = (nodes.Include, nodes.Extends, nodes.Import, nodes.FromImport)


def read_own_templates(texts: Mapping[str, Mapping[str, str]]) -> OwnTemplates:
    """Return what there is to say of a manual's own templates, given by folder and name."""
    faults: list[TemplateFault] = []
    unused: dict[str, str | None] = {}
    for folder, own in texts.items():
        each = _Folder(folder, own)
        faults += each.faults()
        unused |= each.unused()
    return OwnTemplates(tuple(faults), unused)


class _Folder:
    """The templates of one folder: the package's, and the manual's own before them."""

    def __init__(self, folder: str, own: Mapping[str, str]) -> None:

        self.folder = folder
        self.own = own
        self.packaged = {
            name: (resources.find(None, f"{folder}/{name}") or b"").decode("utf-8")
            for name in resources.list_names(folder)
        }
        self.environment: Any = Sandbox(
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            loader=FunctionLoader(self._load),
        )
        self.trees: dict[str, nodes.Template] = {}
        self.known = self._known_names()

    def _load(self, name: str) -> Any:
        text = self.own.get(name, self.packaged.get(name))
        # With its name as that of the file, so that an error says where it was.
        return None if text is None else (text, name, lambda: True)

    def _known_names(self) -> set[str]:
        """Teach the sandbox the filters that the package uses; return the values that it has."""
        trees = [self.environment.parse(text, name) for name, text in self.packaged.items()]
        for tree in trees:
            for used in tree.find_all(nodes.Filter):
                if used.name not in self.environment.filters:
                    self.environment.filters[used.name] = _as_it_is
        known = {*self.environment.globals, *_OF_JINJA, *GIVEN[self.folder]}
        for tree in trees:
            known |= meta.find_undeclared_variables(tree) | _assigned(tree)
        return known

    def faults(self) -> Iterator[TemplateFault]:
        """Yield what a build would refuse."""
        found = [
            fault
            for name, text in self.own.items()
            if text != self.packaged.get(name)
            for fault in self._in_one(name, text)
        ]
        yield from found
        if found:
            return
        used = self._used()
        for name, text in self.own.items():
            endless = name in used and text != self.packaged.get(name) and self._trial(name)
            if endless:
                yield endless
                return

    def unused(self) -> dict[str, str | None]:
        """Return the files that no page is made with, and what was probably meant by them."""
        used = self._used()
        found = {}
        free = [name for name in self.packaged if name not in self.own]
        for name in self.own:
            if name not in used and not posixpath.basename(name).lower().startswith("readme"):
                found[f"{self.folder}/{name}"] = nearest_name(name, free, 0.7)
        return found

    def _used(self) -> set[str]:
        """Return the own templates that pages are made with: by name, or called by another."""
        used: set[str] = set()
        waiting = [name for name in self.own if name in self.packaged]
        while waiting:
            name = waiting.pop()
            if name in used:
                continue
            used.add(name)
            tree = self.trees.get(name)
            if tree is None:
                return set(self.own)
            for call in tree.find_all(
                (nodes.Include, nodes.Extends, nodes.Import, nodes.FromImport)
            ):
                names = _called(call)
                if not names:
                    return set(self.own)
                waiting += [other for other in names if other in self.own]
        return used

    def _in_one(self, name: str, text: str) -> list[TemplateFault]:
        try:
            tree = self.trees[name] = self.environment.parse(text, name)
            found = [*self._unknown(name, tree), *self._missing(name, tree)]
            if not found:
                self.environment.compile(text, name, name)
        except TemplateSyntaxError as error:
            return [self._fault(name, error.lineno, "syntax", error.message or "")]
        except SyntaxError as error:  # Python's: of what nests deeper than it takes
            return [self._fault(name, 1, "syntax", error.msg)]
        except (TooMuchError, RecursionError, MemoryError):
            return [self._fault(name, 1, "endless", "")]
        return found

    def _unknown(self, name: str, tree: nodes.Template) -> Iterator[TemplateFault]:
        """Yield names that no page gives, and filters and tests that there are not."""
        operators = [
            *((used, self.environment.filters) for used in tree.find_all(nodes.Filter)),
            *((used, self.environment.tests) for used in tree.find_all(nodes.Test)),
        ]
        strange = [(used, known) for used, known in operators if used.name not in known]
        for used, known in strange:
            meant = nearest_name(used.name, known)
            yield self._fault(name, used.lineno, "filter", used.name, meant)
        if strange:
            return
        elsewhere = set().union(
            *(_assigned(self.trees[other]) for other in self.trees if other != name)
        )
        unknown = meta.find_undeclared_variables(tree) - self.known - elsewhere - _guarded(tree)
        for read in tree.find_all(nodes.Name):
            if read.name in unknown and read.ctx == "load":
                unknown.discard(read.name)
                meant = nearest_name(read.name, self.known, 0.75)
                yield self._fault(name, read.lineno, "name", read.name, meant)

    def _missing(self, name: str, tree: nodes.Template) -> Iterator[TemplateFault]:
        """Yield templates, and macros of templates, that are called and are not there."""
        there = {*self.own, *self.packaged}
        for call in tree.find_all(_CALLS):
            names = _called(call)
            if not names or getattr(call, "ignore_missing", False):
                continue
            if not there.intersection(names):
                meant = nearest_name(names[0], there)
                yield self._fault(name, call.lineno, "missing", names[0], meant)
            elif isinstance(call, nodes.FromImport):
                source = self.own.get(names[0], self.packaged.get(names[0], ""))
                try:
                    offered = _assigned(self.environment.parse(source, names[0]))
                except TemplateError:
                    continue
                for each in call.names:
                    wanted = each[0] if isinstance(each, tuple) else each
                    if wanted not in offered:
                        meant = nearest_name(wanted, offered)
                        yield self._fault(name, call.lineno, "name", wanted, meant)

    def _trial(self, name: str) -> TemplateFault | None:
        """Run a template with values that are nothing, then anything; tell what never ends."""
        for filled in (False, True):
            self.environment.undefined = _stand_in(filled=filled)
            self.environment.cache.clear()
            self.environment.begin()
            try:
                for _ in self.environment.pieces(name, {}):
                    pass
            except (TooMuchError, OverflowError) as error:
                return self._endless(name, error)
            except RecursionError as error:
                if not filled:
                    return self._endless(name, error)
            except Exception:  # noqa: BLE001, S112 - what fails for want of values says nothing
                continue
        return None

    def _endless(self, name: str, error: BaseException) -> TemplateFault:
        """Return the fault of the last line of an own template that was running."""
        place, line = name, 1
        trace = error.__traceback__
        while trace is not None:
            file = trace.tb_frame.f_code.co_filename
            if file in self.own:
                place, line = file, trace.tb_lineno
            trace = trace.tb_next
        return self._fault(place, line, "endless", "")

    def _fault(
        self, name: str, line: int, kind: FaultKind, value: str, meant: str | None = None
    ) -> TemplateFault:
        lines = self.own[name].splitlines() or [""]
        line = min(max(line, 1), len(lines))
        words = lines[line - 1]
        start, end = len(words) - len(words.lstrip()), len(words.rstrip())
        if value and kind != "syntax" and value in words:
            start = words.index(value)
            end = start + len(value)
        path = f"{self.folder}/{name}"
        place = Location(path, line, start + 1, line, max(end, start) + 1)
        return TemplateFault(place, kind, value, meant)


def _as_it_is(value: object, *_arguments: object, **_named: object) -> object:
    return value


def _called(call: Any) -> list[str]:
    """Return the templates that one calls by constant names; [] where they come from values."""
    if isinstance(call.template, nodes.Const):
        names = call.template.value
        return [names] if isinstance(names, str) else [str(each) for each in names]
    if isinstance(call.template, nodes.List | nodes.Tuple):
        items = call.template.items
        return [each.value for each in items if isinstance(each, nodes.Const)]
    return []


def _assigned(tree: nodes.Template) -> set[str]:
    """Return the names that a template sets: macros, values, what it imports, loop variables."""
    names = {macro.name for macro in tree.find_all(nodes.Macro)}
    names |= {name.name for name in tree.find_all(nodes.Name) if name.ctx != "load"}
    names |= {call.target for call in tree.find_all(nodes.Import)}
    for call in tree.find_all(nodes.FromImport):
        for each in call.names:
            if isinstance(each, tuple):  # «name as other»
                names.add(each[1])
            else:
                names.add(each)
    return names


def _guarded(tree: nodes.Template) -> set[str]:
    """Return the names that a template asks for before use: «x is defined», «x|default»."""
    guards: list[Any] = [
        each for each in tree.find_all(nodes.Test) if each.name in {"defined", "undefined"}
    ]
    guards += [each for each in tree.find_all(nodes.Filter) if each.name in {"default", "d"}]
    return {each.node.name for each in guards if isinstance(each.node, nodes.Name)}


def _stand_in(*, filled: bool) -> type:
    """Return what stands for every value in a trial: nothing at all, or one of everything."""

    class StandIn(ChainableUndefined):
        def __bool__(self) -> bool:
            return filled

        def __len__(self) -> int:
            return int(filled)

        def __iter__(self) -> Iterator[StandIn]:
            yield from [self] * int(filled)

        def _itself(self, *_arguments: object, **_named: object) -> StandIn:
            return self

        __call__ = __add__ = __radd__ = __sub__ = __rsub__ = _itself  # type: ignore[assignment]
        __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _itself  # type: ignore[assignment]
        __floordiv__ = __mod__ = __pow__ = __neg__ = _itself  # type: ignore[assignment]

        def _either(self, _other: object) -> bool:
            return filled

        __lt__ = __le__ = __gt__ = __ge__ = _either  # type: ignore[assignment]

    return StandIn
