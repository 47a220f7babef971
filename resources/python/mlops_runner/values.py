"""Parameter values: types, whole numbers, text."""

from __future__ import annotations

import json
import math
import re
from typing import Any

ABSENT = object()
_LEGACY = {"INT": "NUMBER_INTEGER", "DOUBLE": "NUMBER_DOUBLE", "STRING": "STRING"}


class ValueMismatch(ValueError):
    """A value does not have the type that was declared."""


def type_of(definition: dict) -> str:
    """The parameter type of a definition, also of the legacy form `type: INT`."""
    return definition.get("parameterType") or _LEGACY.get(definition.get("type", ""), "")


def whole(value: Any) -> Any:
    """The value with integral floats as integers, at every depth."""
    if isinstance(value, float):
        return int(value) if math.isfinite(value) and value == int(value) else value
    if isinstance(value, list):
        return [whole(item) for item in value]
    if isinstance(value, dict):
        return {key: whole(item) for key, item in value.items()}
    return value


def text_of(value: Any) -> str:
    """The value as it stands in a text: strings as they are, everything else as JSON."""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def coerce(value: Any, kind: str) -> Any:
    """The value as the declared type; raises ValueMismatch when that cannot be."""
    convert = _CONVERT.get(kind)
    return convert(value) if convert else whole(value)


def _integer(value: Any) -> int:
    if isinstance(value, str) and re.fullmatch(r"\s*[+-]?\d+\s*", value):
        return int(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value != value // 1:
        raise ValueMismatch(f"a whole number was expected, not {_shown(value)}")
    return int(value)


def _double(value: Any) -> float:
    if isinstance(value, str):
        try:
            return float(value)
        except ValueError:
            pass
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueMismatch(f"a number was expected, not {_shown(value)}")
    return float(value)


def _boolean(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    word = value.strip().lower() if isinstance(value, str) else value
    if word in ("true", 1, "1"):
        return True
    if word in ("false", 0, "0"):
        return False
    raise ValueMismatch(f"true or false was expected, not {_shown(value)}")


def _container(kind: type, name: str):
    def convert(value: Any) -> Any:
        if isinstance(value, str):
            try:
                value = json.loads(value)
            except ValueError:
                pass
        if not isinstance(value, kind):
            raise ValueMismatch(f"{name} was expected, not {_shown(value)}")
        return whole(value)

    return convert


_CONVERT = {
    "STRING": text_of,
    "NUMBER_INTEGER": _integer,
    "NUMBER_DOUBLE": _double,
    "BOOLEAN": _boolean,
    "LIST": _container(list, "a list"),
    "STRUCT": _container(dict, "a dictionary"),
}


def _shown(value: Any) -> str:
    text = text_of(value) if not isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else text[:77] + "..."


def seconds_of(duration: Any) -> float:
    """Seconds of a protobuf duration: `5s`, `1.5s`, or `{seconds: 5}`."""
    if isinstance(duration, dict):
        return float(duration.get("seconds", 0)) + float(duration.get("nanos", 0)) / 1e9
    if isinstance(duration, (int, float)):
        return float(duration)
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*s?\s*", duration or "")
    return float(found.group(1)) if found else 0.0


def for_json(value: Any) -> Any:
    """The value as strict JSON can hold it: NaN and infinities become their names."""
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else ("Infinity" if value > 0 else "-Infinity")
    if isinstance(value, list):
        return [for_json(item) for item in value]
    if isinstance(value, dict):
        return {str(key): for_json(item) for key, item in value.items()}
    return value


def strict_json(value: Any) -> str:
    """The value as JSON that every parser reads."""
    try:
        return json.dumps(value, allow_nan=False)
    except ValueError:
        return json.dumps(for_json(value), allow_nan=False)
