"""dsl.importer: a file or folder of this machine becomes an artifact, where it lies."""

from __future__ import annotations

import os

from .call import Call
from .inputs import InputError
from .outcome import Outcome, error_of, shown_artifacts
from .placeholders import filled
from .values import whole


def import_artifact(call: Call, spec: dict, unread: bool) -> Outcome:
    """The artifact that an importer names; failed when it is remote or not there.

    `unread`: no task reads its content, so one that is elsewhere goes on by its address.
    """
    source = spec.get("artifactUri", {})
    if "runtimeParameter" in source:
        uri = call.parameters.get(source["runtimeParameter"])
    else:
        uri = source.get("constant", source.get("constantValue", {}).get("stringValue"))
    names = call.run.placeholders.of_task(call.name, call.row.path)

    def look_up(name: str):
        if name not in call.parameters:
            raise InputError(f"The importer needs {name}, which has no value.")
        return call.parameters[name]

    try:
        uri = filled(uri, look_up, names)
        metadata = filled(spec.get("metadata") or {}, look_up, names)
    except InputError as problem:
        return Outcome("failed", error=error_of("input", str(problem)))
    path = local_path(uri) if isinstance(uri, str) else None
    if path is None and unread and isinstance(uri, str):
        return _succeeded(call, spec, uri, metadata)
    if path is None:
        return _failed(
            f"{uri} is not on this machine; a local run imports files and folders of this machine."
        )
    if not os.path.isabs(path):
        return _failed(f"{uri} is a relative path; give the whole path.")
    if not os.path.exists(path):
        return _failed(f"{path} does not exist.")
    return _succeeded(call, spec, path, metadata)


def local_path(uri: str):
    """The path of a `file://` address or of a plain path; None for any other scheme."""
    from urllib.parse import unquote, urlsplit

    parts = urlsplit(uri)
    if parts.scheme == "file" and parts.netloc in ("", "localhost"):
        return unquote(parts.path)
    return None if "://" in uri else uri


def _failed(message: str) -> Outcome:
    return Outcome("failed", error=error_of("input", message, "FileNotFoundError"))


def _succeeded(call: Call, spec: dict, path: str, metadata: dict) -> Outcome:
    defined = call.component.get("outputDefinitions", {}).get("artifacts", {})
    kind = spec.get("typeSchema") or {}
    artifacts = {}
    for name in defined or ["artifact"]:
        one = {
            "name": name,
            "uri": path,
            "metadata": whole(metadata),
            "type": kind or defined.get(name, {}).get("artifactType", {}),
        }
        artifacts[name] = [one]
    call.row.change(artifacts=shown_artifacts(artifacts))
    return Outcome("succeeded", {}, artifacts)
