"""The environment variables of tasks and of installers: a short list, never all of the editor's."""

from __future__ import annotations

import os
from typing import Iterable, Optional

_NAMES = (
    "PATH",
    "HOME",
    "LANG",
    "TMPDIR",
    "TZ",
    "USER",
    "LOGNAME",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "ALL_PROXY",
    "http_proxy",
    "https_proxy",
    "no_proxy",
    "all_proxy",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "REQUESTS_CA_BUNDLE",
    "CURL_CA_BUNDLE",
    # Windows does not start programs without these.
    "SYSTEMROOT",
    "SYSTEMDRIVE",
    "WINDIR",
    "COMSPEC",
    "PATHEXT",
    "TEMP",
    "TMP",
    "USERPROFILE",
    "APPDATA",
    "LOCALAPPDATA",
    "NUMBER_OF_PROCESSORS",
)
_BEGINNINGS = ("LC_", "CUDA_", "NVIDIA_")
_INSTALLER_NAMES = ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_DIRS", "NETRC")
_INSTALLER_BEGINNINGS = ("PIP_", "UV_")


def short_list(also: Iterable[str] = ()) -> dict[str, str]:
    """The variables that every process gets, and those named besides."""
    return _picked((*_NAMES, *also), _BEGINNINGS)


def for_task(python: str, also: Iterable[str], own: dict[str, str]) -> dict[str, str]:
    """A task's variables; `own` are those that the pipeline sets."""
    return {
        **_with_programs(short_list(also), python),
        "PYTHONUNBUFFERED": "1",
        "PYTHONUTF8": "1",
        **own,
        "_KFP_RUNTIME": "true",
    }


def for_installer(python: Optional[str] = None) -> dict[str, str]:
    """The variables of pip and uv: their own settings too; they never ask and do not try for minutes."""
    found = _picked((*_NAMES, *_INSTALLER_NAMES), (*_BEGINNINGS, *_INSTALLER_BEGINNINGS))
    found = {"PIP_RETRIES": "2", "PIP_DEFAULT_TIMEOUT": "20", **found}
    if found["PIP_RETRIES"].strip() == "0":
        # Without a second try pip says "no matching distribution" where it means "no connection".
        found["PIP_RETRIES"] = "1"
    found.update(
        PIP_NO_INPUT="1",
        PIP_DISABLE_PIP_VERSION_CHECK="1",
        PYTHONUNBUFFERED="1",
        PYTHONUTF8="1",
        PIP_NO_COLOR="1",
        NO_COLOR="1",
        UV_NO_PROGRESS="1",
    )
    return _with_programs(found, python) if python else found


def _picked(names: Iterable[str], beginnings: tuple[str, ...]) -> dict[str, str]:
    wanted = set(names)
    return {
        name: value for name, value in os.environ.items() if name in wanted or name.startswith(beginnings)
    }


def _with_programs(variables: dict[str, str], python: str) -> dict[str, str]:
    folder = os.path.dirname(python)
    path = variables.get("PATH")
    return {**variables, "PATH": folder + os.pathsep + path if path else folder}
