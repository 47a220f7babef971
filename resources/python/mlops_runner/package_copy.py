"""Copies of packages that are installed from a folder of this machine.

Installers build such a package where it stands, and setuptools leaves `build` and `*.egg-info` there. So they
get a copy in their own temporary folder. What stands beside the folder is linked beside the copy: a package
may name `../README.md`, or take its version from the repository around it.

Runs in guard.py, with the standard library alone.
"""

import contextlib
import os
import re
import shutil
from urllib.parse import unquote, urlsplit
from urllib.request import pathname2url, url2pathname

_LARGE = 1_000_000
_NAME = re.compile(r"\s*[A-Za-z0-9._-]+\s*(\[[^\]]*\])?\s*@\s*")
_PLACE = re.compile(r"(?P<place>[^;\[#]+?)(?P<after>\s*(\[[^\]]*\])?\s*(#[^;]*)?(;.*)?)$", re.DOTALL)
# Leftovers of earlier builds, and what is not part of a package.
_LEFT_OUT = re.compile(r"(__pycache__|node_modules|venv|\.(venv|tox|nox|[a-z]+_cache)|.*\.egg-info)$")
_LEFT_OUT_ON_TOP = ("build", "dist")


def is_folder(requirement):
    """Whether a requirement is a folder of this machine."""
    return _parts(requirement) is not None


def copied(requirement, into):
    """The requirement with a copy of its folder, made in a new folder of `into`."""
    before, folder, after = _parts(requirement)
    room = os.path.join(into, f"package-{len(os.listdir(into))}")
    os.mkdir(room)
    copy = os.path.join(room, os.path.basename(folder) or "package")
    _link_neighbours(folder, room)
    _copy(folder, copy)
    is_address = before.endswith("file://")
    return before + (pathname2url(copy) if is_address else copy) + after


def _parts(requirement):
    """What stands before the folder, the folder, and what stands after it."""
    name = _NAME.match(requirement)
    start = name.end() if name else 0
    found = _PLACE.match(requirement, start)
    if found is None:
        return None
    place, before = found["place"], requirement[:start]
    if place.lower().startswith("file:"):
        address = urlsplit(place)
        if address.netloc not in ("", "localhost"):
            return None
        place, before = url2pathname(unquote(address.path)), before + "file://"
    if not os.path.isabs(place) or not os.path.isdir(place):
        return None
    return before, os.path.normpath(place), found["after"]


def _link_neighbours(folder, room):
    around = os.path.dirname(folder)
    for name in os.listdir(around):
        if name != os.path.basename(folder):
            _link(os.path.join(around, name), os.path.join(room, name))


def _copy(folder, copy):
    """Links large files; a link out of the folder keeps its target."""
    for place, folders, names in os.walk(folder):
        on_top = place == folder
        there = os.path.join(copy, os.path.relpath(place, folder))
        os.makedirs(there, exist_ok=True)
        for name in [*folders, *names]:
            one, other = os.path.join(place, name), os.path.join(there, name)
            if _LEFT_OUT.match(name) or (on_top and name in _LEFT_OUT_ON_TOP):
                continue
            if (
                os.path.islink(one)
                or name == ".git"
                or (os.path.isfile(one) and os.path.getsize(one) > _LARGE)
            ):
                _link(os.path.realpath(one), other)
            elif os.path.isfile(one):
                shutil.copy2(one, other)
        folders[:] = [
            name
            for name in folders
            if name != ".git"
            and not _LEFT_OUT.match(name)
            and not (on_top and name in _LEFT_OUT_ON_TOP)
            and not os.path.islink(os.path.join(place, name))
        ]


def _link(target, place):
    # Where links are not allowed they are left out, which packages seldom need.
    with contextlib.suppress(OSError):
        os.symlink(target, place)
