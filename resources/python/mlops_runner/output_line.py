"""The line of a component that gives an output, for errors that are raised after its function returned."""

from __future__ import annotations

import ast
from typing import Optional

_AFTER_RETURN = ("returnType", "output")


def with_line(error: dict, source: str, function: str) -> dict:
    """An error about an output, with the line that gives it; others as they are.

    `output`, the name of the output, is taken out of it.
    """
    output = error.pop("output", None)
    if error.get("kind") not in _AFTER_RETURN or error.get("line") is not None:
        return error
    found = _line_of(source, function, output or "")
    if found is None:
        return error
    line, start = found
    text = source.split("\n")[line - 1].strip()
    return {**error, "line": line, "text": text, "function": function, "offset": line - start}


def _line_of(source: str, function: str, output: str) -> Optional[tuple[int, int]]:
    """The line, and that of the `def`: where a parameter of this name is last used, the only `return`, or
    the `def`, which declares it.
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    found = next((one for one in tree.body if isinstance(one, kinds) and one.name == function), None)
    if found is None:
        return None
    inside = list(_own_nodes(found))
    uses = [node.lineno for node in inside if isinstance(node, ast.Name) and node.id == output]
    names = [one.arg for one in (*found.args.posonlyargs, *found.args.args, *found.args.kwonlyargs)]
    if uses and output in names:
        return max(uses), found.lineno
    returns = [node.lineno for node in inside if isinstance(node, ast.Return)]
    return (returns[0] if len(returns) == 1 else found.lineno), found.lineno


def _own_nodes(function: ast.AST):
    """The nodes of a function's body, without nested functions and classes."""
    waiting = list(function.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            continue
        yield node
        waiting.extend(ast.iter_child_nodes(node))
