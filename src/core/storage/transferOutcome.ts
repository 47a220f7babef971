import { asName } from '../text/literal.ts';
import { sentences } from '../text/sentences.ts';
import { someNames } from '../text/someNames.ts';
import type { Transferred } from './transferAll.ts';

/** What is told at the end of a transfer. */
export interface TransferOutcome {
  readonly text: string;
  readonly isFailure: boolean;
}

/** Words of a transfer: "uploaded", "datasets/". */
export interface TransferWords {
  readonly verb: string;
  readonly to: string;
  /** What is left of those that were cancelled or failed. */
  readonly rest: string;
}

/** Says what became of a transfer, and of what did not get there. */
export function transferOutcome(
  { done, failed, left }: Transferred,
  { verb, to, rest }: TransferWords,
): TransferOutcome {
  const all = done.length + failed.length + left.length;
  const count = (some: number) =>
    some === all ? files(all) : `${some.toLocaleString('en')} of ${files(all)}`;
  const were = (some: number) => (some === 1 ? 'was' : 'were');
  const what = all === 1 ? asName(done[0] ?? '') : count(done.length);
  if (failed.length === 0 && left.length === 0)
    return { text: `${what} ${were(done.length)} ${verb} to ${asName(to)}.`, isFailure: false };
  const reasons = failed.map(({ name, error }) => `${asName(name)}: ${error.message}`);
  const hint = failed[0]?.error.hint;
  if (failed.length === 0)
    return {
      text: `Cancelled: ${count(done.length)} ${were(done.length)} ${verb} to ${asName(to)}. ${rest}`,
      isFailure: false,
    };
  const some = `${count(failed.length + left.length)} could not be ${verb} to ${asName(to)}:`;
  return { text: sentences(`${some} ${someNames(reasons, 2)}`, hint, rest), isFailure: true };
}

const files = (count: number) => `${count.toLocaleString('en')} ${count === 1 ? 'file' : 'files'}`;
