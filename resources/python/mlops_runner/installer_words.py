"""Explains the output of pip and uv in plain words."""

from __future__ import annotations

import re
from typing import Iterable, Optional

_PARTS = re.compile(r"[\r\n]+")
_COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_NOISE = re.compile(
    r"^(\[notice\]|WARNING: (There was an error checking|You are using pip)|[-=━╸ ]*$|.*[━╸╺█])"
)
_OFFLINE = re.compile(
    r"connection broken|NewConnectionError|ConnectTimeout|Name or service not known|"
    r"Temporary failure in name|"
    r"Failed to establish a new connection|getaddrinfo|network unreachable|error sending request|dns error|"
    r"tcp connect error|ProxyError|Cannot connect to proxy",
    re.IGNORECASE,
)
_CERTIFICATE = re.compile(r"CERTIFICATE_VERIFY_FAILED|SSLError|invalid peer certificate", re.IGNORECASE)
_NO_MATCH = re.compile(r"No matching distribution found for ([^\n]+)")
_UV_NO_MATCH = re.compile(
    r"Because ([^\s]+) was not found in the package registry|there (?:is|are) no versions? of (\S+)"
)
_UV_NO_VERSION = re.compile(r"there (?:is|are) no versions? of (\S+)")
_CONFLICT = re.compile(r"ResolutionImpossible|conflicting dependencies|No solution found", re.IGNORECASE)
_EXCLUDED = re.compile(
    r"Cannot install (.+?) because (?:these package versions have|of) conflicting", re.DOTALL
)
_CAUSE = re.compile(r"The conflict is caused by:\n((?:[ \t]+\S[^\n]*\n?)+)")
_UV_CAUSE = re.compile(r"No solution found[^\n]*\n\s*╰─▶ ([^\n]+(?:\n[ \t]+[^\n]+)*)")
_BUILD = re.compile(
    r"Failed (?:building wheel|to build) (?:for )?(\S+)|subprocess-exited-with-error", re.IGNORECASE
)
_PYTHON = re.compile(r"requires a different Python|Requires-Python", re.IGNORECASE)


_STATUS = re.compile(
    r"Could not fetch URL [^\n]*?(?:: |many )(\d{3}) (?:Client Error|Server Error|error)|"
    r"HTTP (?:status )?(?:client |server )?error:? \(?(\d{3})"
)
_NO_LIST = re.compile(
    r"because the \w+ request got Content-Type|Unsupported Content-Type|unexpected (?:JSON|HTML)|"
    r"_internal[/\\]index[/\\]collector\.py[\s\S]*(?:UnicodeDecodeError|JSONDecodeError|KeyError|TypeError)"
)
_NOTHING_LISTED = "(from versions: none)"


def meaningful_line(text: str) -> str:
    """The last line of an output that is not empty; empty when there is none."""
    for line in reversed(_PARTS.split(_COLOURS.sub("", text))):
        line = line.strip()
        if line and not _NOISE.match(line):
            return line[:300]
    return ""


def explain(text: str, code: int, pins: Iterable[str] = ()) -> tuple[str, str]:
    """What went wrong and what to do about it, from an installer's output and exit code.

    `pins` are what the compiled pipeline asks for and no component does: the SDK.
    """
    text = _COLOURS.sub("", text)
    wanted = _NO_MATCH.search(text)
    if _CERTIFICATE.search(text):
        return (
            "The package index could not be trusted: its certificate is not known here.",
            "Behind a company's proxy, point SSL_CERT_FILE or pip's cert setting to its certificate.",
        )
    if _OFFLINE.search(text):
        return (
            f"There is no connection to the package index{_index_in(text)}.",
            "Check the network and proxy (HTTPS_PROXY, pip's index-url), then run it again.",
        )
    refused = _of_index(text) or _of_pin(text, pins)
    if refused:
        return refused
    if wanted:
        name = wanted.group(1).strip()
        about = " for this Python version" if _PYTHON.search(text) else ""
        where = (
            " It lists none under this name: check pip's index-url, too." if _NOTHING_LISTED in text else ""
        )
        return (
            f"No matching distribution found for {name}{about}.",
            f"Check the name and version in packages_to_install, or choose another Python.{where}",
        )
    missing = _UV_NO_MATCH.search(text)
    if missing:
        name = missing.group(1) or missing.group(2)
        return (
            f"No matching distribution found for {name}.",
            "Check the name and version in packages_to_install, or choose another Python.",
        )
    if _CONFLICT.search(text):
        return _of_conflict(text, code), "Loosen the versions in packages_to_install."
    built = _BUILD.search(text)
    if built:
        return (
            f"A package could not be built: {built.group(1) or _decisive(text, code)}.",
            "It has no ready-made file for this Python; choose another version or another Python. "
            "The log has the details.",
        )
    return _decisive(text, code), "The environment's log has the details."


