"""Pipelines in Python files: found without importing, compiled with the user's line in every error."""

import json
import os
import subprocess
import sys
import tempfile
import unittest

from .support import PACKAGE

SDK = os.environ.get("MLOPS_TEST_SDK")


def run(script, arguments=(), text=None, python=sys.executable, environment=None):
    return subprocess.run(
        [python, *(["-I", "-S"] if text is not None else []), os.path.join(PACKAGE, script), *arguments],
        input=text,
        capture_output=True,
        text=True,
        env=environment,
    )


class Finding(unittest.TestCase):
    def find(self, *sources):
        with tempfile.TemporaryDirectory() as folder:
            paths = []
            for number, source in enumerate(sources):
                paths.append(os.path.join(folder, f"f{number}.py"))
                with open(paths[-1], "w", encoding="utf-8") as file:
                    file.write(source)
            done = run("find_pipelines.py", text=json.dumps(paths))
            self.assertEqual(done.stderr, "")
            return json.loads(done.stdout)["files"]

    def names(self, source):
        return [one["name"] for one in self.find(source)[0]["pipelines"]]

    def test_every_way_to_import_the_decorator_is_recognised(self):
        for source, decorator in [
            ("from kfp import dsl", "dsl.pipeline"),
            ("from kfp import dsl as d", "d.pipeline(name='a')"),
            ("import kfp", "kfp.dsl.pipeline"),
            ("import kfp.dsl", "kfp.dsl.pipeline()"),
            ("import kfp.dsl as x", "x.pipeline"),
            ("import kfp as k", "k.dsl.pipeline"),
            ("from kfp.dsl import pipeline", "pipeline"),
            ("from kfp.dsl import pipeline as p", "p('a')"),
            ("from kfp.dsl import *", "pipeline"),
        ]:
            with self.subTest(source=source):
                self.assertEqual(self.names(f"{source}\n@{decorator}\ndef a():\n    pass\n"), ["a"])

    def test_other_decorators_define_no_pipeline(self):
        self.assertEqual(
            self.names(
                "from kfp import dsl\nfrom x import pipeline\n@pipeline\n@dsl.component\ndef a(): pass"
            ),
            [],
        )
        self.assertEqual(
            self.names("# kfp\nclass dsl:\n    pipeline = print\n@dsl.pipeline\ndef a(): pass"), []
        )

    def test_a_pipeline_has_name_description_and_line(self):
        files = self.find(
            "from kfp import dsl\nN = 'by-constant'\n@dsl.pipeline(name=N, description='says')\n"
            "def a(): pass\nif True:\n    @dsl.pipeline\n    def My_pipe():\n"
            "        '''First\n        line.\n\n        more'''\n"
        )
        first, second = files[0]["pipelines"]
        self.assertEqual((first["name"], first["description"], first["line"]), ("by-constant", "says", 4))
        self.assertEqual(
            (second["name"], second["description"], second["line"]), ("my-pipe", "First line.", 7)
        )

    def test_broken_and_large_files_get_a_reason_and_other_files_none(self):
        broken, large, foreign = self.find("import kfp  # pipeline\ndef f(:\n", "#" * 1_100_000, "def f(:\n")
        self.assertEqual((broken["problem"]["kind"], broken["problem"]["line"]), ("syntax", 2))
        self.assertEqual(large["problem"]["kind"], "tooLarge")
        self.assertIsNone(foreign["problem"])
        missing = run("find_pipelines.py", text=json.dumps(["/not/there.py"]))
        self.assertEqual(json.loads(missing.stdout)["files"][0]["problem"]["kind"], "unreadable")

    def test_pipelines_that_a_function_returns_are_found(self):
        maker = (
            "from kfp import dsl\ndef make(model):\n    @dsl.pipeline(description='fits')\n"
            "    def made(rows: int = 3):\n        pass\n    return made\n"
        )
        named, hidden = self.find(f"{maker}fit_tree = make('tree')\nother = print()\n", maker)
        self.assertEqual(
            named["pipelines"],
            [{"function": "fit_tree", "name": "fit-tree", "description": "fits", "line": 7}],
        )
        self.assertIsNone(named["problem"])
        self.assertEqual(hidden["pipelines"], [])
        self.assertEqual(hidden["problem"], {"kind": "inFunction", "message": "make", "line": 4})

    def test_nothing_is_imported(self):
        with tempfile.TemporaryDirectory() as folder:
            mark = os.path.join(folder, "mark")
            self.find(f"import kfp\nopen({mark!r}, 'w')  # pipeline\n")
            self.assertFalse(os.path.exists(mark))


