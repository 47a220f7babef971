"""The conditions of dsl.If: CEL text as the compiler makes it, parsed here and never evaluated as Python.

The compiler writes `!(A) && !(B) && C`, each part a comparison. String constants are pasted between single
quotes as they are, also when they hold quotes, so the text can be read in several ways: the reading in the
compiler's own form wins, then any reading, and within it the shortest strings.
"""

from __future__ import annotations

import operator
import re
from typing import Any, Callable, Iterator, NamedTuple, Optional

from .values import text_of

_SPACE = re.compile(r"\s*")
_INPUT = re.compile(r"inputs\.parameter_values\[(?:'([^']+)'|\"([^\"]+)\")\]")
_NUMBER = re.compile(r"-?(?:\d+\.\d*(?:[eE][+-]?\d+)?|\.\d+|\d+[eE][+-]?\d+|\d+)")
_WORD = re.compile(r"(true|false|null)\b")
_CAST = re.compile(r"(int|double|string|bool)\(")
_COMPARISON = re.compile(r"\s*(==|!=|<=|>=|<|>)\s*")
_QUOTED_INPUT = re.compile(r"(?:int|double|string)?\(?inputs\.parameter_values\['([^']+)'\]\)?")
_ORDER = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
_LIKE_NUMBER = re.compile(r"\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?\s*")
_LONGEST = 20_000

Node = Callable[["_Given"], Any]
Readings = Iterator["tuple[Node, int]"]


class ConditionError(ValueError):
    """The condition cannot be parsed, or not be decided with these values."""


class TextsInOrder(NamedTuple):
    """Two texts that both look like numbers and were compared as texts."""

    first: str
    sign: str
    second: str

    @property
    def differs(self) -> bool:
        """Whether they compare differently as numbers."""
        return self._holds != _ORDER[self.sign](float(self.first), float(self.second))

    @property
    def _holds(self) -> bool:
        return _ORDER[self.sign](self.first, self.second)

    @property
    def words(self) -> str:
        """`"2" > "10" is true, and false as numbers`."""
        texts, numbers = (str(one).lower() for one in (self._holds, self._holds != self.differs))
        return f'"{self.first}" {self.sign} "{self.second}" is {texts}, and {numbers} as numbers'


class _Given(NamedTuple):
    """The values that decide a condition, and notes on how it was decided."""

    parameters: dict
    texts: list[TextsInOrder]


def holds(condition: str, parameters: dict, texts: Optional[list[TextsInOrder]] = None) -> bool:
    """Whether the condition holds for a task's resolved parameters. Raises ConditionError.

    `texts` gets what looked like numbers and was compared as texts, as Kubeflow does it.
    """
    result = _parsed(condition)(_Given(parameters, [] if texts is None else texts))
    if not isinstance(result, bool):
        raise ConditionError(f"The condition {condition} is not true or false but {result!r}.")
    return result


def _parsed(text: str) -> Node:
    if len(text) <= _LONGEST:
        for grammar in (_compiled_form, _any_of):
            for node, end in grammar(text, _skip(text, 0)):
                if _skip(text, end) == len(text):
                    return node
    raise ConditionError(f"The condition cannot be read: {text[:200]}")


def _skip(text: str, at: int) -> int:
    return _SPACE.match(text, at).end()


def _compiled_form(text: str, at: int) -> Readings:
    """`!(A) && !(B) && C`: only the last part may stand without `!`."""
    if text.startswith("!(", at):
        for node, end in _comparison(text, _skip(text, at + 2), alone=False):
            end = _skip(text, end)
            if not text.startswith(")", end):
                continue
            follows = _skip(text, end + 1)
            if text.startswith("&&", follows):
                for rest, last in _compiled_form(text, _skip(text, follows + 2)):
                    yield _both(_negated(node), rest), last
            yield _negated(node), end + 1
    else:
        yield from _comparison(text, at, alone=False)


def _any_of(text: str, at: int) -> Readings:
    yield from _joined(text, at, "||", _all_of, _either)


def _all_of(text: str, at: int) -> Readings:
    yield from _joined(text, at, "&&", _one, _both)


def _joined(text: str, at: int, sign: str, part: Callable, join: Callable) -> Readings:
    for node, end in part(text, at):
        follows = _skip(text, end)
        if text.startswith(sign, follows):
            for rest, last in _joined(text, _skip(text, follows + 2), sign, part, join):
                yield join(node, rest), last
        yield node, end


