"""Helpers for files: safe names, atomic writes, bounded reads."""

from __future__ import annotations

import errno
import os
import re
import stat
from typing import IO

_LEAST_FILES = 8
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


class NotAFile(OSError):
    """The file to read is a FIFO, a device, a socket or a folder."""


def open_file(path: str) -> IO[bytes]:
    """Opens a regular file for reading: a FIFO would wait for its writer, and a device has no end.

    Raises OSError.
    """
    if not stat.S_ISREG(os.stat(path).st_mode):
        raise NotAFile(errno.EINVAL, "Not a file", path)
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    file = open(os.open(path, flags), "rb")
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise NotAFile(errno.EINVAL, "Not a file", path)
    return file


def read_bounded(path: str, most: int) -> bytes:
    """The content of a regular file of at most so many bytes. Raises OSError, EFBIG when it is larger."""
    with open_file(path) as file:
        if os.fstat(file.fileno()).st_size > most:
            raise OSError(errno.EFBIG, "Too large", path)
        content = file.read(most + 1)
    if content is None or len(content) > most:
        raise OSError(errno.EFBIG, "Too large", path)
    return content


def slug(name: str, longest: int = 80) -> str:
    """A name that is safe as a folder's name on every system; different names may give the same."""
    safe = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-.")
    return safe[:longest].strip("-.") or "x"


def no_space_left(folder: str, least: int = 64 * 1024) -> bool:
    """Whether fewer than `least` bytes, or next to no more files, have room where the folder lies.

    False where that cannot be told.
    """
    try:
        status = os.statvfs(folder)
    except (AttributeError, OSError):
        return False
    # Some file systems do not count files: they say that there can be none.
    few_files = status.f_files > 0 and status.f_favail < _LEAST_FILES
    return few_files or status.f_bavail * status.f_frsize < least
