"""Outputs that are no files, or far too large: the task's error, and the runner goes on."""

import json
import os
import shutil
import sys
import tempfile
import threading
import time
import unittest

from mlops_runner.event_loop import EventLoop
from mlops_runner.files import NotAFile
from mlops_runner.fingerprints import fingerprint
from mlops_runner.outcome import read_outputs
from mlops_runner.reading import GivenUp, Readers

from .support import Pipeline, RunnerTest, rows_of

WORD = "def f() -> str:\n    return 'well'"


class OutputsThatAreNotFiles(RunnerTest):
    def run_with(self, body, name="out", **more):
        """A run of a task whose lines get `out`, an artifact, beside one that has nothing to do with it."""
        pipeline = Pipeline()
        source = "\n".join(
            ["def f(out: dsl.Output[dsl.Dataset]):", "    import os", *(f"    {line}" for line in body)]
        )
        pipeline.task("odd", source, artifacts={name: "system.Dataset"}, **{"cache": True, **more})
        pipeline.task("fine", WORD, outputs={"Output": "str"}, cache=True)
        run, _ = self.run_to_end(pipeline, seconds=40)
        self.assertEqual(rows_of(run)["fine"]["outputs"], {"Output": "well"})
        return run

    def fails(self, body, text, **more):
        run = self.run_with(body, **more)
        error = rows_of(run)["odd"]["error"]
        self.assertEqual((run["state"], error["kind"]), ("failed", "output"))
        self.assertIn(text, error["message"])
        self.assertIn("path of the output", error["hint"])

    def test_a_fifo_as_an_output_fails_the_task(self):
        self.fails(["os.mkfifo(out.path)"], "Output out is a FIFO")

    def test_a_fifo_as_an_output_fails_a_task_without_caching(self):
        self.fails(["os.mkfifo(out.path)"], "Output out is a FIFO", cache=False)

    def test_a_folder_with_a_fifo_fails_the_task(self):
        self.fails(["os.makedirs(out.path + '/a')", "os.mkfifo(out.path + '/a/b')"], "holds a FIFO (a/b)")

    def test_a_folder_with_a_socket_fails_the_task(self):
        body = ["import socket", "os.makedirs(out.path)", "os.chdir(out.path)"]
        self.fails([*body, "socket.socket(socket.AF_UNIX).bind('s')"], "holds a socket (s)")

    def test_a_link_to_a_device_fails_the_task(self):
        self.fails(["os.symlink('/dev/zero', out.path)"], "Output out is a link to a device, /dev/zero")

    def test_a_folder_with_a_link_to_a_device_fails_the_task(self):
        self.fails(
            ["os.makedirs(out.path)", "os.symlink('/dev/zero', out.path + '/z')"], "a link to a device"
        )

    def test_an_output_address_that_is_a_device_fails_the_task(self):
        self.fails(["out.uri = '/dev/zero'"], "Output out is a device")

    def test_a_link_to_itself_fails_the_task(self):
        self.fails(["os.symlink(out.path, out.path)"], "leads round in a circle")

    def test_circular_links_within_a_folder_are_noted_and_cached(self):
        body = [
            "os.makedirs(out.path + '/sub')",
            "open(out.path + '/x', 'w').write('1')",
            "os.symlink('..', out.path + '/sub/up')",
        ]
        run = self.run_with(body)
        self.assertEqual(run["state"], "succeeded")
        self.assertEqual([note["task"] for note in run["notes"]], ["odd"])
        self.assertIn("leads round in a circle: sub/up", run["notes"][0]["message"])
        self.assertEqual(rows_of(self.run_with(body))["odd"]["cachedFrom"], "pipe-1")

    def test_broken_links_within_a_folder_are_noted_and_cached(self):
        body = [
            "os.makedirs(out.path)",
            "os.symlink('loop', out.path + '/loop')",
            "os.symlink('no', out.path + '/l')",
        ]
        run = self.run_with(body)
        self.assertEqual(run["state"], "succeeded")
        self.assertEqual(len(run["notes"]), 1)
        self.assertEqual(rows_of(self.run_with(body))["odd"]["cachedFrom"], "pipe-1")

    def test_a_changed_link_changes_the_content_of_a_folder(self):
        folder = tempfile.mkdtemp(dir=self.home)
        for name in "ab":
            os.mkdir(os.path.join(folder, name))
        os.symlink("a", os.path.join(folder, "latest"))
        before = fingerprint(folder, self.home)
        os.unlink(os.path.join(folder, "latest"))
        os.symlink("b", os.path.join(folder, "latest"))
        self.assertNotEqual(fingerprint(folder, self.home), before)

    def test_values_in_a_fifo_or_a_device_fail_the_task(self):
        for how in ("os.mkfifo", "lambda path: os.symlink('/dev/zero', path)"):
            source = f"""
                def f() -> str:
                    import os
                    folder = os.path.dirname(os.getcwd())
                    os.makedirs(folder + '/parameters')
                    ({how})(folder + '/parameters/Output')
                    ({how})(folder + '/executor_output.json')
                    ({how})(folder + '/error.json')
                    os._exit(0)
                """
            pipeline = Pipeline()
            pipeline.task("odd", source, outputs={"Output": "str"}, cache=True)
            run, _ = self.run_to_end(pipeline, seconds=40)
            self.assertEqual((run["state"], rows_of(run)["odd"]["error"]["kind"]), ("failed", "output"))

    def test_an_imported_device_is_not_read(self):
        folder = tempfile.mkdtemp(dir=self.home)
        os.mkfifo(os.path.join(folder, "pipe"))
        for path in (folder, "/dev/zero"):
            with self.assertRaises(NotAFile):
                fingerprint(path, self.home)


