"""A small command: removes one environment, unless a run builds or uses it.

`python -I -S remove_environment.py <folder of environments> <name>`; the last line of stdout says how it
went: `{"outcome": "removed" / "inUse" / "missing"}`.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import uuid

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from mlops_runner import process_control


def remove(folder: str, name: str) -> str:
    """Renames it aside under its lock, then deletes it. Raises OSError."""
    path = os.path.join(folder, name)
    if name in ("", ".", "..") or os.path.basename(name) != name or not os.path.lexists(path):
        return "missing"
    build = name.startswith(".build-")
    lock = process_control.try_lock(os.path.join(path, "runner.lock") if build else path + ".lock")
    if lock is None:
        return "inUse"
    try:
        if not os.path.lexists(path):
            return "missing"
        aside = os.path.join(folder, f".removed-{uuid.uuid4().hex[:8]}")
        os.rename(path, aside)
    finally:
        lock.close()
    # After an interruption the rest is listed as unfinished, and can be removed in the same way.
    if os.path.islink(aside):
        os.unlink(aside)
    else:
        shutil.rmtree(aside)
    return "removed"


if __name__ == "__main__":
    process_control.make_private()
    print(json.dumps({"outcome": remove(sys.argv[1], sys.argv[2])}))
