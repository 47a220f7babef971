import { createInterface } from 'node:readline';
import * as z from 'zod';
import type { Clock } from '../../core/ports/clock.ts';
import type { Log } from '../../core/ports/log.ts';
import { isCancelled, messageOf, MlopsError } from '../../core/ports/mlopsError.ts';
import type { KubeApi, Query } from './kubeApi.ts';

export interface WatchDeps {
  readonly api: KubeApi;
  readonly clock: Clock;
  readonly log: Log;
}

/** Objects of one kind: a path such as `/api/v1/namespaces/kubeflow/pods`, and which of them. */
export interface Watched {
  readonly path: string;
  readonly labelSelector?: string;
}

const list = z.looseObject({ metadata: z.looseObject({ resourceVersion: z.string() }) });
const line = z.looseObject({
  type: z.string(),
  object: z.looseObject({
    code: z.number().optional(),
    metadata: z
      .looseObject({ name: z.string().optional(), resourceVersion: z.string().optional() })
      .optional(),
  }),
});

/** How long the server keeps one watch open, in seconds; then it begins where it ended. */
const longestWatch = 300;
/** Workflows are large, and what changed in them is read elsewhere. */
const metadataAlone = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';
const [shortestPause, longestPause] = [1000, 60_000];

/**
 * Tells the names of objects that change, from now on until `signal` aborts. A watch that breaks begins again, ever later
 * while the cluster gives no answer; changes in between are not told, but that something may have changed is (without a
 * name). Ends where the cluster does not allow it.
 */
export async function watchObjects(
  deps: WatchDeps,
  watched: Watched,
  changed: (name: string | undefined) => void,
  signal: AbortSignal,
): Promise<void> {
  let version: string | undefined;
  let missed = false;
  for (let pause = shortestPause; !signal.aborted;) {
    try {
      if (version === undefined) {
        version = await newestVersion(deps.api, watched, signal);
        if (missed) changed(undefined);
      }
      version = await watchFrom(deps.api, watched, { version, changed }, signal);
      missed ||= version === undefined;
      pause = shortestPause;
    } catch (error) {
      if (signal.aborted || isCancelled(error)) return;
      deps.log.warn(`Changes could not be followed: ${messageOf(error)}`);
      if (error instanceof MlopsError && (error.kind === 'forbidden' || error.kind === 'notFound')) return;
      [version, missed] = [undefined, true];
      await deps.clock.delay(pause, signal).catch(() => undefined);
      pause = Math.min(longestPause, pause * 2);
    }
  }
}

async function newestVersion(
  api: KubeApi,
  { path, labelSelector }: Watched,
  signal: AbortSignal,
): Promise<string> {
  const { metadata } = await api.json(path, list, signal, { limit: 1, labelSelector });
  return metadata.resourceVersion;
}

/** Follows until the server ends it. Returns where to go on; undefined where that is too long ago. */
async function watchFrom(
  api: KubeApi,
  { path, labelSelector }: Watched,
  from: { readonly version: string; readonly changed: (name: string) => void },
  signal: AbortSignal,
): Promise<string | undefined> {
  const query: Query = {
    watch: true,
    allowWatchBookmarks: true,
    timeoutSeconds: longestWatch,
    resourceVersion: from.version,
    labelSelector,
  };
  const answer = await api.stream(path, signal, query, metadataAlone);
  let { version } = from;
  for await (const text of createInterface({ input: answer })) {
    const { type, object } = line.parse(JSON.parse(text));
    if (type === 'ERROR') return undefined;
    version = object.metadata?.resourceVersion ?? version;
    if (type !== 'BOOKMARK' && object.metadata?.name !== undefined) from.changed(object.metadata.name);
  }
  return version;
}