@unittest.skipUnless(SDK, "set MLOPS_TEST_SDK to a Python that has the parts of kfp that compiling needs")
class Compiling(unittest.TestCase):
    def compile(self, source, function="a"):
        with tempfile.TemporaryDirectory() as folder:
            path, out = os.path.join(folder, "p.py"), os.path.join(folder, "out.json")
            with open(path, "w", encoding="utf-8") as file:
                file.write(
                    "from kfp import dsl\n@dsl.component(base_image='python:3.11')\n"
                    "def c(x: int) -> int:\n    return x\n" + source
                )
            done = run("compile_pipeline.py", [path, function, out], python=SDK)
            result = json.loads(done.stdout.splitlines()[-1])
            if result["ok"]:
                with open(out, encoding="utf-8") as file:
                    result["spec"] = json.load(file)
            return result

    def test_a_pipeline_is_compiled(self):
        result = self.compile("print('noise')\n@dsl.pipeline\ndef a(x: int = 1):\n    c(x=x)\n")
        self.assertEqual(result["spec"]["pipelineInfo"]["name"], "a")

    def test_parameters_keep_the_order_of_the_function(self):
        result = self.compile("@dsl.pipeline\ndef a(z: int, b: str = 'b', a: int = 1):\n    c(x=z)\n")
        self.assertEqual(result["parameters"], ["z", "b", "a"])
        empty = self.compile("@dsl.pipeline\ndef a():\n    c(x=1)\n")
        self.assertEqual(empty["parameters"], [])

    def test_an_error_names_the_line_in_the_users_file(self):
        result = self.compile("@dsl.pipeline\ndef a():\n    c(y=1)\n")
        self.assertEqual(
            (result["ok"], result["type"], result["line"], result["text"]), (False, "TypeError", 7, "c(y=1)")
        )

    def test_syntax_errors_missing_packages_sys_exit_and_missing_functions_are_reported(self):
        self.assertEqual(self.compile("x = = 1\n")["line"], 5)
        missing = self.compile("import not_there_at_all\n")
        self.assertIn("not_there_at_all", missing["hint"])
        self.assertIn("sys.exit(3)", self.compile("import sys\nsys.exit(3)\n")["message"])
        self.assertIn("no pipeline named a", self.compile("")["message"])
        self.assertIn("no pipeline named a", self.compile("a = 5\n")["message"])

    def test_an_error_includes_the_last_printed_line(self):
        reads = "import argparse\nreader = argparse.ArgumentParser()\nreader.add_argument('--data'{})\n"
        answer = self.compile(reads.format(", required=True") + "reader.parse_args()\n")
        self.assertRegex(
            answer["message"], r"\(sys\.exit\(2\)\), after it printed: \S+\.py: error: .*required: --data$"
        )
        self.assertIn("__main__", answer["hint"])
        pipeline = "@dsl.pipeline\ndef a():\n    c(x=1)\n"
        optional = self.compile(reads.format("") + "reader.parse_args()\n" + pipeline)
        self.assertTrue(optional["ok"], optional)
        after = self.compile(pipeline + "import sys\nprint('no data')\nsys.exit(1)\n")
        self.assertEqual(
            after["notes"][0]["message"],
            "The file was not read further: the file ends the program when it is imported (sys.exit(1)), "
            "after it printed: no data",
        )

    def test_side_effects_of_a_file_are_prevented_and_noted(self):
        pipeline = "@dsl.pipeline\ndef a():\n    c(x=1)\n"
        for ends in (
            "import sys\nsys.exit(0)\n",
            "c(x=1)\n",
            "import kfp\nkfp.Client().list_runs()\n",
            "name = input('Which cluster? ')\n",
        ):
            with self.subTest(ends=ends):
                after = self.compile(pipeline + ends)
                self.assertTrue(after["ok"], after)
                self.assertEqual([note["line"] for note in after["notes"]], [8 + ends.startswith("import")])
        before = self.compile("c(x=1)\n" + pipeline)
        self.assertEqual((before["ok"], before["line"]), (False, 5))
        self.assertIn("Define the pipeline above", before["hint"])

    def test_a_component_that_the_file_compiles_can_be_loaded(self):
        result = self.compile(
            "from kfp import compiler, components\ncompiler.Compiler().compile(c, 'c.yaml')\n"
            "loaded = components.load_component_from_file('c.yaml')\n"
            "@dsl.pipeline\ndef a():\n    loaded(x=1)\n"
        )
        self.assertIn("c", result["spec"]["root"]["dag"]["tasks"])
        self.assertFalse(os.path.exists("c.yaml"))

    def test_an_error_in_code_made_from_a_text_names_no_file(self):
        path = os.path.join(
            os.path.dirname(PACKAGE), "..", "..", "test/conformance/python/annotations/future.py"
        )
        folder = os.path.dirname(os.path.realpath(path))
        command = [SDK, "-B", os.path.join(PACKAGE, "compile_pipeline.py"), os.path.join(folder, "future.py")]
        with tempfile.TemporaryDirectory() as out:
            command += ["future_style", os.path.join(out, "out.json"), "", folder]
            done = subprocess.run(command, capture_output=True, text=True, cwd=folder)
        result = json.loads(done.stdout.splitlines()[-1])
        self.assertEqual((os.path.basename(result["file"]), result["line"]), ("future.py", 7))
        self.assertIn("from __future__", result["hint"])

    def test_a_message_has_no_colours(self):
        self.assertEqual(self.compile("raise ValueError('\\x1b[91mred\\x1b[0m')\n")["message"], "red")


