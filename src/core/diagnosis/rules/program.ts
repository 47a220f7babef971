import { code, phrase } from '../../text/markdown.ts';
import { lastTraceback } from '../../logs/traceback.ts';
import { exceptionInLog } from '../../runs/exceptionInLog.ts';
import type { Quote, Verdict } from '../finding.ts';
import { goLine } from '../goLine.ts';
import { mainContainer, quotesOf } from '../signs.ts';
import { type Rule, verdict } from './rule.ts';

const refused =
  /AccessDenied|Access Denied|Forbidden|is forbidden|PermissionDenied|permission denied|Unauthorized|InvalidAccessKeyId|SignatureDoesNotMatch|403|401 /i;
const ownWork = /fail(?:ed|ure)|unable to|error|panic|cannot|could not/i;
/** What the launcher says after the program that it started has failed: no cause of its own. */
const echo =
  /failed to execute component: (?:exit status|signal)|exit status \d+\s*$|failed to publish.*exit status/i;
const pip =
  /^ERROR: (?:No matching distribution found for|Could not find a version|Could not install packages|ResolutionImpossible|Failed building wheel|Cannot install|Invalid requirement)/;

/** A line in which the launcher or the driver says why it gave up itself. */
export function ownFailure(log: readonly string[] = []): string | undefined {
  const lines = log.filter((line) => isOfLauncher(line) && ownWork.test(line) && !echo.test(line));
  return lines.findLast((line) => /^F|level=fatal|"level":"fatal"|panic/.test(line)) ?? lines.at(-1);
}

const isOfLauncher = (line: string) =>
  /^[EF](?:\d{4} [\d:.]+\s+\d+)? ?[\w./-]+\.go:\d+\]/.test(line) ||
  /level=(?:error|fatal)|"level":"(?:error|fatal)"|^panic: |^F(?:ATAL|atal)?[: ]|KFP driver: /.test(line);

/** The launcher or the driver was refused access to the store, a secret or the API. */
export const refusedRule: Rule = ({ step, part }) => {
  const line = ownFailure(step.log);
  if (line === undefined || !refused.test(line)) return undefined;
  const store = /bucket|blob|object|artifact|s3|minio|gs:|AccessKey|Signature/i.test(line);
  const who = part === 'driver' ? 'its driver' : 'the launcher around it';
  return {
    cause: 'permission',
    says: `${who} was refused access${store ? ' to the object store' : ''}`,
    next: store
      ? 'Check the credentials of the object store that the run uses (the secret that `kfp-launcher` names) and what they may read and write.'
      : 'Give the service account of the run the right that is quoted below.',
    quotes: [{ from: 'Its log', text: line }],
  };
};

/** Packages of the component could not be installed before its code ran. */
export const packagesRule: Rule = ({ step: { log = [] } }) => {
  const line = log.findLast((one) => pip.test(one));
  if (line === undefined || lastTraceback(log.join('\n')) !== undefined) return undefined;
  const name = /(?:found for|satisfies the requirement) (\S+)/.exec(line)?.[1];
  return {
    cause: 'packages',
    says: `its packages could not be installed${name === undefined ? '' : ` (${code(name)})`}`,
    next: 'Correct the name and version in `packages_to_install`, and check that the cluster reaches the package index.',
    quotes: [{ from: 'Its log', text: line }],
  };
};

/** The code of the component raised an exception. */
export const exceptionRule: Rule = ({ step, task, signs }) => {
  const log = (step.log ?? []).join('\n');
  const error = exceptionInLog(log, task.python);
  if (error === undefined) return undefined;
  const exits = quotesOf(signs.filter(({ exitCode }) => exitCode !== undefined)).slice(0, 1);
  const quotes = error.line === undefined ? [...exits, ...placeIn(log)] : exits;
  return {
    cause: 'exception',
    says: `its code raised ${code(error.type)}${memoryNote(error.type)}`,
    next: error.hint === undefined ? adviceFor(error.type, error.message) : phrase(error.hint, 300),
    quotes,
    error,
  };
};

/** The innermost place that is not of an installed package, for code that is only in its image. */
function placeIn(log: string): readonly Quote[] {
  const frame = lastTraceback(log)?.frames.findLast(({ file }) => !installed.test(file));
  if (frame === undefined) return [];
  const { file, line, function: name, text } = frame;
  const where = `File "${file}", line ${line}${name === undefined ? '' : `, in ${name}`}`;
  return [{ from: 'Its log', text: text === undefined ? where : `${where}: ${text}` }];
}

const installed = /[\\/](?:site|dist)-packages[\\/]|[\\/]lib[\\/]python\d|^<frozen/;

const memoryNote = (type: string) => (type === 'MemoryError' ? ', since it ran out of memory' : '');