class OverwrittenOutputs(RunnerTest):
    """No task is kept from writing where another one has written: it is noticed."""

    def overwritten(self, source):
        pipeline = Pipeline()
        make = "def f(out: dsl.Output[dsl.Dataset]):\n    open(out.path, 'w').write('mine')"
        pipeline.task("make", make, artifacts={"out": "system.Dataset"}, cache=True)
        pipeline.task("use", source, takes={"ds": "system.Dataset"}, uses={"ds": ("make", "out")})
        return pipeline

    def test_an_output_that_another_task_overwrites_is_noted(self):
        pipeline = self.overwritten(
            "def f(ds: dsl.Input[dsl.Dataset]):\n    open(ds.path, 'w').write('your')"
        )
        run, _ = self.run_to_end(pipeline)
        [note] = run["notes"]
        self.assertEqual(note["task"], "make")
        self.assertIn("Output out was changed after its task had ended", note["message"])

    def test_an_output_that_another_task_reads_is_not_noted(self):
        pipeline = self.overwritten("def f(ds: dsl.Input[dsl.Dataset]):\n    open(ds.path).read()")
        for _ in range(2):
            run, _ = self.run_to_end(pipeline)
            self.assertEqual((run["state"], run["notes"]), ("succeeded", []))


class OutputsOfUnsuccessfulTries(RunnerTest):
    """What a try wrote that did not succeed is named by nothing, and does not stay."""

    SOURCE = """
        def f(out: dsl.Output[dsl.Model], how: str):
            import os, time
            os.makedirs(out.path)
            open(out.path + '/part', 'wb').write(bytes(1_000_000))
            print('written', flush=True)
            if how == 'raise':
                raise ValueError('no')
            if how == 'kill':
                os.kill(os.getpid(), 9)
            if how == 'fifo':
                os.mkfifo(out.path + '/pipe')
                return
            if how == 'well':
                return
            time.sleep(300)
        """

    def left(self, how, retry=0):
        pipeline = Pipeline()
        pipeline.task(
            "t",
            self.SOURCE,
            inputs={"how": "str"},
            given={"how": how},
            artifacts={"out": "system.Model"},
            retry=retry,
        )
        started = self.start(pipeline)
        if how == "stop":
            started.until_logged("t", "written")
            started.stop()
        run = started.end()
        self.assertEqual(run["state"], {"well": "succeeded", "stop": "stopped"}.get(how, "failed"))
        return [name for _, _, names in os.walk(os.path.join(self.home, "objects")) for name in names]

    def test_outputs_of_unsuccessful_tries_are_removed(self):
        for how in ("stop", "raise", "kill", "fifo"):
            self.assertEqual(self.left(how), [], how)
        self.assertEqual(self.left("raise", retry=2), [])
        self.assertEqual(self.left("well"), ["part"])


