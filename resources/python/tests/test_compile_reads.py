"""What compiling read: all that may change its result is named, with what it was."""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import unittest

from .support import PACKAGE


class Reads(unittest.TestCase):
    """With a kfp that only can be imported: what the file does while it is imported is what counts."""

    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = os.path.join(os.path.realpath(temporary.name), "work")
        self.library = os.path.join(os.path.realpath(temporary.name), "library")
        for name in ("__init__", "compiler", "dsl"):
            self.write(os.path.join(self.library, "kfp", f"{name}.py"), "")

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def compile(self, source):
        path = self.write("p.py", source)
        environment = {**os.environ, "PYTHONPATH": self.library}
        command = [sys.executable, os.path.join(PACKAGE, "compile_pipeline.py"), path, "a", "out.json"]
        done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=self.folder)
        return json.loads(done.stdout.splitlines()[-1])

    def states(self, source, kind="content"):
        reads = [read for read in self.compile(source)["reads"] if read["kind"] == kind]
        inside = [read for read in reads if read["path"].startswith(self.folder)]
        return {os.path.relpath(read["path"], self.folder): read["state"] for read in inside}

    def test_imported_modules_and_opened_files_are_recorded(self):
        self.write("steps/__init__.py", "")
        self.write("steps/score.py", "from . import more\n")
        self.write("steps/more.py", "")
        self.write("settings.yaml", "base: 5\n")
        source = "from pathlib import Path\nimport steps.score\nPath('settings.yaml').read_text()\n"
        names = {"p.py", "steps/__init__.py", "steps/score.py", "steps/more.py", "settings.yaml"}
        first = self.states(source)
        self.assertEqual(set(first), names)
        self.write("settings.yaml", "base: 6\n")
        second = self.states(source)
        self.assertEqual({name for name in names if first[name] != second[name]}, {"settings.yaml"})

    def test_a_missing_file_is_recorded(self):
        source = "import os\ntry:\n    open('more.yaml')\nexcept OSError:\n    pass\nos.path.exists('flag')\n"
        self.assertIsNone(self.states(source)["more.yaml"])
        self.assertIsNone(self.states(source, "presence")["flag"])
        self.write("flag", "")
        self.assertEqual(self.states(source, "presence")["flag"], "file 0")

    def test_a_listed_folder_is_recorded(self):
        self.write("assets/a/one.txt", "1")
        source = (
            "import os\nfor at, _, names in os.walk('assets'):\n"
            "    for name in names:\n        open(os.path.join(at, name)).close()\n"
        )
        first = self.states(source, "names")
        self.assertEqual(set(first), {"assets", "assets/a"})
        self.assertIn("assets/a/one.txt", self.states(source))
        self.write("assets/a/two.txt", "2")
        self.assertNotEqual(self.states(source, "names")["assets/a"], first["assets/a"])

    def test_a_module_that_could_shadow_an_import_is_recorded(self):
        first = self.states("import colorsys, json\n", "modules")["."]
        self.write("notes.py", "")
        self.assertEqual(self.states("import colorsys, json\n", "modules")["."], first)
        for name in ("json.py", "colorsys.py"):
            self.write(name, "")
            self.assertNotEqual(self.states("import os\n" + "import colorsys, json\n", "modules")["."], first)
            os.remove(os.path.join(self.folder, name))

    def test_a_compiled_file_beside_a_module_is_ignored(self):
        import py_compile

        module = self.write("words.py", "WORD = 'old'\n")
        py_compile.compile(module, invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
        self.write("words.py", "WORD = 'new'\n")
        self.assertEqual(self.compile("from words import WORD\nraise ValueError(WORD)\n")["message"], "new")

    def test_a_module_is_recorded_by_its_source_and_not_its_compiled_file(self):
        shared = self.write(os.path.join(self.library, "shared.py"), "WORD = 'x'\n")
        import py_compile

        py_compile.compile(shared)
        reads = [
            read["path"] for read in self.compile("import shared\n")["reads"] if read["kind"] == "content"
        ]
        self.assertIn(shared, reads)
        self.assertIn(os.path.join(self.library, "kfp", "dsl.py"), reads)
        self.assertEqual([path for path in reads if path.endswith(".pyc") or "mlops_runner" in path], [])

    def test_files_that_the_code_wrote_itself_are_not_recorded(self):
        source = (
            "import os, tempfile\nopen('made.txt', 'w').write('x')\nopen('made.txt').read()\n"
            "with tempfile.TemporaryDirectory() as at:\n"
            "    open(at + '/x', 'w').close()\n    open(at + '/x').close()\n"
        )
        self.assertEqual(set(self.states(source)), {"p.py"})

    def test_a_file_that_the_code_read_and_changed_is_recorded_as_it_left_it(self):
        count = self.write("count.txt", "0")
        source = (
            "n = open('count.txt').read()\nwith open('count.txt', 'w') as file:\n    file.write(n + 'x')\n"
        )
        answer = self.compile(source)
        self.assertIn("changed what it had read", answer["unknown"])
        with open(count, "rb") as file:
            left = hashlib.sha256(file.read()).hexdigest()
        self.assertIn(left, [read["state"] for read in answer["reads"]])
        listing = "import os\nos.listdir('.')\nopen('made.txt', 'a').write('x')\n"
        self.assertEqual(self.states(listing, "names"), self.states(listing, "names"))
        self.assertNotIn("made.txt", self.states(listing))

    def test_reads_that_cannot_be_known_are_reported(self):
        self.assertIsNone(self.compile("import os\n")["unknown"])
        for source, words in [
            ("import subprocess\nsubprocess.run(['true'])\n", "another program"),
            ("import os\nos.system('true')\n", "another program"),
            ("import socket\nsocket.getaddrinfo('localhost', 80)\n", "the network"),
            ("import ctypes\nctypes.CDLL('libc.so.6')\n", "library"),
        ]:
            with self.subTest(source=source):
                self.assertIn(words, self.compile(source)["unknown"])

    def test_the_interpreter_and_its_packages_are_not_recorded(self):
        reads = self.compile("import decimal, http.client, xml.dom\n")["reads"]
        self.assertEqual([read["path"] for read in reads if "http" in read["path"]], [])

    def test_the_reads_of_a_failing_file_are_recorded(self):
        self.write("helper.py", "raise ValueError('no')\n")
        self.assertEqual(set(self.states("import helper\n")), {"p.py", "helper.py"})


if __name__ == "__main__":
    unittest.main()
