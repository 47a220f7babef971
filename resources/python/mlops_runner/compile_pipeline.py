"""Compiles a pipeline function: `compile_pipeline.py <file.py> <function> <out.json> [<lock>] [<root>]`.

Run by an interpreter that has the parts of kfp that compiling needs; what kfp asks for to talk to a cluster
is replaced by a stand-in, so its dependencies need not be there (compile_stand_ins.py). The last line of
stdout is
{"ok": true, "path", "parameters"} or {"ok": false, "type", "message", "line", "file", "text", "hint"}, both
with "reads" and "unknown" (compile_reads.py) and "notes", which say what the file asks for and was not
carried out; what the file prints goes to stderr. `parameters` are their names in the order of the function:
in the compiled pipeline they are sorted. The line is the deepest one in the user's file or in files that
stand with it.

The lock, which may be empty, is that of the environment whose interpreter this is: held to the end, so that
nobody removes it. The root is the workspace folder that the file belongs to, from which it may import
(source_place.py).
"""

import importlib.util
import json
import os
import re
import sys
import traceback

MOST_OF_MESSAGE = 2000
MOST_OF_LINE = 300
COLOURS = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")


class WrongCall(Exception):
    """The file holds no such pipeline."""


class LastLineStream:
    """A stream that remembers its last line, which may explain why the program ended."""

    def __init__(self, stream):
        self._stream = stream
        self._end = ""

    def write(self, text):
        self._end = (self._end + str(text))[-2 * MOST_OF_LINE :]
        return self._stream.write(text)

    def last_line(self):
        """The last line that is not empty; empty when there is none."""
        lines = [line.strip() for line in COLOURS.sub("", self._end).splitlines()]
        return next((line for line in reversed(lines) if line), "")[:MOST_OF_LINE]

    def __getattr__(self, name):
        return getattr(self._stream, name)


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


def end_with_editor():
    """Ends this process with its owner, since the user's file may never end."""
    from owner import end_with_owner

    del sys.modules["owner"]  # a user's file may have this name
    end_with_owner()


def stand_ins_for(source):
    """The stand-ins for kfp, from a module of the runner whose name a user's file may also have."""
    from compile_stand_ins import StandIns

    del sys.modules["compile_stand_ins"]
    return StandIns(source.is_users)


def place_of(file, root):
    """The file's place among others, from a module of the runner, too."""
    from source_place import SourcePlace

    del sys.modules["source_place"]
    return SourcePlace(file, root)


def recorder():
    """The recorder of reads, from a module of the runner whose name a user's file may also have."""
    from compile_reads import FromSource, Recorder

    del sys.modules["compile_reads"]
    return Recorder(), FromSource


def load(source, loader):
    """Imports the user's file as a module of its own name, or of its package where it imports from that.

    Gives the module and what is left to do for it: nothing, where its package imports it by itself.
    """
    name, top = source.module()
    source.onto_path(top)
    if top is not None:
        importlib.import_module(name.rpartition(".")[0])
    if name in sys.modules and top is not None:
        return sys.modules[name], lambda: None
    place = importlib.util.spec_from_file_location(name, source.file, loader=loader(name, source.file))
    module = importlib.util.module_from_spec(place)
    sys.modules[place.name] = module
    return module, lambda: place.loader.exec_module(module)


def definitions(source, function, loader, stand_ins):
    """What the file defines by the name of the function. What stands below a line that asks for something
    that is not carried out here is left out.
    """
    module = None
    stand_ins.start()
    try:
        module, execute = load(source, loader)
        execute()
    except (Exception, SystemExit) as error:
        if not is_pipeline(module, function) or not (stand_ins.notes or isinstance(error, SystemExit)):
            raise
        if type(error).__name__ != "NotCarriedOut":
            why = message_of(error)
            ours = isinstance(error, SystemExit)
            message = f"The file was not read further: {why[0].lower() + why[1:] if ours else why}"
            stand_ins.note_at(message, *user_line(error, source))
    finally:
        stand_ins.stop()
    if not is_pipeline(module, function):
        raise WrongCall(f"{os.path.basename(source.file)} has no pipeline named {function}.")
    return getattr(module, function)


def is_pipeline(module, name):
    """Whether the module has something by that name that can be compiled."""
    from kfp import dsl

    found = getattr(module, name, None)
    return found is not None and isinstance(found, dsl.base_component.BaseComponent)


