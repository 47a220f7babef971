"""What a file or folder holds, as one short text. Large files are read once as long as they do not change."""

from __future__ import annotations

import hashlib
import os
from typing import Iterable

from .files import write_whole

_QUICK_BYTES = 8 * 1024 * 1024
_QUICK_FILES = 200
_REMEMBERED_FROM = 1024 * 1024
_BLOCK = 1024 * 1024


def fingerprint(path: str, memory: str) -> str:
    """The SHA-256 of a file, or of a folder's names and files; `none` when there is nothing.

    `memory` is the folder where the sums of large files are kept. Raises OSError when something cannot be
    read.
    """
    if os.path.isdir(path):
        total = hashlib.sha256(b"folder")
        for name, file in sorted(_files(path)):
            total.update(f"\0{name}\0{_of_file(file, memory)}".encode("utf-8", "surrogateescape"))
        return total.hexdigest()
    if not os.path.exists(path):
        return "none"
    return _of_file(path, memory)


def is_quick(paths: Iterable[str]) -> bool:
    """Whether the fingerprints of all these are made in a moment: a few small files."""
    size = count = 0
    for path in paths:
        for _, file in _files(path) if os.path.isdir(path) else [("", path)]:
            count += 1
            try:
                size += os.stat(file).st_size
            except OSError:
                continue
            if size > _QUICK_BYTES or count > _QUICK_FILES:
                return False
    return True


def _files(folder: str):
    for place, _, names in os.walk(folder):
        for name in names:
            file = os.path.join(place, name)
            yield os.path.relpath(file, folder), file


def _of_file(path: str, memory: str) -> str:
    status = os.stat(path)
    if status.st_size < _REMEMBERED_FROM:
        return _sum(path)
    sign = f"{os.path.realpath(path)}\0{status.st_size}\0{status.st_mtime_ns}\0{status.st_ino}"
    note = os.path.join(memory, hashlib.sha256(sign.encode("utf-8", "surrogateescape")).hexdigest()[:32])
    try:
        with open(note, encoding="ascii") as file:
            known = file.read()
        if len(known) == 64:
            return known
    except (OSError, UnicodeDecodeError):
        pass
    found = _sum(path)
    try:
        os.makedirs(memory, exist_ok=True)
        write_whole(note, found.encode())
    except OSError:
        pass
    return found


def _sum(path: str) -> str:
    total = hashlib.sha256()
    with open(path, "rb") as file:
        for block in iter(lambda: file.read(_BLOCK), b""):
            total.update(block)
    return total.hexdigest()