def _one(text: str, at: int) -> Readings:
    if text.startswith("!", at) and not text.startswith("!=", at):
        for node, end in _one(text, _skip(text, at + 1)):
            yield _negated(node), end
        return
    yield from _comparison(text, at)


def _comparison(text: str, at: int, alone: bool = True) -> Readings:
    """`A == B`; with `alone` also a value by itself."""
    for left, end in _operand(text, at):
        sign = _COMPARISON.match(text, end)
        if sign:
            for right, last in _operand(text, sign.end()):
                yield _compared(sign.group(1), left, right), last
        if alone:
            yield left, end


def _operand(text: str, at: int) -> Readings:
    if text.startswith("(", at):
        for node, end in _any_of(text, _skip(text, at + 1)):
            end = _skip(text, end)
            if text.startswith(")", end):
                yield node, end + 1
        return
    if text[at : at + 1] in ("'", '"'):
        yield from _string(text, at)
        return
    cast = _CAST.match(text, at)
    if cast:
        for node, end in _operand(text, _skip(text, cast.end())):
            end = _skip(text, end)
            if text.startswith(")", end):
                yield _cast(cast.group(1), node), end + 1
        return
    found = _INPUT.match(text, at)
    if found:
        yield _input(found.group(1) or found.group(2)), found.end()
        return
    found = _NUMBER.match(text, at)
    if found:
        number = found.group()
        yield _constant(int(number) if re.fullmatch(r"-?\d+", number) else float(number)), found.end()
        return
    found = _WORD.match(text, at)
    if found:
        yield _constant({"true": True, "false": False, "null": None}[found.group()]), found.end()


def _string(text: str, at: int) -> Readings:
    quote = text[at]
    end = text.find(quote, at + 1)
    while end >= 0:
        content = text[at + 1 : end]
        # A number compared with a text: the compiler quotes the reference itself.
        reference = _QUOTED_INPUT.fullmatch(content)
        yield (_cast("string", _input(reference.group(1))) if reference else _constant(content)), end + 1
        end = text.find(quote, end + 1)


def _constant(value: Any) -> Node:
    return lambda given: value


def _input(name: str) -> Node:
    def read(given: _Given) -> Any:
        if name not in given.parameters:
            raise ConditionError(f"The condition needs {name}, which has no value.")
        return given.parameters[name]

    return read


def _negated(node: Node) -> Node:
    return lambda given: not _truth(node(given))


def _both(left: Node, right: Node) -> Node:
    return lambda given: _truth(left(given)) and _truth(right(given))


def _either(left: Node, right: Node) -> Node:
    return lambda given: _truth(left(given)) or _truth(right(given))


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ConditionError(f"The condition needs true or false, not {value!r}.")
    return value


def _cast(kind: str, node: Node) -> Node:
    def convert(given: _Given) -> Any:
        value = node(given)
        try:
            if kind == "string":
                return text_of(value)
            if kind == "bool":
                return (
                    value if isinstance(value, bool) else {"true": True, "false": False}[str(value).lower()]
                )
            return int(value) if kind == "int" else float(value)
        except (TypeError, ValueError, KeyError):
            raise ConditionError(f"The condition cannot read {value!r} as {kind}.") from None

    return convert


def _compared(sign: str, left: Node, right: Node) -> Node:
    def compare(given: _Given) -> bool:
        first, second = _alike(left(given), right(given))
        alike = _family(first) == _family(second)
        if sign in ("==", "!="):
            return (alike and first == second) == (sign == "==")
        if not alike:
            raise ConditionError(f"The condition cannot compare {first!r} {sign} {second!r}.")
        if _is_number(first) and _is_number(second):
            given.texts.append(TextsInOrder(first, sign, second))
        return _ORDER[sign](first, second)

    return compare


def _is_number(value: Any) -> bool:
    """Whether it is a text that looks like a number."""
    return isinstance(value, str) and _LIKE_NUMBER.fullmatch(value) is not None


def _alike(first: Any, second: Any) -> tuple[Any, Any]:
    """A text compared with something else: the compiler made a text of the constant, so both are
    compared as such.
    """
    if isinstance(first, str) == isinstance(second, str):
        return first, second
    try:
        return tuple(
            float(value) if not isinstance(value, bool) else text_of(value) for value in (first, second)
        )
    except (TypeError, ValueError):
        return text_of(first), text_of(second)


def _family(value: Any) -> str:
    return (
        "number" if isinstance(value, (int, float)) and not isinstance(value, bool) else type(value).__name__
    )
