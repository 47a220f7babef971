"""Logs: bounded, text, cheap."""

import os
import resource
import tempfile
import time
import unittest

from mlops_runner.log_file import LogFile

from .support import Pipeline, RunnerTest, log_of


class WritingALog(unittest.TestCase):
    def log(self, chunks, most=1000, line=100):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "log")
            log = LogFile(path, most, line)
            for chunk in chunks:
                log.add(chunk)
            log.close()
            with open(path, "rb") as file:
                return file.read().decode()

    def test_what_fits_is_kept_as_it_is(self):
        self.assertEqual(self.log([b"a\nb", b"c\n\nd"]), "a\nbc\n\nd")

    def test_the_beginning_and_the_newest_end_are_kept_and_the_rest_is_counted(self):
        text = self.log([b"line %06d\n" % number for number in range(1000)])
        self.assertTrue(text.startswith("line 000000\n"))
        self.assertTrue(text.endswith("line 000999\n"))
        self.assertIn("of output left out here", text)
        self.assertLess(len(text), 1300)

    def test_a_long_line_is_cut_and_the_next_one_is_whole(self):
        text = self.log([b"x" * 70, b"x" * 70, b"x" * 10 + b"\nnext\n"], most=10_000)
        self.assertEqual(text, "x" * 100 + " [50 bytes of this line left out]\nnext\n")

    def test_a_long_line_without_an_end_says_so_too(self):
        self.assertEqual(self.log([b"x" * 130], most=10_000), "x" * 100 + " [30 bytes of this line left out]")

    def test_binary_becomes_text_that_is_not_longer(self):
        content = bytes(range(256)) * 4
        text = self.log([content[:300], content[300:]], most=10_000, line=10_000)
        self.assertLessEqual(len(text.encode()), len(content))

    def test_letters_that_are_cut_between_two_chunks_stay_whole(self):
        content = "grün 日本\n".encode()
        for cut in range(len(content)):
            self.assertEqual(self.log([content[:cut], content[cut:]]), "grün 日本\n")

    def test_a_letter_that_never_ends_becomes_one_mark(self):
        self.assertEqual(self.log(["日".encode()[:2], b"ok"]), "?ok")
        self.assertEqual(self.log(["日".encode()[:2]]), "?")


class LogsOfTasks(RunnerTest):
    def run_one(self, source, **limits):
        pipeline = Pipeline()
        pipeline.task("t", source)
        run, started = self.run_to_end(
            pipeline, limits={"memoryBytes": None, "logBytes": 4_000_000, "lineBytes": 100_000, **limits}
        )
        self.assertEqual(run["state"], "succeeded")
        return log_of(started.folder, run, "t")

    def test_100_mb_stay_cheap(self):
        begun = time.monotonic()
        text = self.run_one("""
            def f():
                import sys
                line = 'x' * 99 + '\\n'
                for _ in range(100):
                    sys.stdout.write(line * 10_000)
                print('the end')
            """)
        self.assertLess(time.monotonic() - begun, 30)
        self.assertLess(len(text), 4_100_000)
        self.assertTrue(text.endswith("the end\n"))
        self.assertIn("MB of output left out here", text)
        self.assertLess(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, 200_000)

    def test_a_line_of_50_mb(self):
        text = self.run_one("""
            def f():
                import sys
                sys.stdout.write('x' * 50_000_000)
                print()
                print('after')
            """)
        self.assertIn("47.6 MB of this line left out]\nafter\n", text)
        self.assertLess(len(text), 101_000)

    def test_binary(self):
        text = self.run_one("""
            def f():
                import os, sys
                sys.stdout.flush()
                os.write(1, bytes(range(256)) * 100)
                print('\\nafter')
            """)
        self.assertTrue(text.endswith("after\n"))

    def test_stderr_and_stdout_are_in_one_log_in_order(self):
        text = self.run_one("""
            def f():
                import logging, sys
                print('one')
                print('two', file=sys.stderr)
                print('three')
                logging.info('four')
            """)
        lines = text.splitlines()
        self.assertEqual(lines[:3], ["one", "two", "three"])
        self.assertTrue(lines[3].startswith("[KFP Executor ") and lines[3].endswith("four"))

    def test_a_long_log_does_not_hold_up_other_tasks(self):
        pipeline = Pipeline()
        pipeline.task(
            "loud",
            """
            def f():
                import time
                end = time.time() + 2
                while time.time() < end:
                    print('x' * 1000)
            """,
        )
        pipeline.task("quick", "def f():\n    pass")
        run, _ = self.run_to_end(pipeline)
        rows = {row["path"]: row for row in run["tasks"]}
        self.assertLess(rows["quick"]["endedAt"], rows["loud"]["endedAt"])


if __name__ == "__main__":
    unittest.main()