class ForgedResultFiles(RunnerTest):
    """A task that writes by itself what its runner reads of it."""

    def test_the_runner_survives_whatever_the_files_contain(self):
        for name, text in (
            ("executor_output.json", "[]"),
            ("executor_output.json", "[" * 100_000),
            ("executor_output.json", '{"artifacts":' * 900 + "1" + "}" * 900),
            (
                "executor_output.json",
                json.dumps({"parameterValues": [], "artifacts": {"out": {"artifacts": 7}}}),
            ),
            ("executor_output.json", json.dumps({"artifacts": {"out": {"artifacts": [{"uri": 5}]}}})),
            ("executor_output.json", json.dumps({"artifacts": {"out": {"artifacts": [{"metadata": [1]}]}}})),
            ("error.json", "[]"),
            ("error.json", json.dumps({"message": "m", "line": "seven", "text": {}, "kind": 8, "more": 1})),
        ):
            pipeline = Pipeline()
            source = f"""
                def f(out: dsl.Output[dsl.Dataset]):
                    import os
                    name = os.path.dirname(os.getcwd()) + '/{name}'
                    with open(name, 'w') as file:
                        file.write({text!r})
                    os._exit(0)
                """
            pipeline.task("odd", source, artifacts={"out": "system.Dataset"})
            pipeline.task("fine", WORD, outputs={"Output": "str"})
            run, _ = self.run_to_end(pipeline)
            self.assertEqual(rows_of(run)["fine"]["state"], "succeeded", text[:100])
            error = rows_of(run)["odd"]["error"]
            if error is not None:
                self.assertIsInstance(error["kind"], str)
                self.assertIn(type(error["line"]), (int, type(None)))


class LargeValues(RunnerTest):
    def test_a_too_large_value_fails_the_task_with_a_hint(self):
        pipeline = Pipeline()
        pipeline.task("big", "def f() -> str:\n    return 'x' * 10_000_000", outputs={"Output": "str"})
        run, started = self.run_to_end(pipeline)
        error = rows_of(run)["big"]["error"]
        self.assertEqual((run["state"], error["kind"]), ("failed", "returnType"))
        self.assertIn("9.5 MB (the largest is Output)", error["message"])
        self.assertIn("output artifact", error["hint"])
        self.assertLess(os.path.getsize(os.path.join(started.folder, "run.json")), 100_000)

    def test_a_far_too_large_value_is_not_even_read(self):
        folder = tempfile.mkdtemp(dir=self.home)
        with open(os.path.join(folder, "executor_output.json"), "wb") as file:
            file.truncate(80_000_000_000)
        before = time.monotonic()
        outcome = read_outputs(folder, {}, {"parameters": {"Output": {"parameterType": "STRING"}}})
        self.assertLess(time.monotonic() - before, 1)
        self.assertIn("76293.9 MB (the largest is Output)", outcome.error["message"])

    def test_values_that_are_too_large_together_fail_the_task(self):
        pipeline = Pipeline()
        source = """
            def f() -> NamedTuple('o', [('a', str), ('b', str)]):
                return ('x' * 1_000_000, 'y' * 4_000_000)
            """
        pipeline.task("big", source, outputs={"a": "str", "b": "str"})
        run, _ = self.run_to_end(pipeline)
        self.assertIn("the largest is b", rows_of(run)["big"]["error"]["message"])

    def test_a_large_value_reaches_the_next_task_complete_but_is_shortened_in_the_record(self):
        pipeline = Pipeline()
        pipeline.task(
            "a", "def f() -> str:\n    return 'x' * 3_000_000", outputs={"Output": "str"}, cache=True
        )
        pipeline.task(
            "b", "def f(s: str) -> int:\n    return len(s)", inputs={"s": "str"}, outputs={"Output": "int"}
        )
        pipeline.spec["root"]["dag"]["tasks"]["b"]["inputs"]["parameters"]["s"] = {
            "taskOutputParameter": {"producerTask": "a", "outputParameterKey": "Output"}
        }
        for _ in range(2):
            run, started = self.run_to_end(pipeline)
            self.assertEqual(rows_of(run)["b"]["outputs"], {"Output": 3_000_000})
            self.assertLess(os.path.getsize(os.path.join(started.folder, "run.json")), 300_000)


