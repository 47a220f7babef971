import { asName } from '../text/literal.ts';
import { MlopsError } from './mlopsError.ts';

/** Thrown in place of starting a run that is not what the person said yes to: asking anew is the way on. */
export class ChangedSince extends MlopsError {
  /** `what` names the parts, as "its code". */
  constructor(pipeline: string, what: readonly string[]) {
    const named = what.length < 2 ? what.join('') : `${what.slice(0, -1).join(', ')} and ${what.at(-1)}`;
    super('conflict', `${asName(pipeline)} was not started: ${named} changed since you were asked.`, {
      hint: 'Ask again to see what it would do.',
    });
  }
}