class Holding(unittest.TestCase):
    """With a kfp that only can be imported: what the file does while it is imported is what counts."""

    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.home = temporary.name
        self.lock = os.path.join(self.home, "envs", "e1.lock")
        os.makedirs(os.path.join(self.home, "envs", "e1"))
        for name in ("__init__", "compiler", "dsl"):
            self.write(f"kfp/{name}.py", "")

    def write(self, name, text):
        path = os.path.join(self.home, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def message(self, source, *lock):
        path, out = self.write("p.py", source), os.path.join(self.home, "out.json")
        environment = {**os.environ, "PYTHONPATH": self.home}
        done = run("compile_pipeline.py", [path, "a", out, *lock], environment=environment)
        return json.loads(done.stdout)["message"]

    def test_the_compilers_environment_is_locked_while_compiling(self):
        remove = [sys.executable, os.path.join(PACKAGE, "remove_environment.py"), self.home + "/envs", "e1"]
        source = f"import subprocess\nraise ValueError(subprocess.check_output({remove!r}))\n"
        self.assertIn("inUse", self.message(source, self.lock))
        self.assertIn("removed", self.message(source))

    def test_the_users_file_wins_over_a_runner_module_of_the_same_name(self):
        self.write("process_control.py", "raise ValueError('mine')\n")
        self.assertEqual(self.message("import process_control\n", self.lock), "mine")

    def test_compiling_works_where_no_lock_can_be_created(self):
        gone = os.path.join(self.home, "gone", "e1.lock")
        self.assertEqual(self.message("raise ValueError('imported')\n", gone), "imported")


class Probing(unittest.TestCase):
    def test_the_abilities_of_this_python_are_reported(self):
        done = subprocess.run(
            [sys.executable, "-I", os.path.join(PACKAGE, "probe_python.py")], capture_output=True, text=True
        )
        abilities = json.loads(done.stdout)
        self.assertEqual(abilities["version"], ".".join(map(str, sys.version_info[:3])))
        self.assertEqual(
            set(abilities),
            {"version", "executable", "venv", "ensurepip", "pip", "externallyManaged", "kfp", "platform"},
        )


if __name__ == "__main__":
    unittest.main()
