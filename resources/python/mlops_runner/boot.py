"""Runs one component in its own Python: `python boot.py <attempt folder> <function> [<bytes of memory>]`.

It does what `python -m kfp.dsl.executor_main` does, with the source in a file, and writes error.json
beside it
when something is raised. When its stdin closes, the runner is gone, and the task's group of processes ends.
This file is run by the task's interpreter, alone: it imports nothing of the runner.
"""

import json
import os
import re
import signal
import sys

MOST_OF_MESSAGE = 2000
COMPONENT = "component"


def end_with_runner():
    """Ends the group of processes when the runner's end of stdin closes."""
    import _thread

    if sys.platform == "win32":
        return
    line = os.dup(0)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)

    def wait():
        while True:
            try:
                if not os.read(line, 64):
                    break
            except InterruptedError:
                continue
            except OSError:
                break
        os.killpg(0, signal.SIGKILL)

    _thread.start_new_thread(wait, ())


def limit_memory(size):
    """Bounds the address space of this process and its children, in bytes."""
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        size = min(size, hard)
    resource.setrlimit(resource.RLIMIT_AS, (size, hard))


def load(folder):
    """The component's source as a module."""
    import importlib.util

    place = importlib.util.spec_from_file_location(COMPONENT, os.path.join(folder, COMPONENT + ".py"))
    module = importlib.util.module_from_spec(place)
    sys.modules[COMPONENT] = module
    sys.path.insert(0, folder)
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        place.loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = before
    return module


def execute(folder, function):
    """Runs the function as Kubeflow's own entry would. `error.stage` tells how far it came when it raises."""
    import logging

    logging.basicConfig(
        stream=sys.stdout, format="[KFP Executor %(asctime)s %(levelname)s]: %(message)s", level=logging.INFO
    )
    Stage.name = "kfp"
    from kfp.dsl.executor import Executor

    let_artifacts_be_local()
    Stage.name = "load"
    module = load(folder)
    with open(os.path.join(folder, "executor_input.json"), encoding="utf-8") as file:
        executor_input = json.load(file)
    found = getattr(module, function)
    executor = Executor(executor_input=executor_input, function_to_execute=found)
    Stage.name = "run"
    executor.execute()
    Stage.name = "end"


def let_artifacts_be_local():
    """Gives artifacts with a plain path as their address that path, which SDKs before 2.5 do not."""
    from kfp.dsl.types.artifact_types import Artifact

    before = getattr(Artifact, "_get_path", None)
    if before is not None and before(Artifact(uri="/x")) is None:
        Artifact._get_path = lambda self: before(self) or self.uri or None


class Stage:
    """How far the task came."""

    name = "start"


def describe(error, folder, function):
    """The content of error.json for an exception."""
    source = os.path.join(folder, COMPONENT + ".py")
    frames = frames_of(error)
    own = [frame for frame in frames if frame[0] == source]
    line = own[-1][1] if own else None
    name = next((frame[2] for frame in reversed(own) if frame[2]), None)
    if isinstance(error, SyntaxError) and error.filename == source:
        line = error.lineno
    lines = lines_of(source)
    start = next(
        (
            number
            for number, text in enumerate(lines, 1)
            if text.split("(")[0].split()[-2:] == ["def", function]
        ),
        None,
    )
    said = {
        "kind": kind_of(error, own, frames),
        "type": type(error).__name__,
        "message": message_of(error),
        "line": line,
        "text": lines[line - 1].strip() if line and line <= len(lines) else None,
        "function": name,
        "offset": line - start if line and start and line >= start else None,
    }
    if said["kind"] == "returnType":
        name_output(said, error)
    hint = hint_of(error, bool(own))
    if hint:
        said["hint"] = hint
    if isinstance(error, ModuleNotFoundError) and error.name and Stage.name != "kfp":
        said["module"] = error.name.split(".")[0]
    return said


def frames_of(error):
    """[(file, line, function)], outermost first."""
    frames = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        frames.append((code.co_filename, trace.tb_lineno, function_of(code)))
        trace = trace.tb_next
    return frames


def function_of(code):
    """The name of a function, or of the one around a lambda or a comprehension; None when unknown."""
    # Before 3.11 code objects do not know the function around them.
    names = getattr(code, "co_qualname", code.co_name).split(".")
    return next((name for name in reversed(names) if not name.startswith("<")), None)


def kind_of(error, own, frames):
    """The kind of an error as in docs/local-runner.md."""
    if isinstance(error, SystemExit):
        return "exit"
    if isinstance(error, MemoryError):
        return "memory"
    if Stage.name in ("start", "kfp", "load"):
        return "setup"
    if any(name in ("write_executor_output", "handle_single_return_value") for _, _, name in frames):
        return "returnType"
    return "exception"


def name_output(said, error):
    """Adds which output could not be written. A single returned value has the name Output."""
    output = output_in(error)
    if not output:
        return
    said["output"] = output
    single = output == "Output"
    if not single:
        said["message"] = f"Output {output}: {said['message']}"
    elif not said["message"].startswith("Function `"):
        said["message"] = f"The returned value: {said['message']}"


