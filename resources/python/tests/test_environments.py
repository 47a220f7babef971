"""Environments: built once under a lock, stoppable, with a clear answer when they cannot be built."""

import json
import os
import shutil
import subprocess
import sys
import time
import unittest
import unittest.mock

from mlops_runner import process_control, task_environment
from mlops_runner.installer_words import explain, meaningful_line

from .support import Pipeline, RunnerTest, kfp_environment, rows_of

REMOVE = os.path.join(os.path.dirname(process_control.__file__), "remove_environment.py")
CLOSED = "http://127.0.0.1:9"
NOTHING = "def f():\n    pass"


class Environments(RunnerTest):
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

    def wheel(self):
        """A package of one file, as a wheel on this disk: no index is needed."""
        folder = os.path.join(self.home, "wheels")
        os.makedirs(folder, exist_ok=True)
        path = os.path.join(folder, "tiny_thing-1.0-py3-none-any.whl")
        import zipfile

        with zipfile.ZipFile(path, "w") as wheel:
            wheel.writestr("tiny_thing.py", "x = 1\n")
            wheel.writestr(
                "tiny_thing-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: tiny-thing\nVersion: 1.0\n"
            )
            wheel.writestr(
                "tiny_thing-1.0.dist-info/WHEEL",
                "Wheel-Version: 1.0\nGenerator: x\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
            )
            wheel.writestr("tiny_thing-1.0.dist-info/RECORD", "")
        return path

    def test_one_is_built_with_its_packages_and_marked_and_used_again(self):
        environment = self.environment([self.wheel()])
        run, started = self.run_to_end(self.pipeline(), environments=[environment])
        self.assertEqual(run["environments"][0]["state"], "ready")
        self.assertTrue(os.path.exists(os.path.join(started.folder, run["environments"][0]["log"])))
        with open(os.path.join(environment["path"], "mlops-ready.json"), encoding="utf-8") as file:
            marker = json.load(file)
        self.assertEqual(marker["requirements"], environment["requirements"])
        self.assertEqual(marker["python"].split(".")[:2], [str(part) for part in sys.version_info[:2]])
        self.assertGreater(marker["bytes"], 0)
        python = os.path.join(environment["path"], "bin", "python")
        self.assertEqual(subprocess.run([python, "-c", "import tiny_thing"]).returncode, 0)
        # Without kfp in it the task says what is missing.
        error = rows_of(run)["t"]["error"]
        self.assertEqual(error["kind"], "setup")
        self.assertIn("kfp", error["hint"])
        again, _ = self.run_to_end(self.pipeline(), environments=[environment])
        self.assertIsNone(again["environments"][0]["startedAt"])

    def test_a_half_built_one_is_made_anew(self):
        environment = self.environment([self.wheel()])
        os.makedirs(os.path.join(environment["path"], "bin"))
        with open(os.path.join(environment["path"], "rubbish"), "w", encoding="utf-8"):
            pass
        run, _ = self.run_to_end(self.pipeline(), environments=[environment])
        self.assertEqual(run["environments"][0]["state"], "ready")
        self.assertFalse(os.path.exists(os.path.join(environment["path"], "rubbish")))

    def test_offline_is_said_in_plain_words(self):
        environment = self.environment(["some-package==1.0"])
        started = self.start(
            self.pipeline(),
            environments=[environment],
            variables={"PIP_INDEX_URL": CLOSED, "PIP_RETRIES": "0"},
        )
        run = started.end()
        self.assertEqual((run["state"], run["error"]["kind"]), ("failed", "environment"))
        self.assertIn("no connection to the package index", run["error"]["message"])
        self.assertIn("network", run["error"]["hint"])
        self.assertEqual(run["environments"][0]["state"], "failed")
        self.assertFalse(os.path.exists(os.path.join(environment["path"], "mlops-ready.json")))

    def test_a_package_that_does_not_exist_is_named(self):
        folder = os.path.dirname(self.wheel())
        environment = self.environment(["not-there-at-all==9"])
        environment["pipArguments"] = ["--no-index", "--find-links", folder]
        run, _ = self.run_to_end(self.pipeline(), environments=[environment])
        self.assertEqual(run["error"]["message"], "No matching distribution found for not-there-at-all==9.")

    def test_a_second_run_waits_for_the_first_one_and_says_so(self):
        environment = self.environment([self.wheel()])
        os.makedirs(os.path.dirname(environment["path"]))
        lock = process_control.try_lock(environment["path"] + ".lock")
        started = self.start(self.pipeline(), environments=[environment])
        started.until(lambda run: "Waiting" in (run["environments"][0]["line"] or ""))
        lock.close()
        self.assertEqual(started.end()["environments"][0]["state"], "ready")

    def test_a_run_that_waited_for_a_build_does_not_wait_for_the_run_that_built(self):
        environment = self.environment([self.wheel()])
        self.run_to_end(self.pipeline(), environments=[environment])
        lock = process_control.try_lock(environment["path"] + ".lock")
        started = self.start(self.pipeline(), environments=[environment])
        started.until(lambda run: "Waiting" in (run["environments"][0]["line"] or ""))
        import fcntl

        # The build is over, and the run that it was for goes on for long.
        fcntl.flock(lock.fileno(), fcntl.LOCK_SH)
        self.assertEqual(started.end(20)["environments"][0]["state"], "ready")
        lock.close()

    def test_a_stop_while_waiting_and_while_building(self):
        environment = self.environment(["some-package==1.0"])
        os.makedirs(os.path.dirname(environment["path"]))
        lock = process_control.try_lock(environment["path"] + ".lock")
        started = self.start(self.pipeline(), environments=[environment])
        started.until(lambda run: "Waiting" in (run["environments"][0]["line"] or ""))
        started.stop()
        self.assertEqual(started.end(10)["state"], "stopped")
        lock.close()
        started = self.start(
            self.pipeline(),
            environments=[environment],
            variables={"PIP_INDEX_URL": "http://10.255.255.1", "PIP_RETRIES": "9"},
        )
        started.until(lambda run: "some-package" in (run["environments"][0]["line"] or ""))
        begun = time.monotonic()
        started.stop()
        run = started.end(10)
        self.assertLess(time.monotonic() - begun, 2)
        self.assertEqual((run["state"], run["error"], run["tasks"]), ("stopped", None, []))

    def remove(self, name="e1"):
        command = [sys.executable, "-I", "-S", REMOVE, os.path.join(self.home, "envs"), name]
        return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)["outcome"]

    def test_one_that_a_run_builds_or_uses_is_not_removed(self):
        environment = self.environment([self.wheel()])
        os.makedirs(environment["path"])
        lock = process_control.try_lock(environment["path"] + ".lock")
        self.assertEqual(self.remove(), "inUse")
        lock.close()
        users = [process_control.try_lock(environment["path"] + ".lock", shared=True) for _ in range(2)]
        self.assertNotIn(None, users)
        self.assertEqual(self.remove(), "inUse")
        for user in users:
            user.close()
        self.assertEqual(self.remove(), "removed")
        self.assertEqual(self.remove(), "missing")
        self.assertEqual(os.listdir(os.path.join(self.home, "envs")), ["e1.lock"])

    def test_a_run_holds_what_it_uses_to_its_end(self):
        environment = {**kfp_environment(), "id": "e1"}
        pipeline = Pipeline()
        pipeline.task("t", "def f():\n    import time\n    time.sleep(60)")
        pipeline.executors["exec-t"]["environment"] = "e1"
        started = self.start(pipeline, environments=[environment])
        started.until(lambda run: rows_of(run).get("t", {}).get("state") == "running")
        self.assertIsNone(process_control.try_lock(environment["path"] + ".lock"))
        started.stop()
        started.end(10)
        started.process.wait(10)
        process_control.try_lock(environment["path"] + ".lock", shared=True).close()

    def test_one_that_was_removed_is_built_again(self):
        environment = self.environment([self.wheel()])
        self.run_to_end(self.pipeline(), environments=[environment])
        self.assertEqual(self.remove(), "removed")
        run, _ = self.run_to_end(self.pipeline(), environments=[environment])
        self.assertIsNotNone(run["environments"][0]["startedAt"])
        self.assertTrue(os.path.exists(os.path.join(environment["path"], "mlops-ready.json")))

    def test_nothing_outside_is_removed(self):
        outside = os.path.join(self.home, "outside")
        os.makedirs(outside)
        os.makedirs(os.path.join(self.home, "envs", "e1"))
        os.symlink(outside, os.path.join(self.home, "envs", "link"))
        os.symlink(outside, os.path.join(self.home, "envs", "e1", "link"))
        for name in ("../outside", "..", ".", "", "not-there"):
            self.assertEqual(self.remove(name), "missing")
        self.assertEqual([self.remove("link"), self.remove("e1")], ["removed", "removed"])
        self.assertTrue(os.path.isdir(outside))

    def test_a_python_that_cannot_make_environments(self):
        python = os.path.join(self.home, "python")
        with open(python, "w", encoding="utf-8") as file:
            file.write(
                '#!/bin/sh\necho \'{"version": "3.11.0", "venv": true, "ensurepip": false, "pip": null}\'\n'
            )
        os.chmod(python, 0o755)
        run, _ = self.run_to_end(self.pipeline(), environments=[self.environment(["x"])], python=python)
        self.assertEqual(run["error"]["kind"], "environment")
        self.assertIn("python3-venv", run["error"]["hint"])

    def test_no_python(self):
        run, _ = self.run_to_end(self.pipeline(), environments=[self.environment(["x"])], python="/not/there")
        self.assertEqual(run["error"]["kind"], "environment")
        self.assertIn("/not/there", run["error"]["message"])

    def test_a_given_python_is_used_as_it_is_and_checked_for_kfp(self):
        self.run_to_end(self.pipeline(), environments=[{**kfp_environment(), "id": "e1"}])
        python = os.path.join(kfp_environment()["path"], "bin", "python")
        given = {
            "id": "e1",
            "path": "",
            "requirements": [],
            "noDeps": [],
            "pipArguments": [],
            "python": python,
        }
        run, _ = self.run_to_end(self.pipeline(), environments=[given])
        self.assertEqual(run["state"], "succeeded")
        given["python"] = sys.executable if not _has_kfp(sys.executable) else "/usr/bin/python3"
        if os.path.exists(given["python"]) and not _has_kfp(given["python"]):
            run, _ = self.run_to_end(self.pipeline(), environments=[given])
            self.assertEqual((run["state"], run["error"]["kind"]), ("failed", "environment"))
            self.assertIn("kfp", run["error"]["message"])

    @unittest.skipUnless(shutil.which("uv"), "uv is not installed")
    def test_with_uv(self):
        environment = self.environment([self.wheel()])
        run, _ = self.run_to_end(self.pipeline(), environments=[environment], uv=shutil.which("uv"))
        self.assertEqual(run["environments"][0]["state"], "ready")


