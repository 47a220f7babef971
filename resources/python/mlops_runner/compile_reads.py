"""Records what a compilation read of people's own files: its result is valid only while that is unchanged.

`Recorder.start()` listens to the audit events of the interpreter from then on; `Recorder.report()` gives
{"reads": [{"path", "kind", "names", "state"}], "unknown"}. Kinds and their states, null where nothing is:

- `content`: a file that was opened or imported; sha256 of its bytes, "folder" for a folder.
- `presence`: a path that was asked about; "file <size>" or "folder".
- `names`: a folder that was listed; sha256 of its sorted names, one a line.
- `modules`: a folder where modules named in `names` were looked for; sha256 of what it holds for them,
  sorted, one a line.

`unknown` is null, or says what happened that no state tells about (another program was asked, the network).
What belongs to the interpreter and its packages, and what the compilation itself made, is left out.
"""

import hashlib
import os
import stat as modes
import sys
from _thread import get_ident
from importlib import machinery

MOST_READS = 5000
LARGEST_FILE = 64 * 1024 * 1024
NO_FILES = ("/dev/", "/proc/", "/sys/")
PROGRAMS = {
    "os.system": "it ran another program",
    "os.exec": "it ran another program",
    "os.posix_spawn": "it ran another program",
    "os.spawn": "it ran another program",
    "os.startfile": "it ran another program",
    "os.fork": "it ran another process",
    "os.forkpty": "it ran another process",
    "pty.spawn": "it ran another program",
    "subprocess.Popen": "it ran another program",
    "socket.connect": "it used the network",
    "socket.getaddrinfo": "it used the network",
    "socket.gethostbyname": "it used the network",
    "socket.bind": "it used the network",
    "socket.sendto": "it used the network",
    "urllib.Request": "it used the network",
}
# Packages that read files without the interpreter's audit events.
NATIVE_READERS = (
    *("cv2", "datasets", "duckdb", "fiona", "h5py", "lxml", "netCDF4", "polars", "rasterio", "tables"),
    *("pyarrow.csv", "pyarrow.dataset", "pyarrow.feather", "pyarrow.fs", "pyarrow.json", "pyarrow.orc"),
    "pyarrow.parquet",
)
SUFFIXES = tuple(machinery.all_suffixes())


class FromSource(machinery.SourceFileLoader):
    """Imports a module from its source, never from a compiled file beside it."""

    def get_code(self, fullname):
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)


