"""The executors of a request, and the environments that they run in."""

from __future__ import annotations

from .environment_check import python_of


class Executors:
    """Finds what runs a component, and with which interpreter."""

    def __init__(self, request: dict) -> None:
        self._python = request.get("python")
        self._by_label: dict[str, dict] = request.get("executors") or {}
        self._environments: dict[str, dict] = {one["id"]: one for one in request.get("environments") or ()}

    def of(self, component: dict) -> dict:
        """The executor of a component; empty when it has none."""
        return self._by_label.get(component.get("executorLabel", ""), {})

    def python_of(self, executor: dict) -> str:
        """The interpreter that an executor runs with."""
        return python_of(self._environments[executor["environment"]])

    def packages_of(self, executor: dict) -> dict:
        """The part of its environment that influences results."""
        one = self._environments[executor["environment"]]
        return {
            "python": one.get("python") or self._python,
            "requirements": one.get("requirements") or [],
            "noDeps": one.get("noDeps") or [],
            **({"contents": one["contents"]} if one.get("contents") else {}),
        }

    def use_apart(self, apart: list[dict]) -> None:
        """Maps each executor to the environment with its label."""
        for one in apart:
            self._environments[one["id"]] = one
            for label in one.get("labels") or ():
                if label in self._by_label:
                    self._by_label[label]["environment"] = one["id"]
