import type { StepEvidence, TaskEvidence } from '../ports/runEvidence.ts';
import type { Verdict } from './finding.ts';
import { artifactRule } from './rules/artifacts.ts';
import { configRule, startRule, volumeRule } from './rules/config.ts';
import { imageRule } from './rules/image.ts';
import { killedRule, memoryRule } from './rules/memory.ts';
import { deadlineRule, deletedRule, evictedRule, nodeLostRule } from './rules/pods.ts';
import {
  driverRule,
  exceptionRule,
  exitRule,
  launcherRule,
  packagesRule,
  refusedRule,
  unknownRule,
} from './rules/program.ts';
import type { Rule, StepFacts } from './rules/rule.ts';
import { forbiddenRule, quotaRule, unschedulableRule } from './rules/scheduling.ts';
import { hasBegun, signsOf } from './signs.ts';

/** What may keep a pod from beginning, also while it still may. */
const hindrances: readonly Rule[] = [
  imageRule,
  configRule,
  quotaRule,
  unschedulableRule,
  volumeRule,
  forbiddenRule,
  startRule,
];

/** What the cluster does to a pod comes first: it explains how its program ended. */
const failures: readonly Rule[] = [
  evictedRule,
  nodeLostRule,
  deadlineRule,
  memoryRule,
  deletedRule,
  killedRule,
  ...hindrances,
  artifactRule,
  refusedRule,
  packagesRule,
  exceptionRule,
  launcherRule,
  driverRule,
  exitRule,
  unknownRule,
];

export interface StepOf {
  readonly step: StepEvidence;
  readonly part: StepFacts['part'];
  readonly task: TaskEvidence;
}

/** Why a step failed. */
export function causeOf(one: StepOf, tasks: readonly TaskEvidence[]): Verdict {
  const facts = factsOf(one, tasks);
  return first(failures, facts) ?? { cause: 'unknown', says: 'nothing says why', next: '', quotes: [] };
}

/** What keeps a step from beginning; undefined where nothing is known to. */
export function hindranceOf(one: StepOf, tasks: readonly TaskEvidence[]): Verdict | undefined {
  const facts = factsOf(one, tasks);
  return first(hindrances, facts);
}

function factsOf({ step, part, task }: StepOf, tasks: readonly TaskEvidence[]): StepFacts {
  return { step, part, task, tasks, signs: signsOf(step), begun: hasBegun(step) };
}

function first(rules: readonly Rule[], facts: StepFacts): Verdict | undefined {
  for (const rule of rules) {
    const found = rule(facts);
    if (found !== undefined) return found;
  }
  return undefined;
}
