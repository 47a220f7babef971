"""Describes a pipeline by the syntax tree of its Python file; nothing is imported or run.

Reads {"file", "function", "root"} from stdin and prints one JSON object:
{"files", "parameters", "packages", "indexUrls", "trustedHosts", "tasks", "incomplete"}.

`files` are those that importing the file would run, as far as its imports say: itself first, then local
modules, with those that they import. `packages`, `indexUrls` and `trustedHosts` are those of the components
in them, `incomplete` is true where one of these is no literal. A parameter is {"name", "type", "required",
"default", "unknownDefault", "description"}; `type` is a word of KFP's types in lower case.
"""

from __future__ import annotations

import ast
import json
import math
import os
import re
import sys
from typing import Any, Optional

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from find_pipelines import LARGEST, Function, functions_of, made_in
from source_place import SourcePlace

MOST_FILES = 500
TYPES = {
    "str": "string",
    "int": "integer",
    "float": "number",
    "bool": "boolean",
    "list": "list",
    "List": "list",
    "dict": "struct",
    "Dict": "struct",
}
DESCRIBED = r"^\s*(?::param\s+)?(\w+)(?:\s*\([^)\n]*\))?:[ \t]+(\S.*)$"
ARTIFACTS = {"Input", "Output", "InputPath", "OutputPath", "Artifact", "Dataset", "Model", "Metrics", "HTML"}
WORDS = {
    "packages": "packages_to_install",
    "indexUrls": "pip_index_urls",
    "trustedHosts": "pip_trusted_hosts",
}
NOTHING = object()


def outline(file: str, function: Optional[str], root: Optional[str] = None) -> dict:
    """The outline of one pipeline."""
    trees = files_of(SourcePlace(file, root))
    components = [(*found, constants_of(tree)) for tree in trees.values() for found in components_of(tree)]
    own = trees.get(os.path.abspath(file))
    wanted = definition_of(function, own) if own and function else None
    texts = {key: texts_of(components, word) for key, word in WORDS.items()}
    return {
        "files": list(trees),
        "parameters": parameters_of(wanted, constants_of(own)) if wanted else [],
        **{key: list(dict.fromkeys(found)) for key, (found, _) in texts.items()},
        "tasks": tasks_of(wanted, {one.name for one, _, _ in components}) if wanted else [],
        "incomplete": not all(whole for _, whole in texts.values()),
    }


def definition_of(name: str, tree: ast.Module) -> Optional[Function]:
    """The pipeline of this name, also where another function returns it."""
    _, made = made_in(tree).get(name, (0, None))
    return next((one for one in functions_of(tree) if one.name == name), made)


def files_of(source: SourcePlace) -> dict[str, Optional[ast.Module]]:
    """The file and the local modules that it imports, each with its tree; None where it cannot be read."""
    trees: dict[str, Optional[ast.Module]] = {}
    waiting = [source.file, *around(*source.module())]
    while waiting and len(trees) < MOST_FILES:
        path = waiting.pop(0)
        if path in trees:
            continue
        tree = trees[path] = tree_of(path)
        for node in ast.walk(tree) if tree else ():
            waiting.extend(imported(node, path, source.roots))
    return trees


def around(name: str, top: Optional[str]) -> list[str]:
    """The packages that a file is in, where it is imported as a part of them."""
    return [] if top is None else module_files(top, name.split(".")[:-1])


def tree_of(path: str) -> Optional[ast.Module]:
    """The syntax tree of a file."""
    try:
        with open(path, "rb") as file:
            return ast.parse(file.read(LARGEST + 1), path)
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def imported(node: ast.AST, path: str, roots: list[str]) -> list[str]:
    """The files of local modules that one statement imports."""
    if isinstance(node, ast.Import):
        names = [alias.name.split(".") for alias in node.names]
        return [found for name in names for found in first_files(roots, name)]
    if not isinstance(node, ast.ImportFrom):
        return []
    folder = path
    for _ in range(node.level):
        folder = os.path.dirname(folder)
    places = [folder] if node.level else roots
    parts = node.module.split(".") if node.module else []
    return [found for alias in node.names for found in first_files(places, [*parts, alias.name])]


def first_files(places: list[str], parts: list[str]) -> list[str]:
    """The files that an import runs, from the first place that has any."""
    return next((found for place in places if (found := module_files(place, parts))), [])


def module_files(folder: str, parts: list[str]) -> list[str]:
    """The existing files that importing `a.b.c` from a folder runs."""
    found = []
    for part in parts:
        folder = os.path.join(folder, part)
        candidates = (os.path.join(folder, "__init__.py"), folder + ".py")
        found += [next((one for one in candidates if os.path.isfile(one)), "")]
    return [one for one in found if one]


