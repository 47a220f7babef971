import { code } from '../../text/markdown.ts';
import { duration } from '../../text/units.ts';
import { podOf } from '../signs.ts';
import { captured, messagesOf, type Rule, signsWith, verdict } from './rule.ts';

const lowOn = /low on resource: ([\w-]+)/;
const evicted =
  /low on resource|evicted|eviction|ephemeral[- ](?:local )?storage|EmptyDir volume .* exceeds|preempt(?:ed|ion to)|PreemptionByScheduler/i;
const evictedReasons = [
  'Evicted',
  'Preempting',
  'Preempted',
  'PreemptionByScheduler',
  'EvictionByEvictionAPI',
  'TerminationByKubelet',
];

/** The cluster put the pod out: a node had too little of something, or another pod was more important. */
export const evictedRule: Rule = (facts) => {
  const signs = signsWith(facts, evictedReasons, evicted).filter(
    ({ reason }) => reason !== 'FailedScheduling' && reason !== 'Unschedulable',
  );
  if (signs.length === 0) return undefined;
  const text = messagesOf(signs);
  if (/preempt/i.test([text, ...signs.map(({ reason }) => reason)].join(' ')))
    return verdict('evicted', signs, {
      says: 'its pod had to make room for a more important one (preempted)',
      next: 'Retry it, or give the task a higher priority.',
    });
  const resource =
    captured(signs, lowOn) ?? (/ephemeral|EmptyDir/i.test(text) ? 'ephemeral-storage' : undefined);
  if (resource === undefined)
    return verdict('evicted', signs, {
      says: 'its pod was evicted from the node',
      next: 'Retry it; if it happens again, ask who drains the node.',
    });
  const what =
    resource === 'memory' ? 'memory' : resource.includes('storage') ? 'disk space' : code(resource);
  return verdict('evicted', signs, {
    says: `its pod was evicted, since too much ${what} was used on the node`,
    next: `Request as much ${what} for the task as it uses, or let it use less, then retry.`,
  });
};

const lost =
  /node (?:was )?lost|is unresponsive|node no longer exists|imminent node shutdown|node (?:is )?shutting down|node is not ready|taint manager/i;

/** The node went away or could not take the pod after all. */
export const nodeLostRule: Rule = (facts) => {
  const reasons = [
    'NodeLost',
    'NodeShutdown',
    'Shutdown',
    'Terminated',
    'DeletionByTaintManager',
    'DeletionByPodGC',
    'TaintManagerEviction',
    'NodeNotReady',
  ];
  const signs = signsWith(facts, reasons, lost);
  if (signs.length > 0)
    return verdict('nodeLost', signs, {
      says: 'the node that ran its pod was lost or shut down',
      next: 'Retry it; a retry policy on the task does so by itself.',
    });
  const refused = signsWith(
    facts,
    [
      'UnexpectedAdmissionError',
      'NodeAffinity',
      'OutOfcpu',
      'OutOfmemory',
      'OutOfpods',
      'OutOfephemeral-storage',
    ],
    /^OutOf/,
  );
  if (refused.length === 0) return undefined;
  return verdict('nodeLost', refused, {
    says: 'the node that it was given could not take its pod',
    next: 'Retry it; if it happens again, look at what the node has left.',
  });
};

/** Somebody or something deleted the pod. */
export const deletedRule: Rule = (facts) => {
  const signs = signsWith(facts, [], /^: (?:pod|task pod) (?:was )?deleted/i);
  const pod = podOf(facts.step);
  const beingDeleted =
    pod?.deletedAt !== undefined && facts.signs.some(({ exitCode }) => exitCode === 143 || exitCode === 137);
  if (signs.length === 0 && !beingDeleted) return undefined;
  return verdict('podDeleted', signs.length === 0 ? facts.signs : signs, {
    says: 'its pod was deleted while it ran',
    next: 'Nothing in the pipeline is wrong for what can be seen: retry the run, and ask who or what deletes pods (a person, a drained node, a spot instance).',
  });
};

const kubeletDeadline = /active on the node longer than the specified deadline/i;

/** The pod was given a time, and it is over. */
export const deadlineRule: Rule = (facts) => {
  const signs = signsWith(facts, ['DeadlineExceeded'], kubeletDeadline);
  if (signs.length === 0) return undefined;
  const seconds = podOf(facts.step)?.deadlineSeconds;
  const limit = seconds === undefined ? '' : ` of ${duration(seconds * 1000)}`;
  return verdict('timeout', signs, {
    says: `it took longer than its time limit${limit}`,
    next: 'Give the task more time (its timeout), or make it faster: less data, more resources.',
  });
};
