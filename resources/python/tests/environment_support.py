"""What the tests of environments share: environments of a test's own home, packages that need no index."""

from __future__ import annotations

import os
import zipfile

from .support import Pipeline, RunnerTest

NOTHING = "def f():\n    pass"
BACKEND = """import os, zipfile

def build_wheel(folder, config_settings=None, metadata_directory=None):
    os.mkdir("build")
    with open("../beside.txt") as file:
        said = file.read()
    about = "Metadata-Version: 2.1\\nName: NAME\\nVersion: 1.0\\n"
    name = "NAME-1.0-py3-none-any.whl"
    with zipfile.ZipFile(os.path.join(folder, name), "w") as wheel:
        wheel.writestr("NAME.py", f"said = {said!r}\\n")
        wheel.writestr("NAME-1.0.dist-info/METADATA", about)
        wheel.writestr(
            "NAME-1.0.dist-info/WHEEL",
            "Wheel-Version: 1.0\\nGenerator: x\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
        )
        wheel.writestr("NAME-1.0.dist-info/RECORD", "")
    return name
"""


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

    def source_package(self, folder, name="placed"):
        """A package as its source: it reads a file beside its folder and leaves `build` there."""
        os.makedirs(folder)
        with open(os.path.join(folder, "pyproject.toml"), "w", encoding="utf-8") as file:
            file.write(
                f"[build-system]\nrequires = []\nbuild-backend = 'backend'\nbackend-path = ['.']\n"
                f"[project]\nname = '{name}'\nversion = '1.0'\n"
            )
        with open(os.path.join(folder, "backend.py"), "w", encoding="utf-8") as file:
            file.write(BACKEND.replace("NAME", name))

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