def components_of(tree: Optional[ast.Module]) -> list[tuple[Function, Optional[ast.Call]]]:
    """The functions that `component` or `container_component` decorates, with its call."""
    found = []
    for function in functions_of(tree) if tree else ():
        for decorator in function.decorator_list:
            call = decorator if isinstance(decorator, ast.Call) else None
            name = last_name(call.func if call else decorator)
            if name in ("component", "container_component", "notebook_component"):
                found.append((function, call))
    return found


def texts_of(components: list, word: str) -> tuple[list[str], bool]:
    """The texts of a list that components are given, and whether all of them are literals."""
    texts, whole = [], True
    for _, call, constants in components:
        for keyword in call.keywords if call else ():
            if keyword.arg not in (word, None):
                continue
            value = literal(keyword.value, constants) if keyword.arg else NOTHING
            if value is None:
                continue
            if isinstance(value, list) and all(isinstance(one, str) for one in value):
                texts += value
            else:
                whole = False
    return texts, whole


def parameters_of(function: Function, constants: dict[str, Any]) -> list[dict]:
    """The parameters of a pipeline, without artifacts."""
    given = function.args
    ordered = [*given.posonlyargs, *given.args]
    first = len(ordered) - len(given.defaults)
    defaults = [*([None] * first), *given.defaults, *given.kw_defaults]
    described = descriptions(ast.get_docstring(function, clean=False) or "")
    found = []
    for argument, default in zip([*ordered, *given.kwonlyargs], defaults):
        kind = type_of(argument.annotation)
        if kind is None:
            continue
        value = NOTHING if default is None else json_value(literal(default, constants))
        found.append(
            {
                "name": argument.arg,
                "type": kind,
                "required": default is None,
                "default": None if value is NOTHING else value,
                "unknownDefault": default is not None and value is NOTHING,
                "description": described.get(argument.arg),
            }
        )
    return found


def type_of(annotation: Optional[ast.expr]) -> Optional[str]:
    """KFP's type of an annotation; None for an artifact."""
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        try:
            annotation = ast.parse(annotation.value, mode="eval").body
        except SyntaxError:
            return "string"
    if isinstance(annotation, ast.BinOp):  # int | None
        annotation = annotation.left
    name = last_name(annotation.value if isinstance(annotation, ast.Subscript) else annotation)
    if isinstance(annotation, ast.Subscript) and name in ("Optional", "Annotated"):
        inner = annotation.slice
        return type_of(inner.elts[0] if isinstance(inner, ast.Tuple) else inner)
    return None if name in ARTIFACTS else TYPES.get(name or "", "string")


def last_name(node: Optional[ast.AST]) -> Optional[str]:
    """`pipeline` of `kfp.dsl.pipeline`."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else None


def constants_of(tree: Optional[ast.Module]) -> dict[str, Any]:
    """The literals that a module names once."""
    found: dict[str, Any] = {}
    times: dict[str, int] = {}
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            times[node.id] = times.get(node.id, 0) + 1
    for node in tree.body if tree else ():
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            found[node.targets[0].id] = literal(node.value, {})
    return {name: value for name, value in found.items() if times.get(name) == 1 and value is not NOTHING}


def literal(node: ast.expr, constants: dict[str, Any]) -> Any:
    """The value of a literal, or of a name that stands for one, also in a list; else NOTHING."""
    if isinstance(node, ast.Name):
        return constants.get(node.id, NOTHING)
    if isinstance(node, ast.List):
        values = [literal(one, constants) for one in node.elts]
        return NOTHING if any(one is NOTHING for one in values) else values
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return NOTHING


def json_value(value: Any) -> Any:
    """A value as JSON; else NOTHING."""
    if isinstance(value, (list, tuple)):
        items = [json_value(one) for one in value]
        return NOTHING if any(one is NOTHING for one in items) else items
    if isinstance(value, dict):
        pairs = {key: json_value(one) for key, one in value.items()}
        plain = all(isinstance(key, str) and one is not NOTHING for key, one in pairs.items())
        return pairs if plain else NOTHING
    if isinstance(value, float) and not math.isfinite(value):
        return NOTHING
    return value if value is None or isinstance(value, (str, bool, int, float)) else NOTHING


def descriptions(docstring: str) -> dict[str, str]:
    """The descriptions of parameters in a docstring, in Google's style or reST's."""
    found = {}
    for match in re.finditer(DESCRIBED, docstring, re.MULTILINE):
        found.setdefault(match.group(1), match.group(2).strip())
    return found


def tasks_of(function: Function, components: set[str]) -> list[str]:
    """Names of the components that the body calls, as KFP names their tasks."""
    names: list[str] = []
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        called = last_name(call.func)
        if called not in components:
            continue
        name = called.lower().replace("_", "-").strip("-")
        count = sum(1 for one in names if re.fullmatch(rf"{re.escape(name)}(-\d+)?", one))
        names.append(name if count == 0 else f"{name}-{count + 1}")
    return names


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    print(json.dumps(outline(asked["file"], asked.get("function"), asked.get("root"))))
