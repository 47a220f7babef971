import { asName } from '../text/literal.ts';
import { MlopsError } from './mlopsError.ts';

/** Thrown instead of starting a run that differs from what the person agreed to. Ask again. */
export class ChangedSince extends MlopsError {
  /** `what` names the parts that changed, such as "its code". */
  constructor(pipeline: string, what: readonly string[]) {
    const named = what.length < 2 ? what.join('') : `${what.slice(0, -1).join(', ')} and ${what.at(-1)}`;
    super('conflict', `${asName(pipeline)} was not started: ${named} changed since you were asked.`, {
      hint: 'Ask again to see what it would do.',
    });
  }
}
