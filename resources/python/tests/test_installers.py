"""What installers are told, and what they print, in plain words."""

import os
import sys
import unittest
import unittest.mock

from mlops_runner import task_environment
from mlops_runner.installer_words import explain, meaningful_line


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
