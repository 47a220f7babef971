"""Says as JSON what an interpreter can do: `<candidate> -I probe_python.py`. Run by the candidate itself.

{version, executable, venv, ensurepip, pip, externallyManaged, kfp, platform}; pip and kfp are versions or
null. Also an old Python can run it, so that it can be told why it will not do.
"""

import json
import os
import sys


def has_module(name):
    """Whether a top-level module exists, without importing it."""
    try:
        import importlib.util

        return importlib.util.find_spec(name) is not None
    except Exception:  # noqa: BLE001 - a broken interpreter has no modules
        return False


def version_of(name):
    """The installed version of a package, or None; by its folder's name, which is many times faster than
    metadata.
    """
    for folder in sys.path:
        try:
            entries = os.listdir(folder or ".")
        except OSError:
            continue
        for entry in entries:
            low = entry.lower()
            if low.startswith(name + "-") and low.endswith((".dist-info", ".egg-info")):
                return entry[len(name) + 1 :].rsplit(".", 1)[0]
    return None


def externally_managed():
    """Whether pip refuses to install into this Python (PEP 668)."""
    if sys.prefix != getattr(sys, "base_prefix", sys.prefix):
        return False
    import sysconfig

    return os.path.exists(os.path.join(sysconfig.get_path("stdlib") or "", "EXTERNALLY-MANAGED"))


def describe():
    """What this interpreter is and has."""
    return {
        "version": ".".join(map(str, sys.version_info[:3])),
        "executable": sys.executable,
        "venv": has_module("venv"),
        "ensurepip": has_module("ensurepip"),
        "pip": version_of("pip"),
        "externallyManaged": externally_managed(),
        "kfp": version_of("kfp"),
        "platform": sys.platform,
    }


if __name__ == "__main__":
    print(json.dumps(describe()))
