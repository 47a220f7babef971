"""Packages that exclude each other: an environment for each component, and words that name the packages."""

import os
import subprocess

from .environment_support import NOTHING, EnvironmentTest
from .support import Pipeline


class Conflicts(EnvironmentTest):
    def excluding(self):
        """An environment of two components whose packages exclude each other, with one for each of them."""
        folder = os.path.dirname(self.wheel("base_thing", "2.0"))
        self.wheel("base_thing", "1.0")
        self.wheel("old_thing", "1.0", "base-thing<2")
        shared = self.environment(["base-thing==2.0", "old-thing==1.0"])
        new = {**self.environment(["base-thing==2.0"], name="e2"), "labels": ["exec-new"]}
        old = {**self.environment(["old-thing==1.0"], name="e3"), "labels": ["exec-old"]}
        for one in (shared, new, old):
            one["pipArguments"] = ["--no-index", "--find-links", folder]
        return {**shared, "apart": [new, old]}

    def test_components_with_conflicting_packages_get_an_environment_each(self):
        pipeline, shared = Pipeline(), self.excluding()
        for name in ("new", "old"):
            pipeline.task(name, NOTHING)
            pipeline.executors[f"exec-{name}"]["environment"] = "e1"
        run, _ = self.run_to_end(pipeline, environments=[shared])
        self.assertEqual(
            [(one["id"], one["state"]) for one in run["environments"]], [("e2", "ready"), ("e3", "ready")]
        )
        [note] = [note["message"] for note in run["notes"]]
        self.assertIn("base-thing==2.0 and old-thing==1.0 exclude each other", note)
        self.assertIn("each component has an environment of its own", note)
        self.assertFalse(os.path.exists(shared["path"]))
        for environment, version in zip(shared["apart"], ("2.0", "1.0")):
            python = os.path.join(environment["path"], "bin", "python")
            code = "import base_thing; print(base_thing.x)"
            printed = subprocess.run([python, "-c", code], capture_output=True, text=True).stdout
            self.assertEqual(printed.strip(), version)
        again, _ = self.run_to_end(pipeline, environments=[shared])
        self.assertEqual([one["startedAt"] for one in again["environments"]], [None, None])
        self.assertEqual(again["notes"], [])

    def test_a_component_whose_own_packages_conflict_fails_and_names_them(self):
        shared = self.excluding()
        del shared["apart"]
        run, _ = self.run_to_end(self.pipeline(), environments=[shared])
        self.assertIn("base-thing==2.0 and old-thing==1.0 exclude each other", run["error"]["message"])
        self.assertIn("old-thing 1.0 depends on base-thing<2", run["error"]["message"])
