"""What installers are told, and what they print, in plain words."""

import os
import sys
import unittest
import unittest.mock

from mlops_runner import task_environment
from mlops_runner.installer_words import explain, is_conflict, meaningful_line


class Variables(unittest.TestCase):
    def test_installer_variables_reach_only_installers(self):
        settings = {"PIP_INDEX_URL": "https://me:word@index", "UV_INDEX_PASSWORD": "word", "NETRC": "/x"}
        with unittest.mock.patch.dict(os.environ, settings):
            task = task_environment.for_task(sys.executable, [], {})
            installer = task_environment.for_installer()
        self.assertEqual([name for name in settings if name in task], [])
        self.assertEqual([name for name in settings if name not in installer], [])


class InstallerWords(unittest.TestCase):
    def test_the_last_meaningful_line_is_shown(self):
        self.assertEqual(
            meaningful_line("Collecting x\n  Downloading x.whl (3 MB)\n\n   ---- \n"),
            "Downloading x.whl (3 MB)",
        )
        self.assertEqual(meaningful_line("\n[notice] A new release of pip\n"), "")
        bar = "  Downloading x.whl (9.3 MB)\r     ━━━━━━━━━━ 9.3/9.3 MB 100 MB/s eta 0:00:00\n"
        self.assertEqual(meaningful_line(bar), "Downloading x.whl (9.3 MB)")

    def test_conflicts_failed_builds_and_unknown_errors_are_explained(self):
        self.assertIn("do not go together", explain("ERROR: ResolutionImpossible: for help visit", 1)[0])
        pip = (
            "ERROR: Cannot install requests==2.25.1 and urllib3==2.2.1 because these package versions have "
            "conflicting dependencies.\n\nThe conflict is caused by:\n    The user requested urllib3==2.2.1\n"
            "    requests 2.25.1 depends on urllib3<1.27 and >=1.21.1\n\nTo fix this you could try to:\n"
            "1. loosen the range\n\nERROR: ResolutionImpossible: for help visit https://pip.pypa.io\n"
        )
        self.assertEqual(
            explain(pip, 1)[0],
            "requests==2.25.1 and urllib3==2.2.1 exclude each other: The user requested urllib3==2.2.1; "
            "requests 2.25.1 depends on urllib3<1.27 and >=1.21.1.",
        )
        uv = (
            "  × No solution found when resolving dependencies:\n"
            "  ╰─▶ Because requests==2.25.1 depends on urllib3>=1.21.1,<1.27 and you require\n"
            "      requests==2.25.1, your requirements are unsatisfiable.\n"
        )
        self.assertIn("requests==2.25.1 depends on urllib3>=1.21.1,<1.27 and you", explain(uv, 1)[0])
        self.assertTrue(is_conflict(pip) and is_conflict(uv))
        self.assertFalse(is_conflict("ERROR: No matching distribution found for x\n"))
        self.assertIn("numpy", explain("ERROR: Failed building wheel for numpy\n", 1)[0])
        self.assertEqual(explain("ERROR: something else\n", 1)[0], "something else")
        self.assertEqual(explain("", 3)[0], "The installer ended with code 3.")

    def test_a_missing_sdk_version_is_traced_to_the_compiled_file(self):
        pip = (
            "ERROR: Could not find a version that satisfies the requirement kfp==2.14.0 "
            "(from versions: 2.13.0, 2.14.1, 2.14.6, 2.15.0)\n"
            "ERROR: No matching distribution found for kfp==2.14.0\n"
        )
        uv = (
            "  × No solution found when resolving dependencies:\n"
            "  ╰─▶ Because there is no version of kfp==2.14.0 and you require kfp==2.14.0\n"
        )
        for text, instead in ((pip, "put kfp==2.14.6 in"), (uv, "put one that it has in")):
            message, hint = explain(text, 1, ["kfp==2.14.0"])
            self.assertEqual(
                message,
                "The package index has no kfp==2.14.0, with which the pipeline was compiled: "
                "its file asks for it.",
            )
            self.assertIn(instead, hint)
            self.assertNotIn("packages_to_install", hint)
        self.assertIn("packages_to_install", explain(pip, 1, ["kfp==2.17.0"])[1])
