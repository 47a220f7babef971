"""What the tests of environments share: environments of a test's own home, packages that need no index."""

from __future__ import annotations

import os
import zipfile

from .support import Pipeline, RunnerTest

NOTHING = "def f():\n    pass"


class EnvironmentTest(RunnerTest):
    """A home with environments that only this test builds."""

    def environment(self, requirements=(), no_deps=(), name="e1"):
        return {
            "id": name,
            "path": os.path.join(self.home, "envs", name),
            "requirements": list(requirements),
            "noDeps": list(no_deps),
            "pipArguments": [],
        }

    def pipeline(self):
        pipeline = Pipeline()
        pipeline.task("t", NOTHING)
        pipeline.executors["exec-t"]["environment"] = "e1"
        return pipeline

    def wheel(self, name="tiny_thing", version="1.0", needs=""):
        """A package of one file, as a wheel on this disk: no index is needed."""
        folder = os.path.join(self.home, "wheels")
        os.makedirs(folder, exist_ok=True)
        path = os.path.join(folder, f"{name}-{version}-py3-none-any.whl")
        about = f"Metadata-Version: 2.1\nName: {name.replace('_', '-')}\nVersion: {version}\n"
        with zipfile.ZipFile(path, "w") as wheel:
            wheel.writestr(f"{name}.py", f"x = '{version}'\n")
            wheel.writestr(
                f"{name}-{version}.dist-info/METADATA", about + (f"Requires-Dist: {needs}\n" if needs else "")
            )
            wheel.writestr(
                f"{name}-{version}.dist-info/WHEEL",
                "Wheel-Version: 1.0\nGenerator: x\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
            )
            wheel.writestr(f"{name}-{version}.dist-info/RECORD", "")
        return path
