import * as z from 'zod';
import type { RunId } from '../../core/domain/run.ts';
import { collected } from '../../core/logs/bytes.ts';
import { isCancelled, MlopsError } from '../../core/ports/mlopsError.ts';
import type { ObjectStore } from '../../core/ports/objectStore.ts';
import { asName } from '../../core/text/literal.ts';
import { jsonOf, type KubeflowApi, part } from './api.ts';
import type { WorkflowNode } from './schema.ts';

const failure = z.looseObject({ error_message: z.string() });
/** Most bytes of a log that are read from the store. */
const longestLog = 64 << 20;

/** A step of a run. */
export interface Step {
  readonly run: RunId;
  readonly node: WorkflowNode;
  /** What it is in words, for messages. */
  readonly task: string;
}

/** Reads logs of steps: from the server, which asks the pod and then its archive, else from the archive itself. */
export class StepLogs {
  readonly #api: KubeflowApi;
  readonly #objects: (() => Promise<ObjectStore>) | undefined;

  constructor(api: KubeflowApi, objects: (() => Promise<ObjectStore>) | undefined) {
    this.#api = api;
    this.#objects = objects;
  }

  /** The whole log. Throws MlopsError notFound where nobody has it any more. */
  async read({ run, node, task }: Step, signal: AbortSignal): Promise<string> {
    try {
      return await readNodeLog(this.#api, { id: run, node: node.id, task }, signal);
    } catch (error) {
      if (!(error instanceof MlopsError) || error.kind !== 'notFound') throw error;
      const archived = await this.#archived(node, signal);
      if (archived === undefined) throw error;
      return archived;
    }
  }

  async #archived({ archivedLog }: WorkflowNode, signal: AbortSignal): Promise<string | undefined> {
    if (archivedLog === undefined || this.#objects === undefined) return undefined;
    try {
      const store = await this.#objects();
      const { bucket, key } = archivedLog;
      const bytes = await collected(store.read(bucket, key, { limit: longestLog }, signal));
      return new TextDecoder().decode(bytes);
    } catch (error) {
      // The server's word that there is no log tells more than why this second place has none.
      if (isCancelled(error)) throw error;
      return undefined;
    }
  }
}

/** The whole log of a node, as the server has it. */
async function readNodeLog(
  api: KubeflowApi,
  { id, node, task }: { readonly id: RunId; readonly node: string; readonly task: string },
  signal: AbortSignal,
): Promise<string> {
  const path = `/apis/v1alpha1/runs/${part(id)}/nodes/${part(node)}/log`;
  return logIn(await api.text({ path }, signal), task);
}

/** The log of an answer. A failure comes with the status of a success, alone or after what could be read. */
function logIn(text: string, task: string): string {
  const alone = failure.safeParse(jsonOf(text));
  if (alone.success)
    throw new MlopsError('notFound', `The server has no log of ${asName(task)}.`, {
      outside: alone.data.error_message.slice(0, 300),
      hint: 'Its pod is gone and no log was archived.',
    });
  const at = text.lastIndexOf('{"error_message":');
  return at > 0 && failure.safeParse(jsonOf(text.slice(at))).success ? text.slice(0, at) : text;
}
