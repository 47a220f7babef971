import type { ConnectionInfo } from '../domain/connection.ts';
import type { Connection } from '../ports/connections.ts';
import type { ConnectionCheck, Finding } from '../ports/connectionChecks.ts';
import {
  isCancelled,
  type MlopsError,
  throwIfAborted,
  toMlopsError,
  unlessAborted,
} from '../ports/mlopsError.ts';
import { asName } from '../text/literal.ts';

/** A step of a check-up, with what it found; a step after one that ended the check-up has no finding. */
export interface CheckedStep {
  readonly what: string;
  readonly finding?: Finding;
}

/** What is known of a connection, step by step. */
export interface CheckUp {
  readonly info: ConnectionInfo;
  readonly steps: readonly CheckedStep[];
  /** The first step that found something wrong. */
  readonly wrong?: CheckedStep & { readonly finding: Finding };
}

/** Checks a connection step by step until a step cannot be passed, and its objects where it has a store. Changes nothing. */
export async function checkUp(
  connection: Connection,
  signal: AbortSignal,
  report: (line: string) => void = () => undefined,
): Promise<CheckUp> {
  const { info } = connection;
  const checks = await checksOf(connection);
  const steps: CheckedStep[] = [];
  let ended = false;
  for (const step of checks) {
    const { what } = step;
    throwIfAborted(signal);
    if (ended) {
      steps.push({ what });
      continue;
    }
    report(`Checking the ${what}`);
    const outcome = await made(step, signal);
    ended = outcome.ends;
    steps.push({ what, finding: outcome.finding });
  }
  const wrong = steps.find(isWrong);
  return { info, steps, ...(wrong === undefined ? {} : { wrong }) };
}

function isWrong(step: CheckedStep): step is CheckedStep & { readonly finding: Finding } {
  return step.finding?.state === 'wrong';
}

async function checksOf(connection: Connection): Promise<readonly ConnectionCheck[]> {
  const own = (await connection.checks?.()) ?? [];
  const { store, info } = connection;
  return store === undefined ? own : [...own, storeCheck(info, store)];
}

function storeCheck({ name }: ConnectionInfo, store: NonNullable<Connection['store']>): ConnectionCheck {
  return {
    what: 'objects',
    check: async (signal) => {
      const opened = await store().catch(noStore);
      if (!('listBuckets' in opened)) return opened;
      const buckets = await opened.listBuckets(signal);
      const words =
        buckets.length === 0 ? `${asName(name)} has no buckets yet.` : 'Its buckets can be listed.';
      return { state: 'good', words };
    },
  };
}

/** That a cluster has no store of its own is nothing wrong: only artifacts cannot be opened. */
function noStore(error: unknown): Finding {
  const { kind, message, hint = '' } = toMlopsError(error);
  if (kind !== 'unsupported') throw error;
  return { state: 'unknown', words: `${message} ${hint}`.trim() };
}

interface Outcome {
  readonly finding: Finding;
  /** True when the steps after it cannot be made. */
  readonly ends: boolean;
}

async function made(step: ConnectionCheck, signal: AbortSignal): Promise<Outcome> {
  try {
    return { finding: await unlessAborted(step.check(signal), signal), ends: false };
  } catch (error) {
    if (isCancelled(error)) throw error;
    return { finding: findingOf(toMlopsError(error)), ends: true };
  }
}

/** What an error found. */
function findingOf({ message, hint }: MlopsError): Finding {
  return { state: 'wrong', words: message, ...(hint === undefined ? {} : { fix: hint }) };
}
