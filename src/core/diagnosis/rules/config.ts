import { code } from '../../text/markdown.ts';
import { startErrors } from '../signs.ts';
import { captured, messagesOf, type Rule, signsWith, verdict } from './rule.ts';

const missingKey = /couldn't find key (\S+) in (Secret|ConfigMap) ([^\s"]+)/i;
const missingObject = /(secret|configmap)s? (?:"([^"]+)"|\S+) (?:was )?not found/i;
const references = /references non-existent (secret|config) key: (\S+)/i;

/** A secret or a config map, or a key in one, is not there; from variables as well as from volumes. */
export const configRule: Rule = (facts) => {
  if (facts.begun) return undefined;
  const fitting = signsWith(
    facts,
    [],
    /(?:secret|config ?map)s?\b.*not found|couldn't find key|references non-existent/i,
  );
  if (fitting.length === 0) return undefined;
  const text = messagesOf(fitting);
  const key = missingKey.exec(text);
  if (key !== null) {
    const [, name = '', kind = '', owner = ''] = key;
    const place = owner.replace(/^[^/]*\//, '');
    return verdict('missingConfig', fitting, {
      says: `the ${kindText(kind)} ${code(place)} has no key ${code(name)}`,
      next: `Add the key to the ${kindText(kind)}, or correct the name in the pipeline; a pod that waits goes on by itself then.`,
    });
  }
  const [, kind = references.exec(text)?.[1] ?? 'secret', name] = missingObject.exec(text) ?? [];
  const what =
    name === undefined ? `a ${kindText(kind)} that it needs` : `the ${kindText(kind)} ${code(name)}`;
  return verdict('missingConfig', fitting, {
    says: `${what} does not exist in its namespace`,
    next: `Create the ${kindText(kind)} in the namespace of the run, or correct its name in the pipeline; a pod that waits goes on by itself then.`,
  });
};

const kindText = (kind: string) => (/secret/i.test(kind) ? 'secret' : 'config map');

/** A volume cannot be attached or mounted. */
export const volumeRule: Rule = (facts) => {
  if (facts.begun) return undefined;
  const signs = signsWith(
    facts,
    [
      'FailedMount',
      'FailedAttachVolume',
      'FailedMapVolume',
      'VolumeResizeFailed',
      'FailedBinding',
      'ProvisioningFailed',
    ],
    /MountVolume|Unable to (?:attach or )?mount volumes|AttachVolume/,
  );
  if (signs.length === 0) return undefined;
  const volume = captured(signs, /for volume "([^"]+)"|unmounted volumes=\[([^\]]+)\]/);
  return verdict('volume', signs, {
    says: `its volume${volume === undefined ? '' : ` ${code(volume)}`} cannot be mounted`,
    next: /multi-attach|already used by|exclusively attached/i.test(messagesOf(signs))
      ? 'Wait until the pod that uses the volume on another node has ended, or use a volume that several may mount.'
      : 'Check that the volume, its claim and its storage class exist and can be reached from the node.',
  });
};

const noProgram = /executable file not found|no such file or directory|permission denied|exec format error/i;

/** The container was made but its program could not be started. */
export const startRule: Rule = (facts) => {
  const signs = signsWith(facts, [
    ...startErrors,
    'CreateContainerConfigError',
    'PostStartHookError',
    'FailedCreatePodSandBox',
    'CreatePodSandboxError',
  ]);
  const exited = facts.signs.filter(
    ({ exitCode }) => exitCode === 126 || exitCode === 127 || exitCode === 128,
  );
  if (facts.begun ? exited.length === 0 : signs.length === 0) return undefined;
  const shown = facts.begun ? exited : signs;
  if (signs.some(({ reason }) => /Sandbox/i.test(reason)))
    return verdict('cannotStart', signs, {
      says: 'the node cannot set up its pod (network or container runtime)',
      next: 'Ask who runs the cluster: the node or its network plugin needs attention. Kubernetes keeps trying.',
    });
  if (/runAsNonRoot|run as root|non-numeric user/i.test(messagesOf(shown)))
    return verdict('cannotStart', shown, {
      says: 'its image runs as root, which the cluster does not allow',
      next: 'Set a user other than root in the image (`USER 1000`).',
    });
  const command = captured(shown, /exec: "([^"]+)"/);
  const what = command === undefined ? 'its program' : `its program ${code(command)}`;
  return verdict('cannotStart', shown, {
    says:
      noProgram.test(messagesOf(shown)) || facts.begun
        ? `${what} could not be started in its image`
        : 'its container could not be made',
    next: 'Check the command of the component and that the image has this program (a Python component needs `sh` and `python3`).',
  });
};
