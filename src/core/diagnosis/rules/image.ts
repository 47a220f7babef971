import { code } from '../../text/markdown.ts';
import { podOf } from '../signs.ts';
import { captured, messagesOf, type Rule, signsWith, type StepFacts, verdict } from './rule.ts';

const reasons = [
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
  'ImageInspectError',
  'RegistryUnavailable',
  'SignatureValidationFailed',
  'InspectFailed',
];
const pull =
  /(?:ErrImagePull|ImagePullBackOff|InvalidImageName|Failed to (?:pull|inspect|apply default image tag)|pull(?:ing)? image|ErrImageNeverPull)/;
const named = /(?:image|reference|tag) "([^"\s]+)"/;

/** The image of a container cannot be had. */
export const imageRule: Rule = (facts) => {
  if (facts.begun) return undefined;
  const signs = signsWith(facts, reasons, pull);
  if (signs.length === 0) return undefined;
  const image = captured(signs, named) ?? imageOf(facts, signs.find(({ container }) => container)?.container);
  const { why, next } = explain(
    messagesOf(signs),
    signs.map(({ reason }) => reason),
  );
  const what = image === undefined ? 'its image' : `its image ${code(image)}`;
  return verdict('imagePull', signs, { says: `${what} cannot be pulled${why}`, next });
};

function imageOf({ step }: StepFacts, container = 'main'): string | undefined {
  return podOf(step)?.containers.find(({ name }) => name === container)?.image;
}

interface Explanation {
  readonly why: string;
  readonly next: string;
}

const explanations: readonly (readonly [RegExp, Explanation])[] = [
  [
    /invalid ?image ?name|invalid reference format|couldn't parse image/i,
    { why: ', since its name is not valid', next: 'Correct the name of the image in the component.' },
  ],
  [
    /ErrImageNeverPull|never pull/i,
    {
      why: ', since it is not on the node and its pull policy is `Never`',
      next: 'Load the image onto the nodes, or change the pull policy of the task.',
    },
  ],
  [
    /toomanyrequests|rate limit|429/i,
    {
      why: ', since the registry allows no more pulls for now',
      next: 'Wait, or pull with the credentials of an account (an image pull secret), or from a mirror.',
    },
  ],
  [
    /no match for platform|no matching manifest|exec format/i,
    {
      why: ', since it is not made for the processor of the node',
      next: 'Build the image for the platform of the nodes.',
    },
  ],
  [
    /unauthorized|authentication required|denied|forbidden|401|403|no basic auth/i,
    {
      why: ', since the registry refuses access',
      next: 'Check the name, and give the service account of the run an image pull secret for this registry.',
    },
  ],
  [
    /not found|manifest unknown|does not exist|404|name unknown/i,
    {
      why: ', since the registry has no such image or tag',
      next: 'Correct the image or its tag in the component, or push the image.',
    },
  ],
  [
    /no space left/i,
    { why: ', since the disk of the node is full', next: 'Free space on the node, or use another node.' },
  ],
  [
    /timeout|timed out|no such host|connection refused|x509|certificate|TLS|deadline exceeded|unreachable|EOF|connection reset|i\/o/i,
    {
      why: ', since the registry cannot be reached',
      next: 'Check from the cluster whether the registry can be reached, its proxy and its certificate.',
    },
  ],
];

function explain(messages: string, reasons: readonly string[]): Explanation {
  const text = [...reasons, messages].join('\n');
  const known = explanations.find(([pattern]) => pattern.test(text));
  return (
    known?.[1] ?? {
      why: '',
      next: 'Check the name and the tag of the image, whether it was pushed, and whether the cluster may pull it.',
    }
  );
}
