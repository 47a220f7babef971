"""What a file or folder holds, as one short text. Large files are read once as long as they do not change."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from typing import Callable, Iterator, NamedTuple, Optional

from .files import NotAFile, open_file, read_bounded, write_whole

_REMEMBERED_FROM = 1024 * 1024
_BLOCK = 1024 * 1024
_KINDS = (
    (stat.S_ISFIFO, "a FIFO"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


class Found(NamedTuple):
    """Something in a folder: a file, a link that is not followed, or (`other`) what can be neither."""

    name: str
    path: str
    kind: str
    target: Optional[str] = None


def no_news() -> None:
    """Nobody waits for signs of progress."""


def fingerprint(path: str, memory: str, goes_on: Callable[[], None] = no_news) -> str:
    """The SHA-256 of a file, or of a folder's names, files and links; `none` when there is nothing.

    `memory` is the folder where the sums of large files are kept; `goes_on` is called after each piece that
    was read, and may end it. Raises OSError when something cannot be read or is no file.
    """
    if os.path.isdir(path):
        total = hashlib.sha256(b"folder")
        for one in sorted(inside(path)):
            goes_on()
            if one.kind == "other":
                raise NotAFile(errno.EINVAL, "Not a file", one.path)
            content = f"link {one.target}" if one.kind == "link" else _of_file(one.path, memory, goes_on)
            total.update(f"\0{one.name}\0{content}".encode("utf-8", "surrogateescape"))
        return total.hexdigest()
    if not os.path.exists(path):
        return "none"
    return _of_file(path, memory, goes_on)


def inside(folder: str) -> Iterator[Found]:
    """All that lies in a folder but folders. Links to folders, to nothing and to themselves are not followed.
    Raises OSError for a folder that cannot be read.
    """
    for place, folders, names in os.walk(folder, onerror=_raise):
        for name in [*names, *(one for one in folders if os.path.islink(os.path.join(place, one)))]:
            path = os.path.join(place, name)
            yield _found(os.path.relpath(path, folder), path)


def _found(name: str, path: str) -> Found:
    try:
        mode = os.stat(path).st_mode
    except OSError:
        return Found(name, path, "link", os.readlink(path))
    if stat.S_ISREG(mode):
        return Found(name, path, "file")
    return Found(name, path, "link", os.readlink(path)) if stat.S_ISDIR(mode) else Found(name, path, "other")


def kind_of(path: str) -> Optional[str]:
    """`a FIFO`, `a device`, … for what is neither a file nor a folder; of a link, what it leads to. None for
    those and for nothing. Raises OSError when it cannot be looked at.
    """
    try:
        mode = os.stat(path).st_mode
    except FileNotFoundError:
        return None
    except OSError as error:
        if error.errno != errno.ELOOP:
            raise
        return "a link that leads round in a circle"
    if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
        return None
    what = next((name for holds, name in _KINDS if holds(mode)), "something else")
    return f"a link to {what}, {os.path.realpath(path)}" if os.path.islink(path) else what


def _raise(error: OSError) -> None:
    raise error


def _of_file(path: str, memory: str, goes_on: Callable[[], None]) -> str:
    status = os.stat(path)
    if status.st_size < _REMEMBERED_FROM:
        return _sum(path, goes_on)
    sign = f"{os.path.realpath(path)}\0{status.st_size}\0{status.st_mtime_ns}\0{status.st_ino}"
    note = os.path.join(memory, hashlib.sha256(sign.encode("utf-8", "surrogateescape")).hexdigest()[:32])
    try:
        known = read_bounded(note, 64).decode("ascii")
        if len(known) == 64:
            return known
    except (OSError, UnicodeDecodeError):
        pass
    found = _sum(path, goes_on)
    try:
        os.makedirs(memory, exist_ok=True)
        write_whole(note, found.encode())
    except OSError:
        pass
    return found


def _sum(path: str, goes_on: Callable[[], None]) -> str:
    total = hashlib.sha256()
    with open_file(path) as file:
        for block in iter(lambda: file.read(_BLOCK), b""):
            if block is None:
                raise BlockingIOError(errno.EAGAIN, "Nothing to read yet", path)
            total.update(block)
            goes_on()
    return total.hexdigest()