class Recorder:
    """Records reads from `start` on."""

    def __init__(self):
        self._reads = {}
        self._modules = {}
        self._own = set()
        self._touched = set()
        self._foreign = _places_of_the_interpreter()
        self._unknown = None
        self._busy = set()
        self._listening = False
        self._before = set()
        self._stat = os.stat

    def start(self):
        """Adds the audit hook, which cannot be removed."""
        self._listening = True
        self._before = set(sys.modules)
        sys.addaudithook(self._on_event)
        sys.meta_path.insert(0, self)
        sys.path_hooks.insert(0, self._finder)
        for place in [one for one in sys.path_importer_cache if self._is_local(os.path.abspath(one))]:
            del sys.path_importer_cache[place]
        for module in list(sys.modules.values()):
            file = getattr(module, "__file__", None)
            if file is not None:
                self._guarded(self._note, "content", file)
        for name in ("stat", "lstat", "access"):
            setattr(os, name, self._asking(getattr(os, name)))

    def report(self):
        """The reads so far, and why the list may be incomplete."""
        self._listening = False
        top = {name for name in sys.modules if "." not in name}
        searched = {os.path.abspath(place or ".") for place in sys.path}
        for folder, names in self._modules.items():
            known = sorted({*names, *top} if folder in searched else names)
            self._reads[("modules", folder)] = {
                "path": folder,
                "kind": "modules",
                "names": known,
                "state": modules_state(folder, set(known)),
            }
        reads = [self._in_the_end(read) for read in self._reads.values() if not self._is_said_better(read)]
        if len(reads) > MOST_READS:
            return {"reads": reads[:MOST_READS], "unknown": f"it read more than {MOST_READS} files"}
        return {"reads": reads, "unknown": self._unknown or self._native()}

    def _is_said_better(self, read):
        return read["kind"] == "presence" and ("content", read["path"]) in self._reads

    def _in_the_end(self, read):
        """Files that the compilation itself changed are recorded in their final state."""
        place, kind, state = read["path"], read["kind"], read["state"]
        folders = {os.path.dirname(one) for one in self._touched}
        if place not in self._touched and not (kind == "names" and place in folders):
            return read
        self._own.clear()
        left = self._state_of(kind, place)
        if kind == "content" and state is not None and state != left:
            self._unknown = self._unknown or "it changed what it had read"
        return {**read, "state": left}

    def find_spec(self, name, path=None, _target=None):
        """Finds nothing: records the folders in which a module is searched."""
        if self._listening:
            last = name.rpartition(".")[2]
            for folder in sys.path if path is None else path:
                self._look_for(last, folder)

    def _look_for(self, name, folder):
        folder = os.path.abspath(os.fsdecode(folder or "."))
        if not self._is_local(folder):
            return
        self._modules.setdefault(folder, set()).add(name)
        inside = os.path.join(folder, name)
        if self._is_folder(inside):
            self._modules.setdefault(inside, set()).add("__init__")

    def _finder(self, folder):
        if not self._is_local(os.path.abspath(folder or ".")):
            raise ImportError("not a folder of the person's own")
        return machinery.FileFinder(
            folder,
            (machinery.ExtensionFileLoader, machinery.EXTENSION_SUFFIXES),
            (FromSource, machinery.SOURCE_SUFFIXES),
            (machinery.SourcelessFileLoader, machinery.BYTECODE_SUFFIXES),
        )

    def _asking(self, original):
        def ask(path, *arguments, **named):
            free = self._listening and get_ident() not in self._busy
            if free and isinstance(path, (str, bytes, os.PathLike)):
                relative = "dir_fd" in named and named["dir_fd"] is not None
                self._guarded(self._note, "presence", path, relative)
            return original(path, *arguments, **named)

        for known in (os.supports_dir_fd, os.supports_fd, os.supports_follow_symlinks):
            if original in known:
                known.add(ask)
        return ask

    def _on_event(self, event, arguments):
        if not self._listening or get_ident() in self._busy:
            return
        if event == "open":
            self._guarded(self._opened, *arguments)
        elif event in ("os.listdir", "os.scandir"):
            if not _is_import_system(sys._getframe(1).f_code.co_filename):
                self._guarded(self._note, "names", arguments[0])
        elif event == "sqlite3.connect":
            self._guarded(self._note, "content", arguments[0])
        elif event in ("os.mkdir", "os.rename", "os.remove", "os.rmdir"):
            self._guarded(self._changed, event, arguments)
        elif event == "ctypes.dlopen" and arguments[0] is not None:
            self._unknown = self._unknown or "it used a library that is not Python"
        elif event in PROGRAMS:
            self._unknown = self._unknown or PROGRAMS[event]

    def _guarded(self, work, *arguments):
        self._busy.add(get_ident())
        try:
            work(*arguments)
        except (OSError, ValueError, TypeError, RecursionError) as error:
            self._unknown = self._unknown or f"it read what cannot be followed ({type(error).__name__})"
        finally:
            self._busy.discard(get_ident())

    def _opened(self, path, mode, flags):
        if not isinstance(path, (str, bytes, os.PathLike)):
            return
        reads, writes = _way_of(mode, flags)
        place = os.path.abspath(os.fsdecode(path))
        if reads:
            self._note("content", place)
        if writes and not self._is_folder(place):
            self._touched.add(place)
            if not reads and ("content", place) not in self._reads:
                self._own.add(place)

    def _changed(self, event, arguments):
        places = [os.path.abspath(os.fsdecode(one)) for one in arguments[:2] if isinstance(one, (str, bytes))]
        last = places[-1]
        made = places[0] in self._own if event == "os.rename" else not os.path.lexists(last)
        if event in ("os.mkdir", "os.rename") and made:
            self._own.add(last)
        self._touched.update(places)

    def _note(self, kind, path, relative_to_other=False):
        if path is None:
            path = "."
        if isinstance(path, int) or relative_to_other:
            return  # recorded before, when it was opened
        place = os.path.abspath(os.fsdecode(path))
        if (kind, place) in self._reads or not self._is_local(place) or self._is_own(place):
            return
        state = self._state_of(kind, place)
        self._reads[(kind, place)] = {"path": place, "kind": kind, "names": None, "state": state}

    def _state_of(self, kind, place):
        if kind == "content":
            return self._content(place)
        return self._names(place) if kind == "names" else self._presence(place)

    def _content(self, place):
        found = self._found(place)
        if found is None or modes.S_ISDIR(found.st_mode):
            return found and "folder"
        if not modes.S_ISREG(found.st_mode) or found.st_size > LARGEST_FILE:
            self._unknown = self._unknown or "it read what is too large to compare, or no file"
            return None
        digest = hashlib.sha256()
        with open(place, "rb") as file:
            for piece in iter(lambda: file.read(1 << 20), b""):
                digest.update(piece)
        return digest.hexdigest()

    def _presence(self, place):
        found = self._found(place)
        if found is None:
            return None
        return "folder" if modes.S_ISDIR(found.st_mode) else f"file {found.st_size}"

    def _names(self, place):
        try:
            names = os.listdir(place)
        except OSError:
            return None
        return digest_of(
            name for name in names if name != "__pycache__" and not self._is_own(os.path.join(place, name))
        )

    def _found(self, place):
        try:
            return self._stat(place)
        except (OSError, ValueError):
            return None

    def _is_folder(self, place):
        found = self._found(place)
        return found is not None and modes.S_ISDIR(found.st_mode)

    def _is_local(self, place):
        return not place.startswith(NO_FILES) and not _is_below(place, self._foreign)

    def _is_own(self, place):
        return _is_below(place, self._own)

    def _native(self):
        loaded = set(sys.modules) - self._before
        for name in NATIVE_READERS:
            if name in loaded:
                return f"it used {name}, which reads files by itself"
        return None


