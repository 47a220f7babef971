"""Environments: built once under a lock, stoppable, with a clear answer when they cannot be built."""

import glob
import http.server
import json
import os
import shutil
import subprocess
import sys
import threading
import time
import unittest

from mlops_runner import environment_check, process_control

from .environment_support import EnvironmentTest
from .support import Pipeline, is_alive, kfp_environment, rows_of

REMOVE = os.path.join(os.path.dirname(process_control.__file__), "remove_environment.py")
CLOSED = "http://127.0.0.1:9"


class Environments(EnvironmentTest):
    def test_an_environment_is_built_marked_and_reused(self):
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

    def test_building_a_local_package_leaves_its_folder_unchanged(self):
        folder = os.path.join(self.home, "work", "my lib")
        self.source_package(folder)
        os.mkdir(os.path.join(folder, "build"))  # what an earlier build left there
        with open(os.path.join(self.home, "work", "beside.txt"), "w", encoding="utf-8") as file:
            file.write("hello")
        before = sorted(os.listdir(folder))
        for requirement in (folder, f"placed @ file://{folder.replace(' ', '%20')}"):
            with self.subTest(requirement=requirement):
                environment = self.environment([requirement], name=f"e{len(requirement)}")
                pipeline = self.pipeline()
                pipeline.executors["exec-t"]["environment"] = environment["id"]
                run, _ = self.run_to_end(pipeline, environments=[environment])
                self.assertEqual(run["environments"][0]["state"], "ready", run["error"])
                python = os.path.join(environment["path"], "bin", "python")
                printed = subprocess.run(
                    [python, "-c", "import placed; print(placed.said)"], capture_output=True
                )
                self.assertEqual(printed.stdout.decode().strip(), "hello")
                self.assertEqual(sorted(os.listdir(folder)), before)

    def test_a_half_built_environment_is_rebuilt(self):
        environment = self.environment([self.wheel()])
        os.makedirs(os.path.join(environment["path"], "bin"))
        with open(os.path.join(environment["path"], "rubbish"), "w", encoding="utf-8"):
            pass
        run, _ = self.run_to_end(self.pipeline(), environments=[environment])
        self.assertEqual(run["environments"][0]["state"], "ready")
        self.assertFalse(os.path.exists(os.path.join(environment["path"], "rubbish")))

    def test_a_damaged_environment_is_reported_and_rebuilt(self):
        environment = self.environment([self.wheel()])
        self.run_to_end(self.pipeline(), environments=[environment])
        python = os.path.join(environment["path"], "bin", "python")
        [module] = glob.glob(os.path.join(environment["path"], "lib", "*", "site-packages", "tiny_thing.py"))

        def dangling():
            os.unlink(python)
            os.symlink("/nowhere/python", python)

        for spoil, what in (
            (lambda: os.unlink(python), "bin/python is missing"),
            (dangling, "bin/python is missing"),
            (lambda: os.unlink(module), "tiny_thing.py is missing"),
        ):
            spoil()
            run, started = self.run_to_end(self.pipeline(), environments=[environment])
            self.assertEqual(run["environments"][0]["state"], "ready")
            self.assertEqual(
                [note["message"] for note in run["notes"]],
                [f"The environment e1 was damaged ({what}) and was built anew."],
            )
            with open(os.path.join(started.folder, run["environments"][0]["log"]), encoding="utf-8") as log:
                self.assertIn(what, log.read())
            self.assertEqual(subprocess.run([python, "-c", "import tiny_thing"]).returncode, 0)
        again, _ = self.run_to_end(self.pipeline(), environments=[environment])
        self.assertEqual((again["notes"], again["environments"][0]["startedAt"]), ([], None))

    def test_rebuilding_a_damaged_environment_waits_for_the_runs_that_use_it(self):
        environment = self.environment([self.wheel()])
        self.run_to_end(self.pipeline(), environments=[environment])
        os.unlink(os.path.join(environment["path"], "bin", "python"))
        user = process_control.try_lock(environment["path"] + ".lock", shared=True)
        started = self.start(self.pipeline(), environments=[environment])
        started.until(
            lambda run: "waiting for the runs that use it" in (run["environments"][0]["line"] or "")
        )
        user.close()
        self.assertEqual(started.end()["environments"][0]["state"], "ready")

    def test_an_environment_without_kfp_or_with_an_invalid_marker_is_not_ready(self):
        environment = self.environment(no_deps=["kfp==2.17.0"])
        inside = os.path.join(environment["path"], "lib", "python3.9", "site-packages")
        os.makedirs(os.path.join(inside, "kfp", "dsl"))
        os.makedirs(os.path.join(environment["path"], "bin"))
        os.symlink(sys.executable, os.path.join(environment["path"], "bin", "python"))
        executor = os.path.join(inside, "kfp", "dsl", "executor.py")
        with open(executor, "w", encoding="utf-8"):
            pass
        self.assertIsNone(environment_check.damage(environment, {}))
        os.unlink(executor)
        self.assertEqual(environment_check.damage(environment, {}), "a part of kfp is missing")
        shutil.rmtree(os.path.join(inside, "kfp"))
        self.assertEqual(environment_check.damage(environment, {}), "kfp is missing")
        for odd in ("[]", "7", '{"requirements": 3}', '{"noDeps": [{}]}', "[" * 100_000, ""):
            with open(os.path.join(environment["path"], "mlops-ready.json"), "w", encoding="utf-8") as file:
                file.write(odd)
            self.assertIsNone(environment_check.read_marker(environment), odd[:20])

    def test_a_missing_network_is_reported_in_plain_words(self):
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

    def test_an_unreachable_index_is_named_without_its_login(self):
        environment = self.environment(["acme-inner-tools==1.0"])
        environment["pipArguments"] = ["--index-url=http://me:word@127.0.0.1:9/simple", "--retries=0"]
        run, _ = self.run_to_end(self.pipeline(), environments=[environment])
        self.assertRegex(
            run["error"]["message"], r"no connection to the package index .*127\.0\.0\.1:9/simple"
        )
        self.assertNotIn("word", run["error"]["message"])

    def test_a_nonexistent_package_is_named(self):
        folder = os.path.dirname(self.wheel())
        environment = self.environment(["not-there-at-all==9"])
        environment["pipArguments"] = ["--no-index", "--find-links", folder]
        run, _ = self.run_to_end(self.pipeline(), environments=[environment])
        self.assertEqual(run["error"]["message"], "No matching distribution found for not-there-at-all==9.")

    def test_a_second_run_waits_for_the_build_of_the_first_and_says_so(self):
        environment = self.environment([self.wheel()])
        os.makedirs(os.path.dirname(environment["path"]))
        lock = process_control.try_lock(environment["path"] + ".lock")
        started = self.start(self.pipeline(), environments=[environment])
        started.until(lambda run: "Waiting" in (run["environments"][0]["line"] or ""))
        lock.close()
        self.assertEqual(started.end()["environments"][0]["state"], "ready")

    def test_a_run_waits_for_a_build_but_not_for_the_end_of_the_run_that_builds(self):
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

    def test_a_run_can_be_stopped_while_it_waits_or_builds(self):
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

    def slow_installer(self):
        """An environment whose package builds for ever, leaving files in its temporary folder."""
        folder = os.path.join(self.home, "endless")
        os.makedirs(folder)
        with open(os.path.join(folder, "pyproject.toml"), "w", encoding="utf-8") as file:
            file.write('[build-system]\nrequires = []\nbuild-backend = "endless"\nbackend-path = ["."]\n')
        with open(os.path.join(folder, "endless.py"), "w", encoding="utf-8") as file:
            file.write(
                "import os, tempfile, time\n"
                "name = tempfile.mkdtemp(prefix='of-endless-')\n"
                f"with open({self.home!r} + '/pid.part', 'w') as file:\n"
                "    file.write(f'{os.getpid()} {name}')\n"
                f"os.rename({self.home!r} + '/pid.part', {self.home!r} + '/pid')\n"
                "time.sleep(300)\n"
            )
        environment = self.environment([folder])
        started = self.start(self.pipeline(), environments=[environment])
        started.until(lambda run: os.path.exists(os.path.join(self.home, "pid")), 60)
        with open(os.path.join(self.home, "pid"), encoding="utf-8") as file:
            pid, temporary = file.read().split(" ", 1)
        self.assertTrue(is_alive(int(pid)) and os.path.isdir(temporary))
        return started, int(pid), temporary, environment

    def gone(self, pid, temporary):
        end = time.monotonic() + 5
        while (is_alive(pid) or os.path.exists(temporary)) and time.monotonic() < end:
            time.sleep(0.05)
        self.assertFalse(is_alive(pid))
        self.assertFalse(os.path.exists(temporary))

    def test_the_installer_of_a_killed_runner_ends_and_leaves_nothing(self):
        started, pid, temporary, environment = self.slow_installer()
        started.process.kill()
        started.process.wait()
        self.gone(pid, temporary)
        # What ends the installer holds the lock until it has ended itself.
        end = time.monotonic() + 5
        lock = None
        while lock is None and time.monotonic() < end:
            lock = process_control.try_lock(environment["path"] + ".lock")
        self.assertIsNotNone(lock)
        lock.close()

    def test_a_stopped_installer_leaves_nothing(self):
        started, pid, temporary, _ = self.slow_installer()
        begun = time.monotonic()
        started.stop()
        self.assertEqual(started.end(10)["state"], "stopped")
        self.assertLess(time.monotonic() - begun, 2)
        self.gone(pid, temporary)

    def index(self, *answer):
        """A package index that answers everything with (status, content type, body)."""

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                status, kind, body = answer
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return f"http://127.0.0.1:{server.server_port}/simple"

    def test_an_index_without_a_list_is_reported_instead_of_the_package(self):
        for answer, message in (
            ((403, "text/html", b"no"), "The package index refused the request (HTTP 403)."),
            ((401, "text/html", b"no"), "The package index refused the request (HTTP 401)."),
            ((500, "text/html", b"x"), "The package index answered with an error (HTTP 500)."),
            ((200, "text/html", b"<<\xff\0"), "The package index did not answer with a list of packages."),
            ((200, "image/png", b"<<"), "The package index did not answer with a list of packages."),
            ((200, "application/vnd.pypi.simple.v1+json", b"{"), "did not answer with a list of packages."),
            ((404, "text/html", b""), "No matching distribution found for not-there-at-all==9."),
        ):
            variables = {"PIP_INDEX_URL": self.index(*answer), "PIP_RETRIES": "1", "PIP_NO_CACHE_DIR": "1"}
            environment = self.environment(["not-there-at-all==9"])
            run = self.start(self.pipeline(), environments=[environment], variables=variables).end()
            self.assertIn(message, run["error"]["message"])
            self.assertIn("index", run["error"]["hint"])

    def remove(self, name="e1"):
        command = [sys.executable, "-I", "-S", REMOVE, os.path.join(self.home, "envs"), name]
        return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)["outcome"]

    def test_an_environment_that_a_run_builds_or_uses_is_not_removed(self):
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

    def test_a_run_locks_its_environment_until_its_end(self):
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

    def test_a_removed_environment_is_built_again(self):
        environment = self.environment([self.wheel()])
        self.run_to_end(self.pipeline(), environments=[environment])
        self.assertEqual(self.remove(), "removed")
        run, _ = self.run_to_end(self.pipeline(), environments=[environment])
        self.assertIsNotNone(run["environments"][0]["startedAt"])
        self.assertTrue(os.path.exists(os.path.join(environment["path"], "mlops-ready.json")))

    def test_nothing_outside_of_the_folder_of_environments_is_removed(self):
        outside = os.path.join(self.home, "outside")
        os.makedirs(outside)
        os.makedirs(os.path.join(self.home, "envs", "e1"))
        os.symlink(outside, os.path.join(self.home, "envs", "link"))
        os.symlink(outside, os.path.join(self.home, "envs", "e1", "link"))
        for name in ("../outside", "..", ".", "", "not-there"):
            self.assertEqual(self.remove(name), "missing")
        self.assertEqual([self.remove("link"), self.remove("e1")], ["removed", "removed"])
        self.assertTrue(os.path.isdir(outside))

    def test_a_python_that_cannot_create_environments_is_reported(self):
        python = os.path.join(self.home, "python")
        with open(python, "w", encoding="utf-8") as file:
            file.write(
                '#!/bin/sh\necho \'{"version": "3.11.0", "venv": true, "ensurepip": false, "pip": null}\'\n'
            )
        os.chmod(python, 0o755)
        run, _ = self.run_to_end(self.pipeline(), environments=[self.environment(["x"])], python=python)
        self.assertEqual(run["error"]["kind"], "environment")
        self.assertIn("python3-venv", run["error"]["hint"])

    def test_a_missing_python_is_reported(self):
        run, _ = self.run_to_end(self.pipeline(), environments=[self.environment(["x"])], python="/not/there")
        self.assertEqual(run["error"]["kind"], "environment")
        self.assertIn("/not/there", run["error"]["message"])

    def test_a_given_interpreter_is_used_unchanged_and_checked_for_kfp(self):
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
    def test_an_environment_is_built_with_uv(self):
        environment = self.environment([self.wheel()])
        run, _ = self.run_to_end(self.pipeline(), environments=[environment], uv=shutil.which("uv"))
        self.assertEqual(run["environments"][0]["state"], "ready")


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