function adviceFor(type: string, message: string): string {
  if (type === 'MemoryError') return 'Give the task more memory, or let it hold less at once.';
  if (type === 'PermissionError' || /AccessDenied|403 Forbidden/.test(message))
    return 'It was refused access: check the rights and credentials that the task has; then run again.';
  return 'Correct the line and run again; what it printed before is in its log.';
}

/** The launcher itself gave up: before the program, after it, or while it saved what it made. */
export const launcherRule: Rule = ({ step, part, signs }) => {
  if (part === 'driver') return undefined;
  const line = ownFailure(step.log);
  if (line !== undefined)
    return {
      cause: 'launcher',
      says: `the launcher around it failed: ${phrase(saidIn(line), 200)}`,
      next: 'Your code is most likely not the cause: retry the run; if it happens again, show the quoted line to who runs Kubeflow.',
      quotes: [{ from: 'Its log', text: line }],
    };
  const helpers = signs.filter(
    ({ exitCode, container = mainContainer }) => exitCode !== undefined && container !== mainContainer,
  );
  const [first] = helpers;
  if (first === undefined) return undefined;
  const isRefused = helpers.some(({ message }) => refused.test(message));
  return verdict(isRefused ? 'permission' : 'launcher', helpers, {
    says: `its helper container ${code(first.container ?? '')} failed${isRefused ? ': it was refused access' : ''}`,
    next: isRefused
      ? 'Check the credentials of the object store and the rights of the service account of the run.'
      : 'Your code is most likely not the cause: retry the run; if it happens again, show the quoted text to who runs Kubeflow.',
  });
};

/** What a line says after its head. */
function saidIn(line: string): string {
  return line.replace(/^[IWEF](?:\d{4} [\d:.]+\s+\d+)? ?[\w./-]+\.go:\d+\] ?/, '');
}

const signals: { readonly [code: number]: string } = {
  132: 'an illegal instruction: a package that was built for another processor',
  134: 'abort()',
  136: 'a division by zero or the like (SIGFPE)',
  139: 'a segmentation fault: a bug in native code, such as a package that does not fit the image',
  143: 'being told to end (SIGTERM), by the cluster or a person',
};

/** The program ended with a code that says that it failed; its log may say more. */
export const exitRule: Rule = ({ step, signs, part, task }) => {
  const exits = signs.filter(
    ({ exitCode, container = mainContainer }) => exitCode !== undefined && container === mainContainer,
  );
  const exitCode = exits[0]?.exitCode;
  if (exitCode === undefined || part === 'driver') return undefined;
  const why =
    exitCode === 1 && task.python !== undefined ? 'as Python does after an exception' : signals[exitCode];
  return {
    cause: 'exit',
    says: `its program ended with exit code ${exitCode}${why === undefined ? '' : `, ${why}`}`,
    next:
      step.log === undefined
        ? 'Its log would say more and could not be read: look at it in the Kubeflow dashboard, or run again.'
        : 'Its log, which ends as quoted, names no exception: read more of it, or let the program print why it ends.',
    quotes: [...quotesOf(exits), ...lastPrinted(step.log)],
  };
};

/** The last lines that a program printed itself. */
function lastPrinted(log: readonly string[] = []): readonly Quote[] {
  const lines = log.filter((line) => line.trim() !== '' && !goLine.test(line)).slice(-5);
  return lines.length === 0 ? [] : [{ from: 'Its log ends with', text: lines.join('\n') }];
}

/** The driver, which works out the inputs of a task before it begins, failed. */
export const driverRule: Rule = ({ step, part, task, signs }): Verdict | undefined => {
  if (part !== 'driver') return undefined;
  const line = ownFailure(step.log);
  const before = task.path === '' ? 'before the first task began' : 'before the task itself began';
  const said = line === undefined ? '' : `: ${phrase(saidIn(line), 300)}`;
  const inputs = /resolv|input parameter|inputs? |type mismatch|unmarshal/i.test(line ?? '');
  return {
    cause: 'driver',
    says: `its driver failed ${before}${said}`,
    next: inputs
      ? 'Check what the inputs of the task come from: a task that did not run, an output that has no value, a type that does not fit.'
      : 'None of your code ran in it: retry the run; if it happens again, show this to who runs Kubeflow (metadata store, object store, rights of the service account).',
    quotes:
      line === undefined
        ? quotesOf(signs)
        : [{ from: 'Its log', text: line }, ...quotesOf(signs).slice(0, 1)],
  };
};

/** Nothing known fits: what is said is quoted. */
export const unknownRule: Rule = ({ signs, step }) => ({
  cause: 'unknown',
  says: signs.length === 0 ? 'nothing says why' : 'what is said of it fits no known cause',
  next:
    step.log === undefined
      ? 'Look at its pod and its log in the Kubeflow dashboard; what could not be seen from here is named below.'
      : 'Read its log.',
  quotes: [...quotesOf(signs), ...lastPrinted(step.log)],
});
