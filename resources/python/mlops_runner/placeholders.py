"""Placeholders in constants: `{{$.inputs.parameters['x']}}`, `{{$.pipeline_job_name}}` and their like."""

from __future__ import annotations

import os
import re
from typing import Any, Callable, Optional

from .rows import now
from .values import text_of

_ANY = re.compile(r"\{\{\$(?:\.([^{}]*?))?\}\}")
_PARAMETER = re.compile(r"inputs\.parameters\[\s*(?:'|\"|'')(.+?)(?:'|\"|'')\s*\]")


def filled(value: Any, look_up: Callable[[str], Any], names: dict[str, str]) -> Any:
    """The value with its placeholders replaced, at every depth, keys too.

    A text that is nothing but one placeholder becomes that value, type and all; elsewhere it becomes text.
    `look_up` gives the value of an input parameter (it may raise); `names` the others by what stands after
    `$.`. Text put in is not searched again, and an unknown placeholder stays as it is.
    """
    if isinstance(value, str):
        return _filled_text(value, look_up, names) if "{{$" in value else value
    if isinstance(value, list):
        return [filled(item, look_up, names) for item in value]
    if isinstance(value, dict):
        return {
            text_of(filled(key, look_up, names)): filled(item, look_up, names) for key, item in value.items()
        }
    return value


def _filled_text(text: str, look_up: Callable[[str], Any], names: dict[str, str]) -> Any:
    def one(found: re.Match) -> Any:
        inside = found.group(1) or ""
        parameter = _PARAMETER.fullmatch(inside)
        return look_up(parameter.group(1)) if parameter else names.get(inside, found.group())

    alone = _ANY.fullmatch(text)
    return one(alone) if alone else _ANY.sub(lambda found: text_of(one(found)), text)


class RunPlaceholders:
    """The placeholders of a run that do not stand for inputs."""

    def __init__(self, folder: str, request: dict, artifact_folder: str) -> None:
        self._folder, self._request, self._artifact_folder = folder, request, artifact_folder
        self._of_run: Optional[dict[str, str]] = None

    def of_task(self, key: str, path: str) -> dict[str, str]:
        """Those of the task `key`. The first call makes the run's workspace."""
        import uuid

        if self._of_run is None:
            self._of_run = self._made(uuid)
        task = uuid.uuid5(uuid.UUID(self._of_run["pipeline_job_uuid"]), path)
        return {**self._of_run, "pipeline_task_name": key, "pipeline_task_uuid": str(task)}

    def _made(self, uuid) -> dict[str, str]:
        import time

        run = self._request["id"]
        created = time.strftime(
            "%Y-%m-%dT%H:%M:%SZ", time.gmtime((self._request.get("createdAt") or now()) / 1000)
        )
        workspace = os.path.join(self._folder, "workspace")
        os.makedirs(workspace, exist_ok=True)
        return {
            "pipeline_job_name": self._request.get("name") or run,
            "pipeline_job_resource_name": run,
            "pipeline_job_uuid": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{self._folder} {created}")),
            "pipeline_job_create_time_utc": created,
            "pipeline_job_schedule_time_utc": created,
            "pipeline_root": self._artifact_folder,
            "workspace_path": workspace,
        }
