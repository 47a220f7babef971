"""Small things about files: safe names, whole writes."""

from __future__ import annotations

import errno
import os
import re

FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))


def write_whole(path: str, content: bytes, durable: bool = False) -> None:
    """Replaces a file in one step; `durable` waits until it is on the disk. Raises OSError."""
    beside = path + ".new"
    with open(beside, "wb") as file:
        file.write(content)
        if durable:
            file.flush()
            os.fsync(file.fileno())
    os.replace(beside, path)


def slug(name: str, longest: int = 80) -> str:
    """A name that is safe as a folder's name on every system; different names may give the same."""
    safe = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-.")
    return safe[:longest].strip("-.") or "x"


def no_space_left(folder: str, least: int = 64 * 1024) -> bool:
    """Whether fewer than `least` bytes are left where the folder lies; False where that cannot be told."""
    try:
        status = os.statvfs(folder)
    except (AttributeError, OSError):
        return False
    return status.f_bavail * status.f_frsize < least
