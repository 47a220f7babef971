"""What pip and uv print, in plain words."""

from __future__ import annotations

import re

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
_CONFLICT = re.compile(r"ResolutionImpossible|conflicting dependencies|No solution found", re.IGNORECASE)
_BUILD = re.compile(
    r"Failed (?:building wheel|to build) (?:for )?(\S+)|subprocess-exited-with-error", re.IGNORECASE
)
_PYTHON = re.compile(r"requires a different Python|Requires-Python", re.IGNORECASE)


def meaningful_line(text: str) -> str:
    """The last line of some output that says something; empty when none does."""
    for line in reversed(_PARTS.split(_COLOURS.sub("", text))):
        line = line.strip()
        if line and not _NOISE.match(line):
            return line[:300]
    return ""


def explain(text: str, code: int) -> tuple[str, str]:
    """What went wrong and what to do about it, from an installer's output and exit code."""
    text = _COLOURS.sub("", text)
    wanted = _NO_MATCH.search(text)
    if _CERTIFICATE.search(text):
        return (
            "The package index could not be trusted: its certificate is not known here.",
            "Behind a company's proxy, point SSL_CERT_FILE or pip's cert setting to its certificate.",
        )
    if _OFFLINE.search(text):
        return (
            "There is no connection to the package index.",
            "Check the network and proxy (HTTPS_PROXY, pip's index-url), then run it again.",
        )
    if wanted:
        name = wanted.group(1).strip()
        about = " for this Python version" if _PYTHON.search(text) else ""
        return (
            f"No matching distribution found for {name}{about}.",
            "Check the name and version in packages_to_install, or choose another Python.",
        )
    missing = _UV_NO_MATCH.search(text)
    if missing:
        name = missing.group(1) or missing.group(2)
        return (
            f"No matching distribution found for {name}.",
            "Check the name and version in packages_to_install, or choose another Python.",
        )
    if _CONFLICT.search(text):
        return (
            f"The packages do not go together: {_decisive(text, code)}",
            "Loosen the versions in packages_to_install.",
        )
    built = _BUILD.search(text)
    if built:
        return (
            f"A package could not be built: {built.group(1) or _decisive(text, code)}.",
            "It has no ready-made file for this Python; choose another version or another Python. "
            "The log has the details.",
        )
    return _decisive(text, code), "The environment's log has the details."


def _decisive(text: str, code: int) -> str:
    lines = [line.strip() for line in _PARTS.split(text)]
    errors = [line for line in lines if re.match(r"(?:ERROR|error|Error)\b|×", line)]
    if errors:
        return re.sub(r"^(ERROR|error|Error|×):?\s*", "", errors[-1])[:500]
    return meaningful_line(text)[:500] or f"The installer ended with code {code}."
