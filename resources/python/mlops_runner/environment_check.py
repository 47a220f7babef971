"""Checks whether an environment is ready: its marker, and whether what the marker lists still exists."""

from __future__ import annotations

import glob
import json
import os
import re
from typing import Optional

from . import process_control
from .files import read_bounded
from .rows import now

MARKER = "mlops-ready.json"
_LARGEST_MARKER = 4 * 1024 * 1024
_KFP = re.compile(r"kfp\b(?!-)")


def python_of(environment: dict) -> str:
    """The interpreter of an environment of the request."""
    if environment.get("python"):
        return environment["python"]
    inside = ("Scripts", "python.exe") if process_control.WINDOWS else ("bin", "python")
    return os.path.join(environment["path"], *inside)


def read_marker(one: dict) -> Optional[dict]:
    """The marker of an environment that was built completely and has what is requested; else None."""
    try:
        marker = json.loads(read_bounded(os.path.join(one["path"], MARKER), _LARGEST_MARKER))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(marker, dict):
        return None
    same = all(_names(marker.get(name)) == _names(one.get(name)) for name in ("requirements", "noDeps"))
    return marker if same else None


def _names(given: object) -> Optional[list[str]]:
    if given is None:
        return []
    return sorted(map(str, given)) if isinstance(given, list) else None


def damage(one: dict, marker: dict) -> Optional[str]:
    """What an environment with this marker lacks, in words; None when it looks complete."""
    python = python_of(one)
    if not (os.path.isfile(python) and os.access(python, os.X_OK)):
        return f"{os.path.relpath(python, one['path'])} is missing"
    found = set(_top_level(one["path"]))
    named = marker.get("modules")
    asked = [*(one.get("requirements") or ()), *(one.get("noDeps") or ())]
    wanted = [str(name) for name in named] if isinstance(named, list) else []
    if any(_KFP.match(str(name)) for name in asked):
        wanted.append("kfp")
    missing = next((name for name in wanted if name not in found), None)
    if missing is None and "kfp" in wanted and not _has(one["path"], "kfp", "dsl", "executor.py"):
        missing = "a part of kfp"
    return f"{missing} is missing" if missing else None


def marker_text(one: dict, version: str, size: int) -> str:
    """The content of mlops-ready.json for a new environment."""
    return json.dumps(
        {
            "requirements": one.get("requirements") or [],
            "noDeps": one.get("noDeps") or [],
            "python": version,
            "createdAt": now(),
            "bytes": size,
            "modules": sorted(_top_level(one["path"])),
        },
        indent=1,
    )


def _site_packages(path: str) -> list[str]:
    inside = ("Lib", "site-packages") if process_control.WINDOWS else ("lib", "python*", "site-packages")
    return glob.glob(os.path.join(glob.escape(path), *inside))


def _top_level(path: str) -> list[str]:
    """The modules and packages that are installed."""
    names = []
    for folder in _site_packages(path):
        try:
            names += os.listdir(folder)
        except OSError:
            continue
    return [
        name for name in names if not name.endswith((".dist-info", ".egg-info")) and name != "__pycache__"
    ]


def _has(path: str, *inside: str) -> bool:
    return any(os.path.isfile(os.path.join(folder, *inside)) for folder in _site_packages(path))
