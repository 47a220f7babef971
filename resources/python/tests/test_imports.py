"""How the runner's modules know each other: in one direction only."""

import ast
import os
import unittest

from .support import PACKAGE


def modules() -> list[str]:
    return sorted(name[: -len(".py")] for name in os.listdir(PACKAGE) if name.endswith(".py"))


def named(node: ast.AST) -> list[str]:
    """What one statement imports, without the package's name."""
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        module = node.module or ""
        names = [module, *(f"{module}.{alias.name}" if module else alias.name for alias in node.names)]
    else:
        names = []
    return [name.replace("mlops_runner.", "", 1) for name in names]


def imports_of(module: str) -> set[str]:
    """The modules of the package that a module imports: also in functions, for types, or as a script does."""
    with open(os.path.join(PACKAGE, module + ".py"), encoding="utf-8") as file:
        tree = ast.parse(file.read())
    names = {name for node in ast.walk(tree) for name in named(node)}
    return names.intersection(modules()) - {module}


def ring_in(imports: dict[str, set[str]]) -> list[str]:
    """Modules that import each other in a ring, in their order; empty when there are none."""
    left = {module: set(others) for module, others in imports.items()}
    while True:
        free = [module for module, others in left.items() if not others & left.keys()]
        if not free:
            break
        for module in free:
            del left[module]
    way: list[str] = []
    current = next(iter(sorted(left)), None)
    while current is not None and current not in way:
        way.append(current)
        current = min(left[current] & left.keys())
    return [*way[way.index(current) :], current] if current is not None else []


class Imports(unittest.TestCase):
    def test_the_runner_has_no_import_cycles(self):
        self.assertEqual(" → ".join(ring_in({module: imports_of(module) for module in modules()})), "")

    def test_an_import_cycle_is_named(self):
        self.assertEqual(ring_in({"a": {"b"}, "b": {"c"}, "c": {"b"}}), ["b", "c", "b"])
        self.assertEqual(ring_in({"a": {"b", "c"}, "b": {"c"}, "c": set()}), [])

    def test_imports_for_types_within_functions_and_of_scripts_count(self):
        self.assertIn("event_loop", imports_of("reading"))
        self.assertIn("owner", imports_of("main"))
        self.assertIn("process_control", imports_of("compile_pipeline"))
        self.assertIn("process_control", imports_of("remove_environment"))


if __name__ == "__main__":
    unittest.main()
