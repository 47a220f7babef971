"""Stand-ins for the parts of kfp that reach beyond a file's definitions while it is compiled.

A file may do more than define: compile to a file, talk to a cluster, run tasks, ask for input. None of that
is carried out. `StandIns.notes` says what was left out, as {"message", "line", "file"} with the line in the
user's file that asked for it.

Packages that kfp imports only to talk to a cluster, and that may not be there, are stood in for as well.
"""

import builtins
import importlib.util
import os
import sys
import tempfile
import types

MOST_NOTES = 20


class NotCarriedOut(Exception):
    """Raised instead of an effect that does not happen while compiling."""


class StandIns:
    """Replaces parts of kfp; `is_users` tells whether a file is one of the user's own."""

    def __init__(self, is_users):
        self.notes = []
        self._is_users = is_users
        self._compiled = {}
        self._before = []

    def before_kfp(self):
        """Installs the stand-ins that kfp itself needs when it is imported."""
        client = types.ModuleType("kfp.client")
        client.Client = self._unreachable("kfp.Client")
        registry = types.ModuleType("kfp.registry")
        registry.RegistryClient = self._unreachable("kfp.registry.RegistryClient")
        sys.modules["kfp.client"], sys.modules["kfp.registry"] = client, registry
        stand_in_for_requests()
        stand_in_for_kubernetes()

    def start(self):
        """Replaces the parts of kfp, before the user's file is imported."""
        self._no_input()
        self._no_local_runs()
        compiler = getattr(sys.modules.get("kfp.compiler"), "Compiler", None)
        if compiler is not None:
            self._no_compiled_files(compiler)

    def stop(self):
        """Restores kfp."""
        for owner, name, original in reversed(self._before):
            setattr(owner, name, original)
        self._before.clear()

    def note(self, message):
        """Notes that something was left out, and the line that asked for it."""
        frame = sys._getframe(1)
        while frame is not None and not self._is_users(os.path.abspath(frame.f_code.co_filename)):
            frame = frame.f_back
        place = (frame.f_lineno, os.path.abspath(frame.f_code.co_filename)) if frame else (None, None)
        self.note_at(message, *place)

    def note_at(self, message, line, file):
        """The same for a known line."""
        note = {"message": message, "line": line, "file": file}
        if note not in self.notes and len(self.notes) < MOST_NOTES:
            self.notes.append(note)

    def _replace(self, owner, name, replacement):
        self._before.append((owner, name, getattr(owner, name)))
        setattr(owner, name, replacement)

    def _leave_out(self, message):
        self.note(message)
        raise NotCarriedOut(message)

    def _unreachable(self, name):
        stand_ins = self

        class Client:
            """Can be created; every method is left out."""

            def __init__(self, *_arguments, **_named):
                pass

            def __getattr__(self, method):
                if method.startswith("__"):
                    raise AttributeError(method)
                return lambda *_arguments, **_named: stand_ins._leave_out(
                    f"{name}.{method} was not called: a file reaches no cluster while it is compiled."
                )

        return Client

    def _no_input(self):
        def answer(*_arguments):
            self._leave_out("input() was not asked: nobody can answer while a file is compiled.")

        self._replace(builtins, "input", answer)

    def _no_local_runs(self):
        try:
            from kfp import local
            from kfp.local import config, pipeline_orchestrator, task_dispatcher
        except ImportError:
            return  # a kfp without local runs

        def run(*_arguments, **_named):
            self._leave_out("No task was run: a file runs none while it is compiled.")

        def nothing(*_arguments, **_named):
            return None

        for module in (local, config):
            for name in ("init", "SubprocessRunner", "DockerRunner"):
                if hasattr(module, name):
                    self._replace(module, name, nothing)
        self._replace(pipeline_orchestrator, "run_local_pipeline", run)
        self._replace(task_dispatcher, "run_single_task", run)

    def _no_compiled_files(self, compiler):
        from kfp import components

        original, load = compiler.compile, components.load_component_from_file

        def compile_nothing(this, pipeline_func, package_path, *arguments, **named):
            path = os.path.abspath(package_path)
            self._compiled[path] = lambda out: original(this, pipeline_func, out, *arguments, **named)
            name = os.path.basename(package_path)
            self.note(f"{name} was not written: looking at a file writes no compiled pipeline.")

        def load_compiled(path):
            write = self._compiled.get(os.path.abspath(path))
            if write is None:
                return load(path)
            with tempfile.TemporaryDirectory() as folder:
                out = os.path.join(folder, "component.yaml")
                write(out)
                return load(out)

        self._replace(compiler, "compile", compile_nothing)
        self._replace(components, "load_component_from_file", load_compiled)


def stand_in_for_requests():
    """Replaces requests, with which kfp would load components from the network: only such a call fails."""
    if importlib.util.find_spec("requests") is not None:
        return

    def get(*_arguments, **_named):
        raise RuntimeError(
            "Components cannot be loaded from the network here: the package requests is missing."
        )

    requests = types.ModuleType("requests")
    requests.get = requests.post = requests.Session = get
    sys.modules["requests"] = requests


def stand_in_for_kubernetes():
    """Replaces the one class of the package kubernetes that kfp-kubernetes needs, for node affinities."""
    if importlib.util.find_spec("kubernetes") is not None:
        return

    class V1NodeAffinity:
        """Accepts the arguments of the real one."""

        def __init__(
            self,
            preferred_during_scheduling_ignored_during_execution=None,
            required_during_scheduling_ignored_during_execution=None,
            local_vars_configuration=None,
        ):
            self.preferred = preferred_during_scheduling_ignored_during_execution
            self.required = required_during_scheduling_ignored_during_execution
            self.configuration = local_vars_configuration

    def missing(name):
        if name.startswith("__"):
            raise AttributeError(name)
        raise ModuleNotFoundError("No module named 'kubernetes'", name="kubernetes")

    client = types.ModuleType("kubernetes.client")
    client.V1NodeAffinity = V1NodeAffinity
    client.__getattr__ = missing
    kubernetes = types.ModuleType("kubernetes")
    kubernetes.__path__ = []
    kubernetes.client = client
    kubernetes.__getattr__ = missing
    sys.modules["kubernetes"], sys.modules["kubernetes.client"] = kubernetes, client
