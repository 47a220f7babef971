import type { Remark } from '../../core/domain/pipeline.ts';
import { isCancelled, messageOf, throwIfAborted } from '../../core/ports/mlopsError.ts';
import type { Log } from '../../core/ports/log.ts';
import type { FoundPython, Interpreter } from '../../core/ports/pythons.ts';
import type { PythonChoice } from '../../core/ports/pythonChoice.ts';
import type { PythonProbe } from './probe.ts';
import type { Programs } from './programs.ts';

export type PythonSearch =
  | { readonly found: FoundPython; readonly uv: string | undefined }
  | { readonly blocker: Remark };

const oldest = [3, 9] as const;
const hint = 'Install Python 3.9 or newer, or name an interpreter in the setting mlops.local.python.';

/** What interpreters are found with. */
export interface PythonSearching {
  readonly choice: PythonChoice;
  readonly programs: Programs;
  readonly probe: PythonProbe;
  readonly log: Log;
}

/** The best candidate that can run pipelines, or why there is none. */
export async function findPython(searching: PythonSearching, signal: AbortSignal): Promise<PythonSearch> {
  const [uv] = await searching.programs.find('uv');
  const tried: FoundPython[] = [];
  for await (const candidate of workingPythons(searching, signal)) {
    if (isNewEnough(candidate.python.version) && canBuild(candidate.python, uv))
      return { found: candidate, uv };
    tried.push(candidate);
  }
  return { blocker: blockerFor(tried) };
}

/** Every working candidate, best first, each interpreter once. */
export async function* workingPythons(
  searching: PythonSearching,
  signal: AbortSignal,
): AsyncGenerator<FoundPython> {
  const seen = new Set<string>();
  for (const candidate of await searching.choice.candidates(signal)) {
    for (const interpreter of await searching.programs.find(candidate.path)) {
      throwIfAborted(signal);
      const python = await lookOrSkip(searching, interpreter, signal);
      if (!python || seen.has(python.executable)) continue;
      seen.add(python.executable);
      yield { python, from: candidate.from };
    }
  }
}

/** What an interpreter reports; undefined, and logged, when it cannot be run. */
export async function lookOrSkip(
  { probe, log }: Pick<PythonSearching, 'probe' | 'log'>,
  interpreter: string,
  signal: AbortSignal,
): Promise<Interpreter | undefined> {
  try {
    return await probe.look(interpreter, signal);
  } catch (error) {
    if (isCancelled(error)) throw error;
    log.warn(`${interpreter} is not used: ${messageOf(error)}`);
    return undefined;
  }
}

function blockerFor(tried: readonly FoundPython[]): Remark {
  const best = tried[0];
  if (!best) return { what: 'no_python', message: 'No Python was found on this machine.', hint };
  const named = `Python ${best.python.version} (${best.python.executable})`;
  const young = tried.find((candidate) => isNewEnough(candidate.python.version));
  if (!young)
    return { what: 'python_too_old', message: `${named} is too old: Python 3.9 or newer is needed.`, hint };
  return {
    what: 'no_venv',
    message: `Python ${young.python.version} (${young.python.executable}) has no venv, no pip and there is no uv: packages cannot be installed.`,
    hint: 'Install python3-venv or uv, or name another interpreter in the setting mlops.local.python.',
  };
}

/** True from Python 3.9 on. */
export function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
}

function canBuild(python: Interpreter, uv: string | undefined): boolean {
  return uv !== undefined || (python.venv && (python.ensurepip || python.pip));
}
