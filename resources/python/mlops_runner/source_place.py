"""Where a person's Python file stands among others: which folders its imports start from, and which package
it belongs to.

Imports start in the file's own folder, as when it is run, then in the root of its workspace folder and in
`src` there, as when it is run from the root as a module or its project is installed.
"""

from __future__ import annotations

import ast
import os
import sys
from typing import Optional

PACKAGES = ("site-packages", "dist-packages")


class SourcePlace:
    """A file, and the root of the workspace folder that it belongs to, if any."""

    def __init__(self, file: str, root: Optional[str] = None) -> None:
        self.file = os.path.abspath(file)
        self.root = os.path.abspath(root) if root else None
        places = [os.path.dirname(self.file)]
        if self.root is not None:
            places += [self.root, os.path.join(self.root, "src")]
        self.roots = [place for place in dict.fromkeys(places) if os.path.isdir(place)]

    def is_users(self, name: str) -> bool:
        """Whether a file is this one, or one that stands with it."""
        below = any(name.startswith(place.rstrip(os.sep) + os.sep) for place in self.roots)
        foreign = any(one in name for one in PACKAGES) or not os.path.isfile(name)  # code made from a text
        return name == self.file or (below and not foreign)

    def module(self) -> tuple[str, Optional[str]]:
        """The name that the file is imported by, and the folder that this name starts from.

        A file without relative imports is a module of its own, as when it is run.
        """
        name = os.path.splitext(os.path.basename(self.file))[0]
        levels = relative_levels(self.file)
        if levels == 0:
            return name, None
        tops = [package_top(self.file), *reversed(self.roots[1:])]
        for top in tops:
            parts = [*os.path.relpath(os.path.dirname(self.file), top).split(os.sep), name]
            if len(parts) > levels and all(part.isidentifier() for part in parts):
                return ".".join(parts), top
        return name, None

    def onto_path(self, top: Optional[str]) -> None:
        """Makes the interpreter import from here: nothing of the workspace in place of the standard library,
        but for what stands beside the file, as when it is run.
        """
        at = next((i for i, one in enumerate(sys.path) if os.path.basename(one) in PACKAGES), len(sys.path))
        others = [*self.roots[1:], *([top] if top else [])]
        sys.path[at:at] = [one for one in dict.fromkeys(others) if one != self.roots[0]]
        sys.path.insert(0, self.roots[0])


def relative_levels(file: str) -> int:
    """How far up the relative imports of a file go; 0 where it has none."""
    try:
        with open(file, "rb") as source:
            nodes = ast.walk(ast.parse(source.read(), file))
            return max((node.level for node in nodes if isinstance(node, ast.ImportFrom)), default=0)
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
        return 0


def package_top(file: str) -> str:
    """The folder that holds the outermost package around a file."""
    folder = os.path.dirname(file)
    while os.path.isfile(os.path.join(folder, "__init__.py")) and os.path.dirname(folder) != folder:
        folder = os.path.dirname(folder)
    return folder
