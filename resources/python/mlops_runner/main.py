"""The command: one run folder in, the run carried out."""

from __future__ import annotations

import json
import os
import sys

from . import process_control
from .files import write_whole


def main(arguments: list[str]) -> int:
    """Carries out the run of a folder.

    Returns 0 when the run ended (well or badly), 2 for a wrong call, 3 when another runner holds the folder.
    """
    if len(arguments) != 1:
        print("usage: python -I -S mlops_runner/__main__.py <run folder>", file=sys.stderr)
        return 2
    folder = os.path.abspath(arguments[0])
    umask = process_control.make_private()
    try:
        lock = process_control.try_lock(os.path.join(folder, "runner.lock"))
    except OSError as error:
        print(f"Cannot lock {folder}: {error}", file=sys.stderr)
        return 2
    if lock is None:
        print(f"Another runner works on {folder}.", file=sys.stderr)
        return 3
    try:
        return _run(folder, umask)
    finally:
        lock.close()


def _run(folder: str, umask: int) -> int:
    if _has_ended(folder):
        print("This run has ended already; a run is carried out once.", file=sys.stderr)
        return 3
    _forget_interrupted(folder)
    write_whole(os.path.join(folder, "runner.json"), json.dumps(process_control.identity()).encode())
    from . import owner
    from .run import Run

    owner.stop_with_owner()
    Run(folder, umask).carry_out()
    return 0


def _has_ended(folder: str) -> bool:
    try:
        with open(os.path.join(folder, "run.json"), "rb") as file:
            return json.load(file).get("state") in ("succeeded", "failed", "stopped")
    except (OSError, ValueError):
        return False


def _forget_interrupted(folder: str) -> None:
    """Removes what a killed runner left in this folder, so that the run begins anew."""
    tasks = os.path.join(folder, "tasks")
    if os.path.isdir(tasks):
        import shutil

        shutil.rmtree(tasks, ignore_errors=True)