def output_in(error):
    """The name of the output that was being written when an exception was raised; None when unknown."""
    found, trace = None, error.__traceback__
    while trace is not None:
        name, held = trace.tb_frame.f_code.co_name, trace.tb_frame.f_locals
        if name == "handle_single_return_value":
            found = held.get("output_name")
        elif name == "write_executor_output":
            found = unwritable(getattr(held.get("self"), "output_artifacts", None))
        trace = trace.tb_next
    return found if isinstance(found, str) else None


def unwritable(artifacts):
    """The first output artifact whose metadata are not JSON; None when all are."""
    for name, artifact in artifacts.items() if isinstance(artifacts, dict) else ():
        try:
            json.dumps(artifact.metadata)
        except (TypeError, ValueError, RecursionError):
            return name
    return None


def hint_of(error, in_component):
    """What the person can do, or None. `in_component`: it was raised within the component's source."""
    if isinstance(error, ModuleNotFoundError) and Stage.name == "kfp":
        return "The Python environment lacks kfp or a part of it; a component needs it to run."
    if isinstance(error, ModuleNotFoundError) and error.name:
        package = error.name.split(".")[0]
        return (
            f"The package {package} is not in the task's environment: "
            "add it to packages_to_install of the component."
        )
    lacking = lacks_in_sdk(error)
    if lacking:
        return lacking
    if isinstance(error, NameError) and not isinstance(error, UnboundLocalError) and in_component:
        return "A component's function is taken out of its file: import or define inside it what it uses."
    if isinstance(error, FileNotFoundError) and is_relative(error.filename):
        return (
            "A task runs in an empty folder of its own, so a relative path leads nowhere: give the whole "
            "path, or hand the file over as an artifact (dsl.importer)."
        )
    if isinstance(error, MemoryError):
        return "The task asked for more memory than it may use."
    return None


def lacks_in_sdk(error):
    """The hint when the SDK of the compiled pipeline lacks what the code uses; or None."""
    if not isinstance(error, (AttributeError, ImportError)):
        return None
    missing = re.search(r"(?:module|from) '(kfp(?:\.\w+)*)'", str(error))
    if missing is None:
        return None
    from importlib.metadata import PackageNotFoundError, version

    try:
        sdk = f"kfp {version('kfp')}"
    except PackageNotFoundError:
        sdk = "the version of kfp"
    return (
        f"The task runs with {sdk}, as the compiled pipeline asks for, and {missing.group(1)} has no such "
        "name there: compile the pipeline again with a version of the SDK that has it."
    )


def is_relative(path):
    """Whether a text is a relative path."""
    return isinstance(path, str) and path != "" and not os.path.isabs(path)


def message_of(error):
    """The text of an exception, bounded; empty when it cannot be made."""
    try:
        if isinstance(error, SystemExit):
            text = f"sys.exit({'' if error.code is None else repr(error.code)})"
        elif isinstance(error, KeyError) and len(error.args) == 1:
            text = repr(error.args[0])
        else:
            text = str(error)
    except Exception:  # noqa: BLE001 - user code makes the text
        text = "(the error's text could not be made)"
    text = text.encode("utf-8", "replace").decode("utf-8")
    return text if len(text) <= MOST_OF_MESSAGE else text[: MOST_OF_MESSAGE - 1] + "\u2026"


def lines_of(source):
    """The lines of the component's source."""
    try:
        with open(source, encoding="utf-8") as file:
            return file.read().split("\n")
    except (OSError, UnicodeDecodeError):
        return []


def show(error, folder):
    """Prints the traceback as Python does, from the component's first frame on if there is one."""
    import traceback

    source = os.path.join(folder, COMPONENT + ".py")
    own = within(error.__traceback__, lambda file: file == source)
    traceback.print_exception(
        type(error), error, own or within(error.__traceback__, lambda file: file != __file__)
    )


def within(trace, wanted):
    """The rest of a traceback from the first frame whose file is wanted; None when there is none."""
    while trace is not None and not wanted(trace.tb_frame.f_code.co_filename):
        trace = trace.tb_next
    return trace


def report(error, folder, function):
    """Writes error.json and prints the traceback; returns the exit code."""
    if isinstance(error, SystemExit) and error.code in (None, 0):
        return 0
    try:
        text = json.dumps(describe(error, folder, function))
        with open(os.path.join(folder, "error.json"), "w", encoding="utf-8") as file:
            file.write(text)
    except (OSError, MemoryError) as problem:
        sys.stderr.write(f"error.json could not be written: {problem!r}\n")
    if not isinstance(error, SystemExit):
        show(error, folder)
    elif isinstance(error.code, int):
        return error.code & 0xFF or 1
    else:
        sys.stderr.write(f"{error.code}\n")
    return 1


def main(folder, function, memory=None):
    """Runs the component; the exit code is 0 when its function returned."""
    sys.path[0] = os.getcwd()
    sys.argv = [os.path.join(folder, COMPONENT + ".py")]
    end_with_runner()
    try:
        if memory:
            limit_memory(int(memory))
        execute(folder, function)
    except BaseException as error:  # noqa: BLE001 - whatever the component raises is the outcome
        code = report(error, folder, function)
        sys.stdout.flush()
        return code
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
