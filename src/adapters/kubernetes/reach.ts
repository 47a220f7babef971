import type { Cluster, User } from '@kubernetes/client-node/dist/config_types.js';
import * as z from 'zod';
import type { KubeReach } from '../../core/connections/kubeReach.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import { asName } from '../../core/text/literal.ts';

/** What a user's credentials come from, as the library leaves it: undecoded. */
const execConfig = z.looseObject({
  command: z.string(),
  args: z.array(z.string()).nullish(),
  env: z.array(z.looseObject({ name: z.string(), value: z.string().default('') })).nullish(),
});
const text = z.string().nullish();
const providerConfig = z.looseObject({
  'cmd-path': text,
  'cmd-args': text,
  'idp-issuer-url': text,
  tokenFile: text,
});
const provider = z.looseObject({
  // The library takes the command of a user in both places.
  config: providerConfig.extend({ exec: execConfig.nullish() }).nullish(),
});
const credentials = z.looseObject({ exec: execConfig.nullish(), authProvider: provider.nullish() });

/** All that using the context of a cluster and a user contacts, runs and reads. Throws MlopsError where that cannot be told. */
export function reachOf(cluster: Cluster | undefined, user: User | undefined): KubeReach {
  const { server = '', proxyUrl, skipTLSVerify: takesAny = false } = cluster ?? {};
  const { certFile, keyFile } = user ?? {};
  const { exec: own, config } = credentialsOf(user);
  const exec = own ?? config?.exec ?? undefined;
  return {
    server,
    ...commandOf(exec, config),
    files: [config?.tokenFile, certFile, keyFile].filter(isPresent),
    others: [proxyUrl, config?.['idp-issuer-url']].filter(isPresent),
    checksCertificate: !takesAny,
  };
}

/** What cannot be decoded must not look like nothing: the library may use it all the same. */
function credentialsOf(user: User | undefined): {
  readonly exec: Exec | undefined;
  readonly config: NonNullable<z.infer<typeof provider>['config']> | undefined;
} {
  const decoded = credentials.safeParse(user ?? {});
  if (!decoded.success)
    throw new MlopsError(
      'invalid',
      `The user ${asName(user?.name ?? '')} of the kubeconfig cannot be read:`,
      {
        outside: z.prettifyError(decoded.error).split('\n')[0],
        hint: 'kubectl config view says whether it is in order.',
      },
    );
  const { exec, authProvider } = decoded.data;
  return { exec: exec ?? undefined, config: authProvider?.config ?? undefined };
}

type Exec = z.infer<typeof execConfig>;

function commandOf(
  exec: Exec | undefined,
  config: z.infer<typeof providerConfig> | undefined,
): Pick<KubeReach, 'command' | 'variables'> {
  if (exec === undefined) return { command: olderCommand(config), variables: [] };
  const variables = (exec.env ?? []).map(({ name, value }) => ({ name, value }));
  return { command: [exec.command, ...(exec.args ?? [])], variables };
}

/** The command of a provider from before commands had a place of their own. */
function olderCommand(config: z.infer<typeof providerConfig> | undefined): readonly string[] | undefined {
  const command = [config?.['cmd-path'], config?.['cmd-args']].filter(isPresent);
  return command.length === 0 ? undefined : command;
}

/** The library has null for what is not there, whatever its types say. */
function isPresent(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
