"""Runs an installer: `python -I -S guard.py [--copy=<requirement> …] <command> …`, until it ends or this
process' stdin closes.

The installer gets a temporary folder of its own, which goes with it. A requirement that is to be copied is a
folder: the installer gets a copy in the temporary folder and writes nothing beside the source. When the
runner is killed its end of stdin closes, and the installer does not go on alone. A lock that the runner holds
goes to this process, not to the installer: so it is held until the installer is gone.
"""

import itertools
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading

_REFUSED = "Could not fetch URL "
_MOST_TOLD = 5
_COPY = "--copy="


class NotCopied(Exception):
    """A package's folder could not be copied."""


def main(words):
    """The installer's exit code, 128 and more when a signal ended it."""
    wanted = [word[len(_COPY) :] for word in itertools.takewhile(lambda word: word.startswith(_COPY), words)]
    command = words[len(wanted) :]
    folder = tempfile.mkdtemp(prefix="mlops-install-")
    log = os.path.join(folder, "pip.log")
    try:
        command = with_copies(command, wanted, folder)
        child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            env={"PIP_LOG": log, **os.environ, "TMPDIR": folder, "TEMP": folder, "TMP": folder},
            start_new_session=True,
        )
        threading.Thread(target=_end_with_runner, args=(child,), daemon=True).start()
        code = child.wait()
        _kill(child)  # what it left behind
        if code:
            _tell_of_index(log)
    except NotCopied as error:
        sys.stderr.write(f"ERROR: {error}\n")
        code = 1
    except OSError as error:
        sys.stderr.write(f"ERROR: {command[0]} cannot be started: {error.strerror}.\n")
        code = 127
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return code if code >= 0 else 128 - code


def with_copies(command, wanted, folder):
    """The command with copies in place of the requirements that are wanted as such."""
    if not wanted:
        return command
    # -I leaves the folder of this file out of the path.
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    from package_copy import copied

    try:
        copies = {one: copied(one, folder) for one in wanted}
    except OSError as error:
        raise NotCopied(f"{error.filename} could not be copied: {error.strerror}.") from error
    return [copies.get(word, word) for word in command]


def _tell_of_index(log):
    """Prints what pip keeps for its log: why the index gave no list of the package."""
    try:
        with open(log, encoding="utf-8", errors="replace") as file:
            said = [line[line.index(_REFUSED) :] for line in file if _REFUSED in line]
    except OSError:
        return
    print("".join(said[-_MOST_TOLD:]), end="", flush=True)


def _end_with_runner(child):
    try:
        while os.read(0, 64):
            pass
    except OSError:
        pass
    _kill(child)


def _kill(child):
    try:
        if sys.platform == "win32":
            subprocess.run(["taskkill", "/T", "/F", "/PID", str(child.pid)], capture_output=True)
        else:
            os.killpg(child.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    # Not sys.exit: it would wait for the thread that reads.
    code = main(sys.argv[1:])
    sys.stderr.flush()
    os._exit(code)
