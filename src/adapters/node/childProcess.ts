import { spawn, type ChildProcess } from 'node:child_process';
import { own } from '../../core/domain/own.ts';
import { cancelled, errorCode, MlopsError } from '../../core/ports/mlopsError.ts';

/** How a short-lived child process ended. */
export interface ChildResult {
  /** Null when a signal ended it. */
  readonly code: number | null;
  /** The signal that ended it. */
  readonly signal?: string;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ChildRequest {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly folder?: string;
  readonly stdin?: string;
  readonly deadlineMs: number;
  /** What it does, for error messages: "Looking at /usr/bin/python3". */
  readonly what: string;
}

const mostOutput = 16_000_000;

/** How long output is still read after a process has ended: others may hold its pipes open forever. */
const lastWordsMs = 500;
/** The descriptor whose other end closes when this process ends: our Python programs end by it (owner.py). */
const ownerLine = 3;

/**
 * Runs a child process to its end, in a group of its own that is ended with it. Our Python programs also end when this
 * process does, and after the deadline. Throws MlopsError: timeout, cancelled, notFound (no such program), internal (more
 * output than a bound).
 */
export function runChild(request: ChildRequest, signal: AbortSignal): Promise<ChildResult> {
  const { promise, resolve, reject } = Promise.withResolvers<ChildResult>();
  if (signal.aborted) return Promise.reject(cancelled());
  const child = spawn(request.command, [...request.arguments], {
    env: {
      ...request.env,
      MLOPS_OWNER_LINE: String(ownerLine),
      // Later than the deadline here, whose error says what took too long.
      MLOPS_OWNER_SECONDS: String(Math.ceil(request.deadlineMs / 1000) + 1),
    },
    ...(request.folder === undefined ? {} : { cwd: request.folder }),
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  const fail = (error: MlopsError) => {
    endGroup(child);
    reject(error);
  };
  const onAbort = () => fail(cancelled());
  const late = () =>
    fail(new MlopsError('timeout', `${request.what} took longer than ${request.deadlineMs / 1000} s.`));
  const timer = setTimeout(late, request.deadlineMs);
  signal.addEventListener('abort', onAbort, { once: true });
  const settle = () => {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  };
  void promise.then(settle, settle);
  const output = collect(child, () =>
    fail(new MlopsError('internal', `${request.what} printed more than it may.`)),
  );
  child.once('error', (error) => reject(startError(error, request)));
  ended(child, (code, signalName) =>
    resolve({ code, ...(signalName ? { signal: signalName } : {}), ...output.texts() }),
  );
  child.stdio[ownerLine]?.on('error', () => undefined);
  child.stdin?.on('error', () => undefined); // it may end without reading
  child.stdin?.end(request.stdin ?? '');
  return promise;
}

/** Resolves when a process has ended, which may be before its pipes close: its children may hold them. */
function ended(
  child: ChildProcess,
  tell: (code: number | null, signal: NodeJS.Signals | null) => void,
): void {
  child.once('exit', (code, signal) => {
    endGroup(child);
    const over = () => {
      clearTimeout(timer);
      tell(code, signal);
      for (const pipe of child.stdio) pipe?.destroy();
    };
    const timer = setTimeout(over, lastWordsMs);
    child.once('close', over);
  });
}

function collect(
  child: ChildProcess,
  tooMuch: () => void,
): { texts(): Pick<ChildResult, 'stdout' | 'stderr'> } {
  let size = 0;
  const keep = (pieces: Buffer[]) => (piece: Buffer) => {
    size += piece.length;
    if (size > mostOutput) tooMuch();
    else pieces.push(piece);
  };
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout?.on('data', keep(stdout));
  child.stderr?.on('data', keep(stderr));
  const text = (pieces: readonly Buffer[]) => Buffer.concat(pieces).toString('utf8');
  return { texts: () => ({ stdout: text(stdout), stderr: text(stderr) }) };
}

function startError(error: Error, request: ChildRequest): MlopsError {
  const missing = errorCode(error) === 'ENOENT';
  return new MlopsError(missing ? 'notFound' : 'internal', `${request.what} failed:`, {
    outside: error.message,
    cause: error,
  });
}

/** Ends a detached process and everything in its group. */
export function endGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // it ended by itself
  }
}

const proxies = [
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'ALL_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'all_proxy',
];
const passed = [
  ...[
    'PATH',
    'HOME',
    'USER',
    'LOGNAME',
    'LANG',
    'LANGUAGE',
    'TZ',
    'TMPDIR',
    'TEMP',
    'TMP',
    'SHELL',
    'XDG_CACHE_HOME',
  ],
  ...[
    'SSL_CERT_FILE',
    'SSL_CERT_DIR',
    'REQUESTS_CA_BUNDLE',
    'CURL_CA_BUNDLE',
    'LD_LIBRARY_PATH',
    'DYLD_LIBRARY_PATH',
  ],
  ...[
    'SYSTEMROOT',
    'SystemRoot',
    'COMSPEC',
    'PATHEXT',
    'USERPROFILE',
    'APPDATA',
    'LOCALAPPDATA',
    'ProgramData',
  ],
];
const passedPrefixes = ['LC_', 'CUDA', 'NVIDIA_', 'PYENV_'];
/** Variables for installers, which may hold the password of an index. */
const installerPrefixes = [...passedPrefixes, 'PIP_', 'UV_'];

/**
 * The short list of variables for people's code and for read-only programs: never all of the editor's, which may hold
 * secrets, no settings of installers, and no proxy with a login, unless named.
 */
export function taskEnvironment(
  names: readonly string[],
  from: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  const open = proxies.filter((name) => own(from, name)?.includes('@') !== true);
  return picked([...passed, ...open, ...names], passedPrefixes, from);
}

/** The variables of a process that installs packages: the short list and the settings of pip and uv. */
export function installerEnvironment(
  names: readonly string[],
  from: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  return picked([...passed, ...proxies, ...names], installerPrefixes, from);
}

function picked(
  names: readonly string[],
  prefixes: readonly string[],
  from: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
  const wanted = new Set(names);
  const entries = Object.entries(from).filter(
    ([name, value]) =>
      value !== undefined && (wanted.has(name) || prefixes.some((prefix) => name.startsWith(prefix))),
  );
  return Object.fromEntries(entries);
}
