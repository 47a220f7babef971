"""A full disk does not lose the run: what happened stays readable and the reason is said."""

import os
import subprocess
import sys
import unittest

from .support import Pipeline, RunnerTest, rows_of

FILL = """
    def f():
        print('before', flush=True)
        with open('fill', 'wb') as file:
            while True:
                file.write(bytes(100_000))
    """
CHATTER = """
    def f():
        for _ in range(3000):
            print('x' * 10_000)
    """


@unittest.skipUnless(
    sys.platform.startswith("linux") and os.geteuid() == 0, "needs a small tmpfs: Linux and root"
)
class FullDisk(RunnerTest):
    def setUp(self):
        super().setUp()
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", self.home], capture_output=True
        )
        if done.returncode:
            self.skipTest("a tmpfs cannot be mounted here")
        self.addCleanup(subprocess.run, ["umount", "-l", self.home])

    def run_one(self, source, **request):
        pipeline = Pipeline()
        pipeline.task("first", "def f() -> int:\n    return 1", outputs={"Output": "int"})
        pipeline.task("t", source, after=("first",))
        run, _ = self.run_to_end(pipeline, **request)
        self.assertEqual((run["state"], run["error"]["kind"]), ("failed", "disk"))
        self.assertIn("The disk is full", run["error"]["message"])
        self.assertEqual(rows_of(run)["first"]["outputs"], {"Output": 1})
        self.assertNotEqual(rows_of(run)["t"]["state"], "running")

    def test_a_task_that_fills_the_disk_fails_the_run(self):
        self.run_one(FILL)

    def test_a_log_that_fills_the_disk_fails_the_run(self):
        self.run_one(CHATTER, limits={"memoryBytes": None, "logBytes": 50_000_000, "lineBytes": 100_000})


@unittest.skipUnless(
    sys.platform.startswith("linux") and os.geteuid() == 0, "needs a small tmpfs: Linux and root"
)
class NoMoreFiles(RunnerTest):
    def test_a_task_that_takes_the_last_inode_fails_the_run(self):
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "nr_inodes=200", "tmpfs", self.home], capture_output=True
        )
        if done.returncode:
            self.skipTest("a tmpfs cannot be mounted here")
        self.addCleanup(subprocess.run, ["umount", "-l", self.home])
        source = """
            def f():
                for number in range(1000):
                    open(f'file-{number}', 'w').close()
            """
        pipeline = Pipeline()
        pipeline.task("t", source)
        run, _ = self.run_to_end(pipeline)
        self.assertEqual((run["state"], run["error"]["kind"]), ("failed", "disk"))


if __name__ == "__main__":
    unittest.main()