def compile_function(source, function, out, reads, loader, stand_ins):
    """Writes the compiled pipeline to `out`, or beside it as YAML where it has settings of a platform, which
    the SDK does not write as JSON. Gives that path, and the names of the parameters.
    """
    stand_ins.before_kfp()
    from kfp import compiler

    reads.start()
    found = definitions(source, function, loader, stand_ins)
    platform = getattr(found, "platform_spec", None)
    if platform is not None and platform.platforms:
        out = os.path.splitext(out)[0] + ".yaml"
    compiler.Compiler().compile(pipeline_func=found, package_path=out)
    return out, list(found.component_spec.inputs or {})


def describe(error, source):
    """The answer for an exception."""
    line, where = user_line(error, source)
    return {
        "ok": False,
        "type": type(error).__name__,
        "message": message_of(error),
        "line": line,
        "file": where,
        "text": text_at(where, line),
        "hint": hint_of(error, line is not None) or hint_at(where),
    }


def user_line(error, source):
    """(line, file) of the deepest frame in the user's file or in one that belongs to it."""
    if isinstance(error, SyntaxError) and error.filename:
        return error.lineno, error.filename
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        name = os.path.abspath(frame.filename)
        if source.is_users(name):
            return frame.lineno, name
    return None, source.file


def text_at(file, line):
    """That line, stripped; None when there is none."""
    import linecache

    return (linecache.getline(file, line).strip() or None) if file and line else None


def message_of(error):
    """The text of an exception, bounded."""
    if isinstance(error, SyntaxError):
        text = error.msg
    elif isinstance(error, SystemExit):
        has_last_line = isinstance(sys.stderr, LastLineStream) and isinstance(error.code, int)
        said = sys.stderr.last_line() if has_last_line else ""
        why = f", after it printed: {said}" if error.code and said else "."
        text = f"The file ends the program when it is imported (sys.exit({error.code!r})){why}"
    else:
        text = str(error) or type(error).__name__
    return COLOURS.sub("", text)[:MOST_OF_MESSAGE]


def hint_of(error, in_users_file):
    """What the person can do, or None."""
    if type(error).__name__ == "NotCarriedOut":
        return "Define the pipeline above that line, or put what runs under if __name__ == '__main__':"
    if isinstance(error, SystemExit):
        return "Put what reads the command line, or ends the program, under if __name__ == '__main__':"
    if isinstance(error, ModuleNotFoundError) and not in_users_file:
        return f"The Python that compiles lacks {error.name}, which kfp needs."
    if isinstance(error, ModuleNotFoundError):
        return (
            f"The package {(error.name or '').split('.')[0]} is not installed where the file is compiled. "
            "Import what only the components need inside their functions."
        )
    return None


def hint_at(file):
    """What may be wrong with a file that the SDK refuses, or None."""
    import linecache

    if any(line.startswith("from __future__ import annotations") for line in linecache.getlines(file)):
        return (
            "from __future__ import annotations makes texts of annotations, which the SDK cannot read in a "
            "component: take it out of the file."
        )
    return None


def main(file, function, out, lock="", root=""):
    """Compiles and prints the result; returns the exit code, 0 on success."""
    sys.dont_write_bytecode = True
    end_with_editor()
    held = hold(lock) if lock else None
    source = place_of(file, root)
    out = os.path.abspath(out)
    reads, loader = recorder()
    stand_ins = stand_ins_for(source)
    # The user's file must not be able to import modules of the runner.
    sys.path[:] = [
        place for place in sys.path if os.path.abspath(place) != os.path.dirname(os.path.abspath(__file__))
    ]
    # The user's file sees only itself on the command line.
    sys.argv = [source.file]
    answer, sys.stderr = sys.stdout, LastLineStream(sys.stderr)
    sys.stdout = sys.stderr
    try:
        path, parameters = compile_function(source, function, out, reads, loader, stand_ins)
        result = {"ok": True, "path": path, "parameters": parameters}
    except BaseException as error:  # noqa: BLE001 - whatever the user's file raises is the answer
        result = describe(error, source)
    print(json.dumps({**result, **reads.report(), "notes": stand_ins.notes}), file=answer, flush=True)
    if held is not None:
        held.close()
    return 0 if result["ok"] else 1


if __name__ == "__main__":
    if len(sys.argv) not in (4, 5, 6):
        print("usage: compile_pipeline.py <file.py> <function> <out.json> [<lock>] [<root>]", file=sys.stderr)
        sys.exit(2)
    sys.exit(main(*sys.argv[1:]))
