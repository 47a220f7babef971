"""Compiles a pipeline function: `compile_pipeline.py <file.py> <function> <out.json or .yaml> [<lock>]`.

Run by an interpreter that has the parts of kfp that compiling needs; what kfp asks for to talk to a cluster
(`kfp.client`) is replaced by an empty stand-in, so its dependencies need not be there. The last line of
stdout is
{"ok": true, "path"} or {"ok": false, "type", "message", "line", "file", "text", "hint"}, both with "reads"
and "unknown" (compile_reads.py); what the file prints goes to stderr. The line is the deepest one in the
user's file or in files beside it.

The lock is that of the environment whose interpreter this is: held to the end, so that nobody removes it.
"""

import importlib.util
import json
import os
import sys
import traceback
import types

MOST_OF_MESSAGE = 2000


class WrongCall(Exception):
    """The file holds no such pipeline."""


def hold(lock):
    """Takes the environment's lock as a run does. Where it cannot be had, nothing is held: what is removed at
    this moment is missed when kfp is imported, and where nobody may write, nobody removes anything.
    """
    from process_control import try_lock

    try:
        return try_lock(lock, shared=True)
    except OSError:
        return None
    finally:
        del sys.modules["process_control"]  # a user's file may have this name


def stand_in_for_client():
    """Puts an empty `kfp.client` in the place of the real one."""

    class Client:
        """Has no cluster."""

        def __init__(self, *_arguments, **_named):
            raise RuntimeError(
                "A file that defines pipelines cannot reach a cluster while it is being compiled."
            )

    client = types.ModuleType("kfp.client")
    client.Client = Client
    sys.modules["kfp.client"] = client


def stand_in_for_requests():
    """kfp imports requests to load components from the network; without it, that alone fails."""
    if importlib.util.find_spec("requests") is not None:
        return

    def get(*_arguments, **_named):
        raise RuntimeError(
            "Components cannot be loaded from the network here: the package requests is missing."
        )

    requests = types.ModuleType("requests")
    requests.get = requests.post = requests.Session = get
    sys.modules["requests"] = requests


def recorder():
    """Notes what is read. Its module is one of the runner, which a user's file may have the name of."""
    from compile_reads import FromSource, Recorder

    del sys.modules["compile_reads"]
    return Recorder(), FromSource


def load(file, loader):
    """Imports the user's file as a module of its own name, its folder on the path as when it is run."""
    folder, name = os.path.split(file)
    sys.path.insert(0, folder)
    module_name = os.path.splitext(name)[0]
    place = importlib.util.spec_from_file_location(module_name, file, loader=loader(module_name, file))
    module = importlib.util.module_from_spec(place)
    sys.modules[place.name] = module
    place.loader.exec_module(module)
    return module


def compile_function(file, function, out, reads, loader):
    """Writes the compiled pipeline to `out`."""
    stand_in_for_client()
    stand_in_for_requests()
    from kfp import compiler, dsl

    reads.start()
    found = getattr(load(file, loader), function, None)
    if not isinstance(found, dsl.base_component.BaseComponent):
        raise WrongCall(f"{os.path.basename(file)} has no pipeline named {function}.")
    compiler.Compiler().compile(pipeline_func=found, package_path=out)


def describe(error, file):
    """What is said about an exception."""
    line, where = user_line(error, file)
    return {
        "ok": False,
        "type": type(error).__name__,
        "message": message_of(error),
        "line": line,
        "file": where,
        "text": text_at(where, line),
        "hint": hint_of(error, line is not None),
    }


def user_line(error, file):
    """(line, file) of the deepest frame in the user's file or beside it."""
    if isinstance(error, SyntaxError) and error.filename:
        return error.lineno, error.filename
    folder = os.path.dirname(file) + os.sep
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        name = os.path.abspath(frame.filename)
        if name == file or (name.startswith(folder) and "site-packages" not in name):
            return frame.lineno, name
    return None, file


def text_at(file, line):
    """That line, trimmed; None when there is none."""
    import linecache

    return (linecache.getline(file, line).strip() or None) if file and line else None


def message_of(error):
    """The text of an exception, bounded."""
    if isinstance(error, SyntaxError):
        text = error.msg
    elif isinstance(error, SystemExit):
        text = f"The file ends the program when it is imported (sys.exit({error.code!r}))."
    else:
        text = str(error) or type(error).__name__
    return text[:MOST_OF_MESSAGE]


def hint_of(error, in_users_file):
    """What may be done about it, or None."""
    if isinstance(error, ModuleNotFoundError) and not in_users_file:
        return f"The Python that compiles lacks {error.name}, which kfp needs."
    if isinstance(error, ModuleNotFoundError):
        return (
            f"The package {(error.name or '').split('.')[0]} is not installed where the file is compiled. "
            "Import what only the components need inside their functions."
        )
    return None


def main(file, function, out, lock=None):
    """Compiles and prints the result; the exit code is 0 when it went well."""
    sys.dont_write_bytecode = True
    held = hold(lock) if lock is not None else None
    file = os.path.abspath(file)
    out = os.path.abspath(out)
    reads, loader = recorder()
    # Nothing of the runner is to be importable by the user's file.
    sys.path[:] = [
        place for place in sys.path if os.path.abspath(place) != os.path.dirname(os.path.abspath(__file__))
    ]
    answer, sys.stdout = sys.stdout, sys.stderr
    try:
        compile_function(file, function, out, reads, loader)
        result = {"ok": True, "path": out}
    except BaseException as error:  # noqa: BLE001 - whatever the user's file raises is the answer
        result = describe(error, file)
    print(json.dumps({**result, **reads.report()}), file=answer, flush=True)
    if held is not None:
        held.close()
    return 0 if result["ok"] else 1


if __name__ == "__main__":
    if len(sys.argv) not in (4, 5):
        print("usage: compile_pipeline.py <file.py> <function> <out.json or .yaml> [<lock>]", file=sys.stderr)
        sys.exit(2)
    sys.exit(main(*sys.argv[1:]))
