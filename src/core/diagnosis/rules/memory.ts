import { code } from '../../text/markdown.ts';
import { goLine } from '../goLine.ts';
import { podOf } from '../signs.ts';
import { type Rule, signsWith, type StepFacts, verdict } from './rule.ts';

const next =
  'Give the task more memory (`set_memory_limit`), or let it hold less at once: fewer rows, smaller batches.';

/** The kernel killed it for its memory. */
export const memoryRule: Rule = (facts) => {
  const signs = signsWith(facts, ['OOMKilled'], /OOM ?kill/i);
  if (signs.length === 0) return undefined;
  const helper = signs.find(({ container }) => container !== undefined && container !== 'main')?.container;
  const who = helper === undefined ? 'it' : `its container ${code(helper)}`;
  return verdict('outOfMemory', signs, { says: `${who} ran out of memory${limitOf(facts)}`, next });
};

/** It got the signal that a lack of memory most often comes from. */
export const killedRule: Rule = (facts) => {
  const killed = facts.signs.filter(({ exitCode }) => exitCode === 137);
  if (killed.length > 0)
    return verdict('outOfMemory', killed, {
      says: `it was killed (exit code 137), most likely since it ran out of memory${limitOf(facts)}, which nothing confirms`,
      next,
    });
  const line = facts.step.log?.findLast((one) => goLine.test(one) && /signal: killed/.test(one));
  if (line === undefined) return undefined;
  return {
    cause: 'outOfMemory',
    says: `its program was killed inside the container, most likely since it ran out of memory${limitOf(facts)}`,
    next,
    quotes: [{ from: 'Its log', text: line }],
  };
};

function limitOf({ step }: StepFacts): string {
  const limit = podOf(step)?.containers.find(({ name }) => name === 'main')?.memoryLimit;
  return limit === undefined ? '' : ` (its limit is ${code(limit)})`;
}