class Variables(unittest.TestCase):
    def test_what_installers_are_told_is_for_installers_alone(self):
        told = {"PIP_INDEX_URL": "https://me:word@index", "UV_INDEX_PASSWORD": "word", "NETRC": "/x"}
        with unittest.mock.patch.dict(os.environ, told):
            task = task_environment.for_task(sys.executable, [], {})
            installer = task_environment.for_installer()
        self.assertEqual([name for name in told if name in task], [])
        self.assertEqual([name for name in told if name not in installer], [])


class InstallerWords(unittest.TestCase):
    def test_the_last_line_that_says_something(self):
        self.assertEqual(
            meaningful_line("Collecting x\n  Downloading x.whl (3 MB)\n\n   ---- \n"),
            "Downloading x.whl (3 MB)",
        )
        self.assertEqual(meaningful_line("\n[notice] A new release of pip\n"), "")
        bar = "  Downloading x.whl (9.3 MB)\r     ━━━━━━━━━━ 9.3/9.3 MB 100 MB/s eta 0:00:00\n"
        self.assertEqual(meaningful_line(bar), "Downloading x.whl (9.3 MB)")

    def test_a_conflict_a_build_and_the_unknown(self):
        self.assertIn("do not go together", explain("ERROR: ResolutionImpossible: for help visit", 1)[0])
        self.assertIn("numpy", explain("ERROR: Failed building wheel for numpy\n", 1)[0])
        self.assertEqual(explain("ERROR: something else\n", 1)[0], "something else")
        self.assertEqual(explain("", 3)[0], "The installer ended with code 3.")


def _has_kfp(python):
    return (
        subprocess.run(
            [python, "-c", "import kfp.dsl.executor"],
            capture_output=True,
            env={**os.environ, "_KFP_RUNTIME": "true"},
        ).returncode
        == 0
    )


if __name__ == "__main__":
    unittest.main()
