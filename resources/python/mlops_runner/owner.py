"""The process that started this one: when it is gone, or the time is over, this one ends with its group.

Who starts it says in two variables on which descriptor the line to it is, which closes when it ends, and how
many seconds this may take. Without them nothing is watched. This file imports nothing of the runner.
"""

import _thread
import os
import select
import signal
import sys

LINE = "MLOPS_OWNER_LINE"
SECONDS = "MLOPS_OWNER_SECONDS"


def end_with_owner():
    """Ends this group of processes when the owner is gone or the time is over, whatever runs then.

    A process of the same group watches: no thread of this one is heard during a call that never returns.
    """
    line, seconds = _number(LINE), _number(SECONDS)
    if sys.platform == "win32" or line is None:
        return
    here, there = os.pipe()
    if os.fork() == 0:
        os.close(there)
        try:
            os.closerange(0, min(line, here))
            select.select([line, here], [], [], seconds)
        finally:
            os.killpg(0, signal.SIGKILL)
    os.close(here)
    os.close(line)
    # `there` stays open, inherited by nobody, until this process ends.


def stop_with_owner():
    """Asks this process to end (SIGTERM) when the owner is gone."""
    line = _number(LINE)
    if sys.platform == "win32" or line is None:
        return
    os.set_inheritable(line, False)

    def wait():
        select.select([line], [], [])
        os.kill(os.getpid(), signal.SIGTERM)

    _thread.start_new_thread(wait, ())


def _number(name):
    """Removes the variable, so that no child process gets it."""
    try:
        return int(os.environ.pop(name, ""))
    except ValueError:
        return None
