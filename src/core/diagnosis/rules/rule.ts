import type { StepEvidence, TaskEvidence } from '../../ports/runEvidence.ts';
import type { Verdict } from '../finding.ts';
import { quotesOf, type Sign } from '../signs.ts';

/** A step that failed or does not go on, with what speaks for a cause. */
export interface StepFacts {
  readonly step: StepEvidence;
  readonly signs: readonly Sign[];
  /** Its own program was started. */
  readonly begun: boolean;
  readonly part: 'driver' | 'program';
  readonly task: TaskEvidence;
  readonly tasks: readonly TaskEvidence[];
}

/** Finds one kind of cause in what is known of a step. */
export type Rule = (facts: StepFacts) => Verdict | undefined;

/** The signs with one of these reasons, or whose message fits. */
export function signsWith(
  { signs }: Pick<StepFacts, 'signs'>,
  reasons: readonly string[],
  message?: RegExp,
): readonly Sign[] {
  return signs.filter(
    (sign) => reasons.includes(sign.reason) || (message?.test(`${sign.reason}: ${sign.message}`) ?? false),
  );
}

/** A verdict that rests on some signs. */
export function verdict(
  cause: Verdict['cause'],
  signs: readonly Sign[],
  { says, next }: Pick<Verdict, 'says' | 'next'>,
): Verdict {
  return { cause, says, next, quotes: quotesOf(signs) };
}

/** The first text that a pattern captures in the messages of signs. */
export function captured(signs: readonly Sign[], pattern: RegExp): string | undefined {
  for (const { message } of signs) {
    const found = pattern
      .exec(message)
      ?.slice(1)
      .find((one) => one !== undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** All messages in one text. */
export function messagesOf(signs: readonly Sign[]): string {
  return signs.map(({ message }) => message).join('\n');
}
