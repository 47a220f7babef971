import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { KubeConfig } from '@kubernetes/client-node/dist/config.js';
import type { KubeReach } from '../../core/connections/kubeReach.ts';
import { errorCode, messageOf, MlopsError } from '../../core/ports/mlopsError.ts';
import { asName } from '../../core/text/literal.ts';
import { reachOf } from './reach.ts';
import { parseKubeconfig } from './parseKubeconfig.ts';

/** Which cluster, and as whom. */
export interface ContextChoice {
  /** Absent: the current one of the file. */
  readonly context?: string | undefined;
  /** An absolute path. Absent: the files of `KUBECONFIG`, else `~/.kube/config`. */
  readonly kubeconfig?: string | undefined;
  /** Throws where the context, as it has just been read, must not be used. */
  readonly check?: ((context: KubeContext) => void) | undefined;
}

/** A context of a kubeconfig, as people know it. */
export interface KubeContext extends KubeReach {
  readonly name: string;
  readonly namespace: string | undefined;
  /** True for the one that is used where none is named. */
  readonly isCurrent: boolean;
}

export interface ChosenContext extends KubeContext {
  /** Ready for requests to this context's cluster. */
  readonly config: KubeConfig;
}

/** The contexts of the person's kubeconfig. */
export async function readContexts(choice: ContextChoice = {}): Promise<readonly KubeContext[]> {
  const config = await readKubeconfig(choice);
  return config.getContexts().flatMap(({ name }) => {
    try {
      return [contextOf(config, name)];
    } catch {
      // The others can be used; the reason is told where this one is chosen in the setting.
      return [];
    }
  });
}

/**
 * The chosen context. Nothing is asked of the cluster, and no command is run.
 * @throws MlopsError where there is none
 */
export async function readContext(choice: ContextChoice): Promise<ChosenContext> {
  const config = await readKubeconfig(choice);
  const name = choice.context ?? config.getCurrentContext() ?? '';
  const names = config.getContexts().map((one) => one.name);
  if (!names.includes(name)) throw noContext(name, names);
  config.setCurrentContext(name);
  if (config.getCurrentCluster() === null || config.getCurrentUser() === null)
    throw new MlopsError(
      'invalid',
      `The context ${asName(name)} names a cluster or a user that the kubeconfig lacks.`,
      {
        hint: 'Repair the kubeconfig, or choose another context.',
      },
    );
  const chosen = { ...contextOf(config, name), config };
  choice.check?.(chosen);
  return chosen;
}

function contextOf(config: KubeConfig, name: string): KubeContext {
  const context = config.getContexts().find((one) => one.name === name);
  const cluster = config.getCluster(context?.cluster ?? '') ?? undefined;
  const user = config.getUser(context?.user ?? '') ?? undefined;
  const isCurrent = config.getCurrentContext() === name;
  return { name, namespace: context?.namespace, isCurrent, ...reachOf(cluster, user) };
}

function noContext(name: string, names: readonly string[]): MlopsError {
  const words =
    name === '' ? 'The kubeconfig has no current context.' : `The kubeconfig has no context ${asName(name)}.`;
  const there = names.slice(0, 10).map(asName).join(', ');
  return new MlopsError('notFound', words, {
    hint: names.length === 0 ? 'Its list of contexts is empty.' : `Name one of its contexts: ${there}.`,
  });
}

/** Of several files, the first that has a name counts, as for kubectl. */
async function readKubeconfig({ kubeconfig }: ContextChoice): Promise<KubeConfig> {
  const files = kubeconfig === undefined ? usualFiles() : [kubeconfig];
  const merged = new KubeConfig();
  let found = false;
  for (const file of files) {
    const config = await readFileOf(file);
    if (config === undefined) continue;
    found = true;
    merge(merged, config);
  }
  if (found) return merged;
  throw new MlopsError('notFound', `There is no kubeconfig at ${files.join(', ')}.`, {
    hint: 'Get one from whoever runs the cluster, or name its place in the setting mlops.connections (kubeconfig).',
  });
}

function usualFiles(): readonly string[] {
  const named = (process.env['KUBECONFIG'] ?? '').split(path.delimiter).filter((file) => file !== '');
  return named.length > 0 ? named : [path.join(homedir(), '.kube', 'config')];
}

async function readFileOf(file: string): Promise<KubeConfig | undefined> {
  try {
    return parseKubeconfig(await readFile(file, 'utf8'), path.dirname(file));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw new MlopsError('invalid', `The kubeconfig ${file} cannot be read:`, {
      outside: (messageOf(error).split('\n')[0] ?? '').slice(0, 200),
      hint: 'kubectl config view says whether it is in order.',
      cause: error,
    });
  }
}

function merge(into: KubeConfig, from: KubeConfig): void {
  const has = (list: readonly { readonly name: string }[], name: string) =>
    list.some((one) => one.name === name);
  for (const one of from.getClusters()) if (!has(into.getClusters(), one.name)) into.addCluster(one);
  for (const one of from.getUsers()) if (!has(into.getUsers(), one.name)) into.addUser(one);
  for (const one of from.getContexts()) if (!has(into.getContexts(), one.name)) into.addContext(one);
  // A file may have none, whatever the types say.
  if (!into.getCurrentContext() && from.getCurrentContext()) into.setCurrentContext(from.getCurrentContext());
}
