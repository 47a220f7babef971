"""Finds pipelines in Python files by their syntax tree; nothing is imported or run.

Reads a JSON list of paths from stdin and prints one JSON object:
{"files": [{"file", "pipelines": [{"function", "name", "description", "line"}], "problem"}]}.
`problem` is null or {"kind", "message", "line"}: kind `syntax`, `tooLarge` or `unreadable`. A file that does
not speak of kfp has no pipelines and no problem.
"""

from __future__ import annotations

import ast
import json
import os
import sys
from collections.abc import Iterator
from typing import Optional, Union

LARGEST = 1024 * 1024
Function = Union[ast.FunctionDef, ast.AsyncFunctionDef]


def look_into(path: str) -> dict:
    """What one file holds."""
    found: dict = {"file": path, "pipelines": [], "problem": None}
    try:
        if os.path.getsize(path) > LARGEST:
            return {**found, "problem": _problem("tooLarge", "The file is larger than 1 MB.")}
        with open(path, "rb") as file:
            source = file.read(LARGEST + 1)
    except OSError as error:
        return {**found, "problem": _problem("unreadable", error.strerror or str(error))}
    if b"kfp" not in source or b"pipeline" not in source:
        return found
    try:
        tree = ast.parse(source, path)
    except SyntaxError as error:
        return {**found, "problem": _problem("syntax", error.msg or "invalid syntax", error.lineno)}
    except (ValueError, RecursionError, MemoryError) as error:
        return {**found, "problem": _problem("syntax", str(error) or "The file is nested too deeply.")}
    return {**found, "pipelines": pipelines_in(tree)}


def _problem(kind: str, message: str, line: Optional[int] = None) -> dict:
    return {"kind": kind, "message": message, "line": line}


def pipelines_in(tree: ast.Module) -> list[dict]:
    """The functions with `@dsl.pipeline`, by whatever name the file imports it."""
    names = Names(tree)
    found = []
    for function in functions_of(tree):
        for decorator in function.decorator_list:
            call = decorator if isinstance(decorator, ast.Call) else None
            if names.means_pipeline(call.func if call else decorator):
                found.append(_described(function, call, names.constants))
                break
    return found


def functions_of(tree: ast.Module) -> Iterator[Function]:
    """Functions of the module itself, also inside `if`, `try` and `with`: those that an import would give."""
    waiting = list(tree.body)
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node
        elif not isinstance(node, (ast.ClassDef, ast.expr)):
            waiting[:0] = [child for child in ast.iter_child_nodes(node) if isinstance(child, _CONTAINERS)]


_CONTAINERS = (ast.stmt, ast.excepthandler)


class Names:
    """What the names of a module stand for: `d` → `kfp.dsl`, and its text constants."""

    def __init__(self, tree: ast.Module) -> None:
        self._meaning: dict[str, str] = {}
        self.constants: dict[str, str] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    top = alias.name.split(".")[0]
                    self._meaning[alias.asname or top] = alias.name if alias.asname else top
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                self._import_from(node.module, node.names)
        for node in tree.body:
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
                self._assign(node.targets, node.value.value)

    def _import_from(self, module: str, names: list[ast.alias]) -> None:
        for alias in names:
            if alias.name == "*":
                self._meaning.setdefault("pipeline", f"{module}.pipeline")
            else:
                self._meaning[alias.asname or alias.name] = f"{module}.{alias.name}"

    def _assign(self, targets: list[ast.expr], value: object) -> None:
        for target in targets:
            if isinstance(target, ast.Name) and isinstance(value, str):
                self.constants[target.id] = value

    def means_pipeline(self, node: ast.expr) -> bool:
        """Whether an expression is `kfp.dsl.pipeline`."""
        parts = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name) or node.id not in self._meaning:
            return False
        whole = ".".join([self._meaning[node.id], *reversed(parts)])
        return whole in ("kfp.dsl.pipeline", "kfp.v2.dsl.pipeline", "kfp.dsl.pipeline_context.pipeline")


def _described(function: Function, call: Optional[ast.Call], constants: dict[str, str]) -> dict:
    given = {word.arg: _text(word.value, constants) for word in call.keywords} if call else {}
    if call and call.args:
        given.setdefault("name", _text(call.args[0], constants))
    described = given.get("description")
    if not described:
        described = first_paragraph(ast.get_docstring(function, clean=False) or "")
    return {
        "function": function.name,
        "name": given.get("name") or function.name.lower().replace("_", "-"),
        "description": described or None,
        "line": function.lineno,
    }


def first_paragraph(docstring: str) -> str:
    """In one line."""
    lines = [line.strip() for line in docstring.strip().splitlines()]
    return " ".join(lines[: lines.index("")] if "" in lines else lines)


def _text(node: ast.expr, constants: dict[str, str]) -> Optional[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return constants.get(node.id) if isinstance(node, ast.Name) else None


if __name__ == "__main__":
    print(json.dumps({"files": [look_into(path) for path in json.load(sys.stdin)]}))
