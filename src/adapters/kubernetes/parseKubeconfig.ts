import path from 'node:path';
import { KubeConfig } from '@kubernetes/client-node/dist/config.js';
import { newClusters, newContexts, newUsers } from '@kubernetes/client-node/dist/config_types.js';
import { load } from 'js-yaml';
import * as z from 'zod';

const user = z.looseObject({
  token: z.unknown().optional(),
  tokenFile: z.string().nullish(),
  'token-file': z.string().nullish(),
  exec: z.unknown().optional(),
  'auth-provider': z.unknown().optional(),
});
const file = z.looseObject({
  clusters: z.unknown().optional(),
  contexts: z.unknown().optional(),
  users: z.array(z.looseObject({ user: user.nullish() })).nullish(),
  'current-context': z.string().nullish(),
});

/** The kubeconfig of a text; relative paths in it start at `folder`. Throws where it is none. */
export function parseKubeconfig(text: string, folder: string): KubeConfig {
  const decoded = file.safeParse(load(text) ?? {});
  if (!decoded.success) throw new Error(z.prettifyError(decoded.error));
  const { clusters, contexts, users, 'current-context': current } = decoded.data;
  const named = users?.map((one) => (one.user ? { ...one, user: withTokenFile(one.user, folder) } : one));
  const config = new KubeConfig();
  config.loadFromOptions({
    clusters: newClusters(clusters),
    contexts: newContexts(contexts),
    users: newUsers(named),
    currentContext: current ?? '',
  });
  config.makePathsAbsolute(folder);
  return config;
}

/**
 * The user with the file of its token where the library reads it when it is used. It does not know kubectl's `tokenFile`, and
 * reads `token-file` at once, so that nobody could tell which file was read.
 */
function withTokenFile(given: z.infer<typeof user>, folder: string): object {
  const { tokenFile, 'token-file': other, ...rest } = given;
  const named = tokenFile ?? other ?? '';
  const isUsed = named !== '' && !rest.exec && !rest['auth-provider'] && (tokenFile || !rest.token);
  if (!isUsed) return rest;
  const provider = { name: 'tokenFile', config: { tokenFile: path.resolve(folder, named) } };
  return { ...rest, 'auth-provider': provider };
}