def _of_pin(text: str, pins: Iterable[str]) -> Optional[tuple[str, str]]:
    """The message when the index lacks the SDK of a compiled pipeline."""
    found = [one.group(1).strip() for one in (_NO_MATCH.search(text), _UV_NO_VERSION.search(text)) if one]
    pin = next((pin for pin in pins if pin in found), None)
    if pin is None:
        return None
    return (
        f"The package index has no {pin}, with which the pipeline was compiled: its file asks for it.",
        f"Compile it again with another version of the SDK, or put {_nearest(pin, text)} in the place of "
        f"{pin} in the compiled file.",
    )


def _nearest(pin: str, text: str) -> str:
    """A version that the index has, with the same minor version if pip lists one."""
    name, _, version = pin.partition("==")
    listed = re.search(r"\(from versions: ([^)]*)\)", text)
    same = version.rpartition(".")[0] + "."
    found = [one for one in (listed.group(1).split(", ") if listed else ()) if one.startswith(same)]
    return f"{name}=={found[-1]}" if found else "one that it has"


def _index_in(text: str) -> str:
    """The addresses that pip reads, without logins, which it hides itself."""
    found = re.search(r"Looking in indexes: ([^\r\n]+)", text)
    return f" {found.group(1).strip()[:300]}" if found else ""


def is_conflict(text: str) -> bool:
    """Whether an installer reported that the packages exclude each other."""
    return bool(_CONFLICT.search(text)) and not _OFFLINE.search(text)


def _of_conflict(text: str, code: int) -> str:
    """Which packages exclude each other, and why."""
    named, cause = _EXCLUDED.search(text), _CAUSE.search(text)
    if named:
        lines = [" ".join(line.split()) for line in cause.group(1).splitlines()] if cause else []
        why = f": {'; '.join(lines)}" if lines else ""
        return f"{' '.join(named.group(1).split())} exclude each other{why}."[:1000]
    found = _UV_CAUSE.search(text)
    why = " ".join(found.group(1).split()) if found else _decisive(text, code)
    return f"The packages do not go together: {why}"[:1000]


def _of_index(text: str) -> Optional[tuple[str, str]]:
    """The message when the index gave no list of packages; None when it did, or lacks only the package."""
    status = next(
        (int(one) for found in _STATUS.findall(text) for one in found if one not in ("", "404")), None
    )
    if status in (401, 403, 407):
        return (
            f"The package index refused the request (HTTP {status}).",
            "Check the address and the sign-in of the index (pip's index-url, netrc), and the proxy.",
        )
    if status is not None:
        return (
            f"The package index answered with an error (HTTP {status}).",
            "Run it again later, or choose another index (pip's index-url).",
        )
    if _NO_LIST.search(text):
        return (
            "The package index did not answer with a list of packages.",
            "Check its address (pip's index-url): a sign-in page or a proxy may have answered in its place.",
        )
    return None


def _decisive(text: str, code: int) -> str:
    lines = [line.strip() for line in _PARTS.split(text)]
    errors = [line for line in lines if re.match(r"(?:ERROR|error|Error)\b|×", line)]
    if errors:
        return re.sub(r"^(ERROR|error|Error|×):?\s*", "", errors[-1])[:500]
    return meaningful_line(text)[:500] or f"The installer ended with code {code}."