class DisksThatDoNotAnswer(unittest.TestCase):
    """A disk that does not answer: nothing can be read, and nothing waits for it for ever."""

    def setUp(self):
        self.loop = EventLoop()
        self.results = []
        self.release = threading.Event()
        self.addCleanup(self.release.set)

    def hangs(self, reading):
        self.release.wait()

    def take(self, result, count=1):
        self.results.append(result)
        if len(self.results) == count:
            self.loop.finish()

    def test_a_read_without_progress_is_given_up_and_others_are_served(self):
        readers = Readers(self.loop, longest_silence=0.3)
        count = 6
        for _ in range(5):
            readers.start(self.hangs, lambda result: self.take(result, count))
        readers.start(lambda reading: "read", lambda result: self.take(result, count))
        self.loop.run()
        self.assertEqual([type(one) for one in self.results].count(TimeoutError), 5)
        self.assertIn("read", self.results)

    def test_a_slow_read_is_not_given_up(self):
        def slowly(reading):
            for _ in range(8):
                time.sleep(0.1)
                reading.goes_on()
            return "read"

        Readers(self.loop, longest_silence=0.4).start(slowly, self.take)
        self.loop.run()
        self.assertEqual(self.results, ["read"])

    def test_a_stop_does_not_wait_for_a_read(self):
        readers = Readers(self.loop)
        readers.start(self.hangs, self.take)
        self.loop.after(0.1, readers.end_all)
        started = time.monotonic()
        self.loop.run()
        self.assertIsInstance(self.results[0], GivenUp)
        self.assertLess(time.monotonic() - started, 1)


@unittest.skipUnless(sys.platform.startswith("linux"), "a sparse file of this size needs room elsewhere")
class EndedWhileReading(RunnerTest):
    def start_to_read(self):
        """A run whose task has ended, and whose output is read for long."""
        if shutil.disk_usage(self.home).free < 100_000_000:
            self.skipTest("no room")
        pipeline = Pipeline()
        source = """
            def f(out: dsl.Output[dsl.Dataset]):
                with open(out.path, 'wb') as file:
                    file.truncate(20_000_000_000)
            """
        pipeline.task("t", source, artifacts={"out": "system.Dataset"}, cache=True)
        started = self.start(pipeline)
        started.until(
            lambda run: any(row["attempts"] and row["attempts"][0]["endedAt"] for row in run["tasks"])
        )
        return started

    def test_a_stop_does_not_wait_for_an_output_that_is_being_read(self):
        started = self.start_to_read()
        before = time.monotonic()
        started.stop()
        run = started.end()
        self.assertLess(time.monotonic() - before, 2)
        self.assertEqual((run["state"], rows_of(run)["t"]["state"]), ("stopped", "stopped"))
        self.assertFalse(os.path.exists(os.path.join(self.home, "cache")))

    def test_an_output_is_not_cached_when_the_runner_was_killed_while_reading_it(self):
        started = self.start_to_read()
        started.process.kill()
        started.process.wait()
        self.assertEqual(rows_of(started.read())["t"]["outputs"], {})
        self.assertFalse(os.path.exists(os.path.join(self.home, "cache")))
        again = self.start_to_read()
        self.assertIsNone(rows_of(again.read())["t"]["cachedFrom"])
        again.stop()
        again.end()


if __name__ == "__main__":
    unittest.main()
