"""Everything about processes and locks that differs between systems.

Linux and macOS are supported. The variant for Windows at the end of each function is written with care
and has not been run.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import IO, Optional

WINDOWS = sys.platform == "win32"


def make_private() -> int:
    """What this process makes from here on is for its user alone, unless the home is shared. Gives the umask
    that the user has chosen.
    """
    chosen = os.umask(0o077)
    if os.environ.get("MLOPS_SHARED_HOME") == "1":
        os.umask(chosen)
    return chosen


def try_lock(path: str, shared: bool = False) -> Optional[IO[bytes]]:
    """Takes the lock of a file for as long as the returned file stays open; None when another process
    holds it. Any number may hold it `shared` at once, as long as nobody holds it alone.

    Raises OSError when the file cannot be opened.
    """
    file = open(path, "a+b")
    try:
        if WINDOWS:
            import msvcrt

            file.seek(0)
            # Windows has no shared lock here; it does not remove a program in use.
            if not shared:
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
            fcntl.flock(file.fileno(), kind | fcntl.LOCK_NB)
    except OSError:
        file.close()
        return None
    return file


def identity() -> dict:
    """Who runs: pid, start time of the process and boot of the machine, so that a reused pid is told
    apart.
    """
    return {"pid": os.getpid(), "startTime": _start_time(os.getpid()), "bootId": _boot_id()}


def _start_time(pid: int):
    if sys.platform.startswith("linux"):
        with open(f"/proc/{pid}/stat", "rb") as file:
            return int(file.read().rsplit(b")", 1)[1].split()[19])
    if WINDOWS:
        return None
    return _said_by(["ps", "-o", "lstart=", "-p", str(pid)])


def _boot_id() -> Optional[str]:
    if sys.platform.startswith("linux"):
        try:
            with open("/proc/sys/kernel/random/boot_id", encoding="ascii") as file:
                return file.read().strip()
        except OSError:
            return None
    if WINDOWS:
        return None
    return _said_by(["sysctl", "-n", "kern.boottime"])


def _said_by(command: list[str]) -> Optional[str]:
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=5).stdout.strip() or None
    except (OSError, subprocess.SubprocessError):
        return None


def spawn(
    command: list[str],
    folder: str,
    environment: dict[str, str],
    hold_stdin: bool = False,
    umask: int = -1,
    kept: tuple[int, ...] = (),
) -> subprocess.Popen:
    """Starts a process in a group of its own; stdout and stderr go into one pipe, `process.stdout`.

    With `hold_stdin` its stdin is a pipe that closes when this process ends, however it ends. Its umask is
    this process's own unless one is given. `kept` are descriptors that it gets. Raises OSError.
    """
    group: dict = {"start_new_session": True}
    if WINDOWS:
        group = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        bufsize=0,
        close_fds=True,
        pass_fds=() if WINDOWS else kept,
        stdin=subprocess.PIPE if hold_stdin else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        umask=umask,
        **group,
    )


def has_ended(process: subprocess.Popen) -> bool:
    """Whether the process has ended. Where the system can, it is not collected yet, so its pid is not
    reused.
    """
    if process.returncode is not None:
        return True
    if hasattr(os, "waitid"):
        try:
            return os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
        except ChildProcessError:
            process.poll()
            return True
    return process.poll() is not None


def terminate_group(process: subprocess.Popen) -> None:
    """Asks a process and all of its group to end."""
    _signal_group(process, signal.SIGTERM)


def kill_group(process: subprocess.Popen) -> None:
    """Ends a process and all of its group at once."""
    _signal_group(process, signal.SIGTERM if WINDOWS else signal.SIGKILL)


def _signal_group(process: subprocess.Popen, number: int) -> None:
    try:
        if WINDOWS:
            subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], capture_output=True)
        else:
            os.killpg(process.pid, number)
    except (ProcessLookupError, PermissionError):
        pass


def signal_name(number: int) -> str:
    """`SIGKILL` for 9."""
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
