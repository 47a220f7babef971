"""A task's log: bounded in size and in the length of a line, text whatever the task writes.

The beginning is kept, and the newest end (a quarter of the limit, at most 1 MB), which is added when the
task ends;
between them a line says how much was left out. Bytes that are not UTF-8, and control characters, become `?`.
"""

from __future__ import annotations

import codecs
from collections import deque

from .files import FULL

_MOST_TAIL = 1024 * 1024
_CONTROL = {code: "?" for code in (*range(32), 127) if chr(code) not in "\t\n\r\x1b\b"}
_CONTROL_BYTES = bytes(_CONTROL)
_PLAIN = bytes(code for code in range(128) if code not in _CONTROL)

codecs.register_error("mlops_runner.question", lambda error: ("?", error.end))


class LogFile:
    """Takes a task's output in chunks. `full` becomes true when the disk has no room for it."""

    def __init__(self, path: str, most_bytes: int, most_in_line: int) -> None:
        self._file = open(path, "wb", buffering=0)
        self._tail_bytes = min(most_bytes // 4, _MOST_TAIL)
        self._room = most_bytes - self._tail_bytes
        self._most_in_line = most_in_line
        self._in_line = 0
        self._cut_in_line = 0
        self._decode = codecs.getincrementaldecoder("utf-8")(errors="mlops_runner.question").decode
        self._tail: deque[bytes] = deque()
        self._in_tail = 0
        self._left_out = 0
        self.full = False

    def add(self, chunk: bytes) -> None:
        """Takes some output."""
        if chunk.translate(None, _PLAIN):
            chunk = self._decode(chunk).translate(_CONTROL).encode()
        else:
            pending = self._decode(b"", True)
            chunk = pending.encode() + chunk if pending else chunk
        self._add_clean(chunk)

    def _add_clean(self, chunk: bytes) -> None:
        if not self._cut_in_line and self._in_line + len(chunk) <= self._most_in_line:
            newline = chunk.rfind(b"\n")
            self._in_line = self._in_line + len(chunk) if newline < 0 else len(chunk) - newline - 1
            self._keep(chunk)
        else:
            self._keep(self._cut(chunk))

    def _cut(self, chunk: bytes) -> bytes:
        kept = []
        at = 0
        while at < len(chunk):
            newline = chunk.find(b"\n", at)
            end = len(chunk) if newline < 0 else newline
            fits = max(0, min(end - at, self._most_in_line - self._in_line))
            kept.append(chunk[at : at + fits])
            self._in_line += fits
            self._cut_in_line += end - at - fits
            if newline >= 0:
                kept.append(self._line_note() + b"\n")
                self._in_line = 0
            at = end + 1
        return b"".join(kept)

    def _line_note(self) -> bytes:
        if not self._cut_in_line:
            return b""
        note = f" [{_size(self._cut_in_line)} of this line left out]".encode()
        self._cut_in_line = 0
        return note

    def _keep(self, text: bytes) -> None:
        if self._room > 0:
            head, text = text[: self._room], text[self._room :]
            self._room -= len(head)
            self._write(head)
            if self._room == 0:
                self._write(b"\n[The log is full; only its newest part follows, when the task ends.]\n")
        if text:
            self._tail.append(text)
            self._in_tail += len(text)
            while self._in_tail - len(self._tail[0]) >= self._tail_bytes:
                oldest = self._tail.popleft()
                self._in_tail -= len(oldest)
                self._left_out += len(oldest)

    def _write(self, text: bytes) -> None:
        try:
            while text and not self.full:
                text = text[self._file.write(text) :]
        except OSError as error:
            if error.errno not in FULL:
                raise
            self.full = True

    def close(self) -> None:
        """Adds the newest part after a line that says what was left out."""
        rest = self._decode(b"", True).encode() + self._line_note()
        if rest:
            self._keep(rest)
        tail = b"".join(self._tail)
        over = max(0, len(tail) - self._tail_bytes) if self._left_out or len(tail) > self._tail_bytes else 0
        self._left_out += over
        if self._left_out:
            self._write(f"[{_size(self._left_out)} of output left out here.]\n".encode())
        self._write(tail[over:])
        self._file.close()


def _size(count: int) -> str:
    for unit, name in ((1024 * 1024, "MB"), (1024, "KB")):
        if count >= unit:
            return f"{count / unit:.1f} {name}"
    return f"{count} bytes"
