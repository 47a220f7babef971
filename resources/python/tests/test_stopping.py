"""Stopping at every point; a runner that is killed; a second runner on the same run."""

import json
import os
import re
import signal
import sys
import time
import unittest

from .support import Pipeline, RunnerTest, is_alive, log_of, rows_of

LONG = """
    def f():
        import os, subprocess, sys, time
        child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(300)'])
        print('pids', os.getpid(), child.pid, flush=True)
        time.sleep(300)
    """
STUBBORN = """
    def f():
        import os, signal, time
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        print('pids', os.getpid(), flush=True)
        time.sleep(300)
    """
NOTHING = "def f():\n    pass"


SAVES_AND_RETURNS = """
    def f() -> int:
        import signal, time
        ended = []
        signal.signal(signal.SIGTERM, lambda *_: ended.append(1))
        print('training', flush=True)
        while not ended:
            time.sleep(0.02)
        return 11
    """


DAEMON = """
    def f(end: bool):
        import os, subprocess, sys, time
        sleep = [sys.executable, '-c', 'import time; time.sleep(60)', 'left-behind']
        child = subprocess.Popen(sleep, start_new_session=True)
        print('pids', os.getpid(), child.pid, flush=True)
        time.sleep(0 if end else 300)
    """


class Stopping(RunnerTest):
    def pids(self, started, path):
        """What a task printed behind "pids", once the line is whole: print writes word by word."""
        lines = re.compile(r"^pids(.*)\n", re.MULTILINE)
        run = started.until(lambda run: lines.search(log_of(started.folder, run, path)))
        printed = lines.findall(log_of(started.folder, run, path))
        return [int(word) for line in printed for word in line.split()]

    def all_gone(self, pids):
        end = time.monotonic() + 5
        while any(map(is_alive, pids)) and time.monotonic() < end:
            time.sleep(0.05)
        self.assertEqual([pid for pid in pids if is_alive(pid)], [])

    @unittest.skipUnless(sys.platform.startswith("linux"), "elsewhere nobody tells")
    def test_processes_that_a_task_leaves_outside_of_its_group_are_named(self):
        for end in (True, False):
            pipeline = Pipeline()
            pipeline.task("leaves", DAEMON, inputs={"end": "bool"}, given={"end": end})
            started = self.start(pipeline)
            _, child = self.pids(started, "leaves")
            self.addCleanup(os.kill, child, signal.SIGKILL)
            if not end:
                started.stop()
            run = started.end()
            self.assertEqual(run["state"], "succeeded" if end else "stopped")
            self.assertTrue(is_alive(child))
            [note] = run["notes"]
            self.assertEqual(note["task"], "leaves")
            self.assertRegex(note["message"], f"left-behind.*pid {child}")
            self.assertIn(f"(pid {child})", log_of(started.folder, run, "leaves"))

    def test_processes_that_end_with_the_task_are_not_named(self):
        pipeline = Pipeline()
        source = """
            def f():
                import subprocess, sys
                subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(300)'])
                subprocess.run([sys.executable, '-c', 'pass'], start_new_session=True)
            """
        for name in "abc":
            pipeline.task(name, source)
        run, _ = self.run_to_end(pipeline)
        self.assertEqual(run["notes"], [])

    def test_a_stop_ends_running_tasks_and_starts_no_more(self):
        pipeline = Pipeline()
        pipeline.task("first", NOTHING)
        pipeline.task("long", LONG, after=("first",))
        pipeline.task("later", NOTHING, after=("long",))
        pipeline.task("bystander", LONG, after=("first",))
        started = self.start(pipeline, parallelism=1)
        pids = (
            self.pids(started, "long") if "long" in self.running(started) else self.pids(started, "bystander")
        )
        begun = time.monotonic()
        started.stop()
        run = started.end(10)
        self.assertLess(time.monotonic() - begun, 3)
        self.assertEqual(run["state"], "stopped")
        states = {path: row["state"] for path, row in rows_of(run).items()}
        self.assertEqual(
            states, {"first": "succeeded", "long": "stopped", "later": "stopped", "bystander": "stopped"}
        )
        self.all_gone(pids)

    @staticmethod
    def running(started):
        run = started.until(
            lambda run: any(row["state"] == "running" and row["path"] != "first" for row in run["tasks"])
        )
        return [row["path"] for row in run["tasks"] if row["state"] == "running"]

    def test_a_task_that_returns_normally_on_a_stop_is_not_cached(self):
        pipeline = Pipeline()
        pipeline.task("train", SAVES_AND_RETURNS, outputs={"Output": "int"})
        started = self.start(pipeline, cache=True)
        started.until_logged("train", "training")
        started.stop()
        run = started.end(10)
        self.assertEqual((run["state"], rows_of(run)["train"]["state"]), ("stopped", "stopped"))
        self.assertFalse(rows_of(run)["train"].get("outputs"))
        again = self.start(pipeline, cache=True)
        again.until_logged("train", "training")  # it is run anew, not taken from the cache
        again.stop()
        self.assertEqual(again.end(10)["state"], "stopped")

    def test_a_task_that_ignores_a_stop_is_killed_after_two_seconds(self):
        pipeline = Pipeline()
        pipeline.task("t", STUBBORN)
        started = self.start(pipeline)
        pids = self.pids(started, "t")
        started.stop()
        started.until(lambda run: run["state"] == "stopping", 5)
        begun = time.monotonic()
        run = started.end(10)
        self.assertEqual((run["state"], rows_of(run)["t"]["state"]), ("stopped", "stopped"))
        self.assertGreater(time.monotonic() - begun, 1.5)
        self.all_gone(pids)

    def test_an_exit_handler_does_not_run_when_the_run_is_stopped(self):
        pipeline = Pipeline()
        pipeline.task("t", LONG)
        pipeline.task("bye", NOTHING, after=("t",))
        pipeline.spec["root"]["dag"]["tasks"]["bye"]["triggerPolicy"] = {
            "strategy": "ALL_UPSTREAM_TASKS_COMPLETED"
        }
        started = self.start(pipeline)
        self.pids(started, "t")
        started.stop()
        self.assertEqual(rows_of(started.end(10))["bye"]["state"], "stopped")

    def test_sigterm_to_the_runner_stops_the_run(self):
        pipeline = Pipeline()
        pipeline.task("t", LONG)
        started = self.start(pipeline)
        pids = self.pids(started, "t")
        started.process.send_signal(signal.SIGTERM)
        self.assertEqual(started.end(10)["state"], "stopped")
        self.all_gone(pids)

    def test_a_stop_before_the_start_stops_the_run(self):
        pipeline = Pipeline()
        pipeline.task("t", LONG)
        pipeline.task("u", NOTHING, after=("t",))
        started = self.start(pipeline)
        started.stop()
        self.assertEqual(started.end(10)["state"], "stopped")

    def test_a_stop_between_two_tries_ends_the_pause(self):
        pipeline = Pipeline()
        pipeline.task("t", "def f():\n    raise ValueError()")
        pipeline.spec["root"]["dag"]["tasks"]["t"]["retryPolicy"] = {
            "maxRetryCount": 3,
            "backoffDuration": "100s",
            "backoffMaxDuration": "3600s",
        }
        started = self.start(pipeline)
        started.until(
            lambda run: any(
                attempt["state"] == "failed" for row in run["tasks"] for attempt in row["attempts"]
            )
        )
        started.stop()
        run = started.end(10)
        self.assertEqual(run["state"], "stopped")
        self.assertEqual(len(rows_of(run)["t"]["attempts"]), 1)

    def test_a_stop_ends_a_loop_of_many_iterations(self):
        pipeline = Pipeline()
        pipeline.component("body", "def f(x: int):\n    import time\n    time.sleep(60)", inputs={"x": "int"})
        pipeline.loop("loop", list(range(200)), "body")
        started = self.start(pipeline, parallelism=2)
        started.until_running("loop[0]/body")
        started.stop()
        run = started.end(10)
        self.assertEqual({row["state"] for row in run["tasks"]}, {"stopped"})

    def test_tasks_end_when_their_runner_is_killed(self):
        pipeline = Pipeline()
        pipeline.task("t", LONG)
        pipeline.task("u", STUBBORN)
        started = self.start(pipeline)
        pids = self.pids(started, "t") + self.pids(started, "u")
        started.process.kill()
        started.process.wait()
        self.all_gone(pids)
        self.assertEqual(started.read()["state"], "running")

    def test_a_second_runner_is_refused_while_the_first_one_lives(self):
        pipeline = Pipeline()
        pipeline.task("t", LONG)
        started = self.start(pipeline)
        self.pids(started, "t")
        second = self.launch(started.folder)
        self.assertEqual(second.process.wait(10), 3)
        self.assertEqual(started.read()["state"], "running")
        started.stop()
        started.process.wait(10)

    def test_a_lock_file_without_a_holder_is_ignored(self):
        pipeline = Pipeline()
        pipeline.task("t", LONG)
        started = self.start(pipeline)
        self.pids(started, "t")
        started.process.kill()
        started.process.wait()
        again = self.launch(started.folder)
        again.until(
            lambda run: run["state"] == "running" and rows_of(run).get("t", {}).get("state") == "running"
        )
        again.stop()
        self.assertEqual(again.end(10)["state"], "stopped")

    def test_a_run_that_has_ended_is_not_run_again(self):
        pipeline = Pipeline()
        pipeline.task("t", NOTHING)
        run, started = self.run_to_end(pipeline)
        again = self.launch(started.folder)
        self.assertEqual(again.process.wait(10), 3)
        self.assertEqual(again.read()["seq"], run["seq"])

    def test_runner_json_is_written_before_the_first_run_json(self):
        pipeline = Pipeline()
        pipeline.task("t", NOTHING)
        started = self.start(pipeline)
        started.until(lambda run: True)
        with open(os.path.join(started.folder, "runner.json"), encoding="utf-8") as file:
            who = json.load(file)
        self.assertEqual(who["pid"], started.process.pid)
        self.assertTrue(who["startTime"])
        started.end()


if __name__ == "__main__":
    unittest.main()
