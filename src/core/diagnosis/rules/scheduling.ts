import { code } from '../../text/markdown.ts';
import { captured, messagesOf, type Rule, signsWith, verdict } from './rule.ts';

const quota = /exceeded quota: ([^,\s]+)/;
const failedQuota = /failed quota: ([^:,\s]+)/;
const limitRange =
  /(?:maximum|minimum) (?:cpu|memory|[\w./-]+) usage per (?:Container|Pod)|must specify (?:limits|requests)/i;

/** The namespace may not have this pod. */
export const quotaRule: Rule = (facts) => {
  if (facts.begun) return undefined;
  const signs = signsWith(facts, [], /exceeded quota|failed quota|usage per (?:Container|Pod)/i);
  if (signs.length === 0) return undefined;
  const name = captured(signs, quota) ?? captured(signs, failedQuota);
  const text = messagesOf(signs);
  const asked = /requested: ([^\n]*?), used: ([^\n]*?), limited: ([^\n]*)/.exec(text);
  const figures =
    asked === null
      ? ''
      : ` (requested ${code(asked[1] ?? '')}, used ${code(asked[2] ?? '')}, limited to ${code(asked[3] ?? '')})`;
  if (name === undefined && limitRange.test(text))
    return verdict('quota', signs, {
      says: 'it asks for more or less than the namespace allows for one container',
      next: 'Change the resources of the task to what the limit range of the namespace allows.',
    });
  return verdict('quota', signs, {
    says: `the quota ${code(name ?? 'of the namespace')} of its namespace is used up${figures}`,
    next: 'Let other pods of the namespace end, let the task ask for less, or have the quota raised. Argo keeps trying.',
  });
};

/** Reasons of the scheduler, with what they mean for a person. */
const obstacles: readonly (readonly [RegExp, string, string])[] = [
  [
    /persistentvolumeclaim "([^"]+)" (?:is )?(?:not found|being deleted|bound to non-existent)/i,
    'its volume claim does not exist or is being deleted',
    'Create the volume claim in the namespace of the run, or correct its name in the pipeline.',
  ],
  [
    /unbound (?:immediate )?PersistentVolumeClaims|didn't find available persistent volumes|volume node affinity conflict|persistentvolumeclaim/i,
    'no node fits its volume claim',
    'Check that the claim is bound, its storage class, and the zone of its volume.',
  ],
  [
    /Insufficient (?:nvidia\.com|amd\.com|gpu\.intel\.com|habana\.ai|[\w.-]+\/)?[\w.-]*gpu|Insufficient [\w.-]+\/[\w.-]+/i,
    'no node has the accelerators that it asks for free',
    'Ask for fewer accelerators or another kind, wait until some are free, or add a node that has them.',
  ],
  [
    /untolerated taint|had taints?|that the pod didn't tolerate/i,
    'the nodes with room have taints that it does not tolerate',
    'Add the toleration to the task, or use other nodes.',
  ],
  [
    /Insufficient (?:cpu|memory|ephemeral-storage|pods)|Too many pods/i,
    'no node has enough free for what it asks for',
    'Let the task ask for less, wait until others end, or add a node.',
  ],
  [
    /node affinity\/selector|didn't match (?:node selector|Pod's node)|no nodes available|0\/0 nodes/i,
    'no node fits its node selector or affinity',
    'Correct the node selector of the task, or label a node so.',
  ],
  [
    /node\(s\) were unschedulable|cordon/i,
    'the nodes take no new pods (cordoned)',
    'Ask who runs the cluster to uncordon a node.',
  ],
];

/** No node takes the pod. */
export const unschedulableRule: Rule = (facts) => {
  if (facts.begun) return undefined;
  const signs = signsWith(
    facts,
    ['Unschedulable', 'FailedScheduling', 'SchedulerError', 'NotTriggerScaleUp', 'SchedulingGated'],
    /\d+\/\d+ nodes are available/,
  );
  if (signs.length === 0) return undefined;
  const text = messagesOf(signs);
  const found = obstacles.filter(([pattern]) => pattern.test(text.replace(/preemption:[^\n]*/g, '')));
  const [
    first = [
      '',
      'no node can take its pod',
      'Look at what the task asks for and at what the nodes have free.',
    ] as const,
  ] = found;
  const [asked] = wantedIn(text);
  return verdict('unschedulable', signs, {
    says: asked === undefined ? first[1] : `${first[1]} (${asked})`,
    next: first[2],
  });
};

/** "3 nodes: insufficient `cpu`", in the order of the text. */
function wantedIn(text: string): readonly string[] {
  const wanted = [...text.matchAll(/Insufficient ([\w./-]*[\w])/g)].map(([, name = '']) => code(name));
  return wanted.length === 0 ? [] : [`insufficient ${[...new Set(wanted)].join(', ')}`];
}

/** Why the API server refuses to make the pod. */
export const forbiddenRule: Rule = (facts) => {
  if (facts.begun) return undefined;
  const account = signsWith(
    facts,
    [],
    /serviceaccount "?[^"\s]+"? not found|error looking up service account/i,
  );
  if (account.length > 0) {
    const name =
      captured(account, /serviceaccount "([^"]+)"/) ?? captured(account, /service account ([^\s:]+)/);
    return verdict('permission', account, {
      says: `its service account${name === undefined ? '' : ` ${code(name)}`} does not exist`,
      next: 'Create the service account in the namespace of the run, or start the run with another one.',
    });
  }
  const policy = signsWith(facts, [], /violates PodSecurity|admission webhook .* denied|denied by policy/i);
  if (policy.length > 0)
    return verdict('permission', policy, {
      says: 'a policy of the cluster refuses its pod',
      next: 'Change what the policy objects to (it is quoted below), or ask who runs the cluster for an exception.',
    });
  const refused = signsWith(
    facts,
    [],
    /is forbidden|cannot (?:get|list|create|watch|patch|update|delete) resource|forbidden: User/i,
  );
  if (refused.length === 0) return undefined;
  return verdict('permission', refused, {
    says: 'its service account may not do what it needs',
    next: 'Give the service account of the run the right that is quoted below (a role and its binding).',
  });
};
