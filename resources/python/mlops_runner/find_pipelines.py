"""Finds pipelines in Python files by their syntax tree; nothing is imported or run.

Reads a JSON list of paths from stdin and prints one JSON object:
{"files": [{"file", "pipelines": [{"function", "name", "description", "line"}], "problem"}]}.
A pipeline that a function of the file makes has the name that it is given in the module for a function.

`problem` is null or {"kind", "message", "line"}: kind `syntax`, `tooLarge`, `unreadable`, or `inFunction`
with a name for a message, where the file has pipelines in that function or class alone and names none of
them. A file that does not speak of kfp has no pipelines and no problem.
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
    pipelines = pipelines_in(tree)
    return {**found, "pipelines": pipelines, "problem": None if pipelines else hidden_in(tree)}


def _problem(kind: str, message: str, line: Optional[int] = None) -> dict:
    return {"kind": kind, "message": message, "line": line}


def pipelines_in(tree: ast.Module) -> list[dict]:
    """The functions with `@dsl.pipeline`, by whatever name the file imports it, and those that a function
    makes and the module gives a name.
    """
    names = Names(tree)
    found = []
    for function in functions_of(tree):
        decorated, call = names.pipeline_decorator(function)
        if decorated:
            found.append(_described(function, call, names.constants))
    for name, (line, function) in made_in(tree).items():
        described = _described(function, names.pipeline_decorator(function)[1], names.constants)
        own = name.lower().replace("_", "-")
        found.append({**described, "function": name, "name": described["given"] or own, "line": line})
    return [{key: one[key] for key in ("function", "name", "description", "line")} for one in found]


def made_in(tree: ast.Module) -> dict[str, tuple[int, Function]]:
    """The pipelines that the module names by calling a function that makes them, as `fit = make("tree")`,
    with the line of that.
    """
    names = Names(tree)
    makers = {function.name: inner_pipeline(function, names) for function in functions_of(tree)}
    made = {}
    for node in tree.body:
        if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Call):
            continue
        called = node.value.func
        inner = makers.get(called.id) if isinstance(called, ast.Name) else None
        for target in node.targets if inner is not None else ():
            if isinstance(target, ast.Name):
                made[target.id] = (node.lineno, inner)
    return made


def inner_pipeline(function: Function, names: Names) -> Optional[Function]:
    """The pipeline that a function defines and gives back, if it does."""
    given = {
        node.value.id
        for node in ast.walk(function)
        if isinstance(node, ast.Return) and isinstance(node.value, ast.Name)
    }
    inner = [one for one in nested_pipelines(function, names) if one.name in given]
    return inner[0] if inner else None


def nested_pipelines(around: ast.AST, names: Names) -> Iterator[Function]:
    """The pipelines that are defined within a function or a class."""
    for node in ast.walk(around):
        if node is not around and isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            if names.pipeline_decorator(node)[0]:
                yield node


def hidden_in(tree: ast.Module) -> Optional[dict]:
    """Where pipelines are that an import of the file does not give."""
    names = Names(tree)
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            inner = next(nested_pipelines(node, names), None)
            if inner is not None:
                return _problem("inFunction", node.name, inner.lineno)
    return None


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

    def pipeline_decorator(self, function: Function) -> tuple[bool, Optional[ast.Call]]:
        """Whether a function is a pipeline by a decorator, and the call in that."""
        for decorator in function.decorator_list:
            call = decorator if isinstance(decorator, ast.Call) else None
            if self.means_pipeline(call.func if call else decorator):
                return True, call
        return False, None

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
        "given": given.get("name"),
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
