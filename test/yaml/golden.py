"""What PyYAML makes of the cases and of the pipelines in this repository, as golden.json has it.

python test/yaml/golden.py            compares
python test/yaml/golden.py --write    writes golden.json anew
"""

import glob
import hashlib
import json
import math
import os
import re
import struct
import sys

import yaml

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
GOLDEN = os.path.join(HERE, "golden.json")
FILES = ["test/conformance/**/*.yaml", "test/contract/**/*.yaml", "resources/**/*.yaml"]
REFUSED = "refused"


class Loader(yaml.SafeLoader):
    """The safe loader without the types that JSON lacks: a date stays its text, the others are refused."""


def refuse(loader, node):
    raise yaml.YAMLError(f"{node.tag} is nothing that JSON has")


Loader.add_constructor("tag:yaml.org,2002:timestamp", lambda loader, node: loader.construct_scalar(node))
for name in ("binary", "omap", "pairs", "set"):
    Loader.add_constructor(f"tag:yaml.org,2002:{name}", refuse)


def in_json(value):
    """The value with its keys as JSON has them, and with numbers that JSON lacks as texts."""
    if isinstance(value, dict):
        return {
            key if isinstance(key, str) else json.dumps(key): in_json(item) for key, item in value.items()
        }
    if isinstance(value, list):
        return [in_json(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return f"float {value}"
    return value


def as_key(key):
    return key if isinstance(key, str) else json.dumps(key)


def read(stream):
    try:
        return in_json(list(yaml.load_all(stream, Loader)))
    except (yaml.YAMLError, ValueError, KeyError, RecursionError):
        return REFUSED


def cases():
    with open(os.path.join(HERE, "cases.txt"), encoding="utf-8") as file:
        parts = file.read().split("=== ")[1:]
    for part in parts:
        name, text = part.split("\n", 1)
        yield name, re.sub(r"<U\+([0-9A-F]{4})>", lambda found: chr(int(found[1], 16)), text)


def read_case(name, text):
    """The same in every encoding, and with the line ends of Windows."""
    found = read(text)
    windows = text.replace("\n", "\r\n")
    for other in (
        text.encode(),
        b"\xef\xbb\xbf" + text.encode(),
        b"\xff\xfe" + text.encode("utf-16-le"),
        b"\xfe\xff" + text.encode("utf-16-be"),
        windows,
    ):
        if repr(read(other)) != repr(found):
            raise SystemExit(f"{name} is read in two ways")
    return found


def with_exact_numbers(value):
    """Numbers as the bytes of a double: a text of them is not the same in every language."""
    if isinstance(value, dict):
        return {key: with_exact_numbers(item) for key, item in value.items()}
    if isinstance(value, list):
        return [with_exact_numbers(item) for item in value]
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return f"number {struct.pack('>d', value + 0.0).hex()}"
    return value


def digest(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        found = with_exact_numbers(read(file))
    text = json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def golden():
    paths = {
        path.replace(os.sep, "/") for each in FILES for path in glob.glob(each, root_dir=ROOT, recursive=True)
    }
    return {
        "cases": {name: read_case(name, text) for name, text in cases()},
        "files": {path: digest(path) for path in sorted(paths)},
    }


def main():
    found = golden()
    if "--write" in sys.argv:
        with open(GOLDEN, "w", encoding="utf-8") as file:
            file.write(json.dumps(found, ensure_ascii=True, indent=1) + "\n")
        return
    with open(GOLDEN, encoding="utf-8") as file:
        held = json.load(file)
    for part, entries in json.loads(json.dumps(found)).items():
        names = {**held[part], **entries}
        wrong = ", ".join(name for name in names if held[part].get(name) != entries.get(name))
        if wrong:
            raise SystemExit(f"PyYAML {yaml.__version__} reads these otherwise than golden.json: {wrong}")


main()
