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

    def test_a_log_within_the_limit_is_kept_unchanged(self):
        self.assertEqual(self.log([b"a\nb", b"c\n\nd"]), "a\nbc\n\nd")

    def test_a_long_log_keeps_its_beginning_and_end_and_counts_the_rest(self):
        text = self.log([b"line %06d\n" % number for number in range(1000)])
        self.assertTrue(text.startswith("line 000000\n"))
        self.assertTrue(text.endswith("line 000999\n"))
        self.assertIn("of output left out here", text)
        self.assertLess(len(text), 1300)

    def test_a_long_line_is_cut_and_the_next_line_is_complete(self):
        text = self.log([b"x" * 70, b"x" * 70, b"x" * 10 + b"\nnext\n"], most=10_000)
        self.assertEqual(text, "x" * 100 + " [50 bytes of this line left out]\nnext\n")

    def test_a_long_line_without_a_newline_is_marked_as_cut(self):
        self.assertEqual(self.log([b"x" * 130], most=10_000), "x" * 100 + " [30 bytes of this line left out]")

    def test_binary_output_becomes_text_of_at_most_the_same_length(self):
        content = bytes(range(256)) * 4
        text = self.log([content[:300], content[300:]], most=10_000, line=10_000)
        self.assertLessEqual(len(text.encode()), len(content))

    def test_a_character_split_between_two_chunks_is_preserved(self):
        content = "grün 日本\n".encode()
        for cut in range(len(content)):
            self.assertEqual(self.log([content[:cut], content[cut:]]), "grün 日本\n")

    def test_an_incomplete_character_becomes_one_replacement_character(self):
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

    def test_a_log_of_100_mb_uses_little_memory_and_disk(self):
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

    def test_a_line_of_50_mb_is_cut(self):
        text = self.run_one("""
            def f():
                import sys
                sys.stdout.write('x' * 50_000_000)
                print()
                print('after')
            """)
        self.assertIn("47.6 MB of this line left out]\nafter\n", text)
        self.assertLess(len(text), 101_000)

    def test_binary_output_is_decoded(self):
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

    def test_a_long_log_does_not_delay_other_tasks(self):
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