def modules_state(folder, names):
    """The entries of a folder that modules of these names may be."""
    try:
        found = os.listdir(folder)
    except OSError:
        return None
    return digest_of(
        name
        for name in found
        if name in names or (name.endswith(SUFFIXES) and name.partition(".")[0] in names)
    )


def digest_of(names):
    """A digest of names that does not depend on their order."""
    return hashlib.sha256("\n".join(sorted(names)).encode("utf-8", "surrogateescape")).hexdigest()


def _is_import_system(file):
    return file.startswith("<frozen importlib") or f"{os.sep}importlib{os.sep}" in file


def _way_of(mode, flags):
    """Whether an open reads the earlier content of a file, and whether it may change it."""
    if isinstance(mode, str):
        kept = not any(letter in mode for letter in "wx")
        return kept and ("r" in mode or "+" in mode), any(letter in mode for letter in "wxa+")
    if not isinstance(flags, int):
        return True, False
    access = flags & (os.O_RDONLY | os.O_WRONLY | os.O_RDWR)
    return access != os.O_WRONLY and not flags & (os.O_TRUNC | os.O_EXCL), access != os.O_RDONLY


def _is_below(place, folders):
    while place not in folders:
        above = os.path.dirname(place)
        if above == place:
            return False
        place = above
    return True


def _places_of_the_interpreter():
    """Where the interpreter and its packages are, and this file.

    Not a whole prefix: that may be `/usr`, or a folder with files of the person's own.
    """
    major, minor = sys.version_info[:2]
    library = (f"lib/python{major}.{minor}", f"lib64/python{major}.{minor}", f"lib/python{major}{minor}.zip")
    parts = (*library, "Lib", "DLLs", "Scripts", "bin", "pyvenv.cfg")
    prefixes = {sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix}
    places = {os.path.join(prefix, part) for prefix in prefixes for part in parts}
    packages = ("site-packages", "dist-packages")
    places.update(place for place in sys.path if os.path.basename(place) in packages)
    places.update((os.path.dirname(os.__file__), os.path.dirname(__file__)))
    places.update(os.path.realpath(place) for place in list(places))
    return {os.path.abspath(place) for place in places}
