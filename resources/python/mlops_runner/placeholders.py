"""Placeholders in constants: `{{$.inputs.parameters['x']}}`, `{{$.pipeline_job_name}}` and their like."""

from __future__ import annotations

import re
from typing import Any, Callable

from .values import text_of

_ANY = re.compile(r"\{\{\$(?:\.([^{}]*?))?\}\}")
_PARAMETER = re.compile(r"inputs\.parameters\[\s*(?:'|\"|'')(.+?)(?:'|\"|'')\s*\]")


def filled(value: Any, look_up: Callable[[str], Any], names: dict[str, str]) -> Any:
    """The value with its placeholders replaced, at every depth, keys too.

    A text that is nothing but one placeholder becomes that value, type and all; elsewhere it becomes text.
    `look_up` gives the value of an input parameter (it may raise); `names` the others by what stands after
    `$.`. Text put in is not searched again, and an unknown placeholder stays as it is.
    """
    if isinstance(value, str):
        return _filled_text(value, look_up, names) if "{{$" in value else value
    if isinstance(value, list):
        return [filled(item, look_up, names) for item in value]
    if isinstance(value, dict):
        return {
            text_of(filled(key, look_up, names)): filled(item, look_up, names) for key, item in value.items()
        }
    return value


def _filled_text(text: str, look_up: Callable[[str], Any], names: dict[str, str]) -> Any:
    def one(found: re.Match) -> Any:
        inside = found.group(1) or ""
        parameter = _PARAMETER.fullmatch(inside)
        return look_up(parameter.group(1)) if parameter else names.get(inside, found.group())

    alone = _ANY.fullmatch(text)
    return one(alone) if alone else _ANY.sub(lambda found: text_of(one(found)), text)
