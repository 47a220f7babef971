"""What is said of a pipeline by its syntax tree alone."""

import json
import os
import subprocess
import sys
import tempfile
import unittest

from .support import PACKAGE

COMPONENT = """from kfp import dsl
PACKAGES = ['pandas==2.2.0']
@dsl.component(packages_to_install=PACKAGES, pip_index_urls=['http://index.example'],
               pip_trusted_hosts=['index.example'])
def load_rows(path: str) -> int:
    return 1
"""


class Outline(unittest.TestCase):
    def outline(self, source, function="a", **others):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in {"p.py": source, **others}.items():
                path = os.path.join(folder, name)
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, "w", encoding="utf-8") as file:
                    file.write(text)
            asked = json.dumps({"file": os.path.join(folder, "p.py"), "function": function})
            command = [sys.executable, "-I", "-S", os.path.join(PACKAGE, "outline_pipeline.py")]
            done = subprocess.run(command, input=asked, capture_output=True, text=True)
            self.assertEqual(done.stderr, "")
            outline = json.loads(done.stdout)
            self.left = sorted(os.listdir(folder))
            return {**outline, "files": [os.path.relpath(file, folder) for file in outline["files"]]}

    def test_the_outline_has_parameters_with_types_and_literal_defaults(self):
        parameters = self.outline(
            "from typing import List, Optional\nfrom kfp import dsl\nSIZE = 3\n@dsl.pipeline\n"
            "def a(n: int, s: str = 'x', f: float = 0.5, b: bool = True, l: List[str] = ['q'],\n"
            "      d: dict = {'k': 1}, o: Optional[int] = None, c: int = SIZE, e: str = str(1),\n"
            "      data: dsl.Input[dsl.Dataset] = None):\n"
            '    """Does.\n\n    Args:\n        n: How many.\n    """\n'
        )["parameters"]
        self.assertEqual(
            [tuple(each[key] for key in ("name", "type", "required", "default")) for each in parameters],
            [
                ("n", "integer", True, None),
                ("s", "string", False, "x"),
                ("f", "number", False, 0.5),
                ("b", "boolean", False, True),
                ("l", "list", False, ["q"]),
                ("d", "struct", False, {"k": 1}),
                ("o", "integer", False, None),
                ("c", "integer", False, 3),
                ("e", "string", False, None),
            ],
        )
        self.assertEqual(
            [parameter["name"] for parameter in parameters if parameter["unknownDefault"]], ["e"]
        )
        self.assertEqual(parameters[0]["description"], "How many.")

    def test_the_outline_has_packages_their_sources_and_tasks(self):
        outline = self.outline(
            COMPONENT + "@dsl.pipeline\ndef a():\n    load_rows(path='x')\n    load_rows(path='y')\n"
        )
        self.assertEqual(outline["packages"], ["pandas==2.2.0"])
        self.assertEqual(
            (outline["indexUrls"], outline["trustedHosts"]), (["http://index.example"], ["index.example"])
        )
        self.assertEqual((outline["tasks"], outline["incomplete"]), (["load-rows", "load-rows-2"], False))
        unsaid = COMPONENT.replace("=PACKAGES", "=open('x').read().split()")
        self.assertTrue(self.outline(unsaid + "@dsl.pipeline\ndef a():\n    pass\n")["incomplete"])

    def test_the_outline_lists_local_modules_and_their_imports(self):
        outline = self.outline(
            "import json, steps.score\nfrom kfp import dsl\n"
            "@dsl.pipeline\ndef a():\n    steps.score.load_rows(path='')\n",
            **{
                "steps/__init__.py": "from . import tools\n",
                "steps/score.py": "from .deep import x\n" + COMPONENT,
                "steps/tools.py": "import p\n",
                "steps/deep/__init__.py": "",
                "json.py": "",
                "other.py": "",
            },
        )
        files = [
            "json.py",
            "p.py",
            "steps/__init__.py",
            "steps/deep/__init__.py",
            "steps/score.py",
            "steps/tools.py",
        ]
        self.assertEqual(sorted(outline["files"]), files)
        self.assertEqual((outline["packages"], outline["tasks"]), (["pandas==2.2.0"], ["load-rows"]))

    def test_nothing_is_imported_and_a_broken_file_has_an_empty_outline(self):
        self.outline(
            "from kfp import dsl\nopen('mark', 'w')\n"
            "@dsl.pipeline\ndef a(x: int = open('mark2', 'w')): pass\n"
        )
        self.assertEqual(self.left, ["p.py"])
        self.assertEqual(self.outline("def f(:\n")["parameters"], [])


if __name__ == "__main__":
    unittest.main()
