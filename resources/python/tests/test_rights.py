"""Who may read what a run writes: its user alone, unless the home is shared."""

import os
import stat
import subprocess
import sys
import unittest

from mlops_runner import process_control

from .support import Pipeline, RunnerTest, rows_of

REMOVE = os.path.join(os.path.dirname(process_control.__file__), "remove_environment.py")


@unittest.skipIf(os.name == "nt", "rights of files are another thing there")
class Rights(RunnerTest):
    def setUp(self):
        super().setUp()
        self.addCleanup(os.umask, os.umask(0o022))

    def rights(self, *names):
        return oct(stat.S_IMODE(os.stat(os.path.join(self.home, *names)).st_mode))

    def run_with(self, variables):
        """Gives the rights of what the task writes, and of what the runner wrote."""
        pipeline = Pipeline()
        pipeline.task(
            "t",
            """
            def f() -> str:
                import os
                open('made', 'w').close()
                print('said')
                return oct(os.stat('made').st_mode & 0o777)
            """,
            outputs={"Output": "str"},
        )
        started = self.start(pipeline, variables=variables)
        run = started.end()
        run_folder = os.path.relpath(started.folder, self.home)
        written = [
            ("objects",),
            (run_folder, "run.json"),
            (run_folder, "runner.json"),
            (run_folder, "runner.lock"),
            (run_folder, "tasks", "1", "1"),
            (run_folder, "tasks", "1", "1", "log"),
            (run_folder, "tasks", "1", "1", "executor_input.json"),
        ]
        return rows_of(run)["t"]["outputs"]["Output"], [self.rights(*names) for names in written]

    def test_a_run_is_private_and_its_task_keeps_the_users_umask(self):
        by_task, by_runner = self.run_with({})
        self.assertEqual(by_runner, ["0o700"] + ["0o600"] * 3 + ["0o700"] + ["0o600"] * 2)
        self.assertEqual(by_task, "0o644")

    def test_a_shared_home_uses_the_users_umask(self):
        by_task, by_runner = self.run_with({"MLOPS_SHARED_HOME": "1"})
        self.assertEqual(by_runner, ["0o755"] + ["0o644"] * 3 + ["0o755"] + ["0o644"] * 2)
        self.assertEqual(by_task, "0o644")

    def test_removing_an_environment_gives_others_no_access(self):
        for name, variables, rights in (
            ("e1", {}, "0o600"),
            ("e2", {"MLOPS_SHARED_HOME": "1"}, "0o644"),
        ):
            os.makedirs(os.path.join(self.home, "envs", name))
            command = [sys.executable, "-I", "-S", REMOVE, os.path.join(self.home, "envs"), name]
            subprocess.run(command, check=True, capture_output=True, env={**os.environ, **variables})
            self.assertEqual(self.rights("envs", f"{name}.lock"), rights)


if __name__ == "__main__":
    unittest.main()
