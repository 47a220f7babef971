import * as z from 'zod';
import type { Json, JsonObject } from '../../core/domain/json.ts';
import { jsonOf } from './api.ts';

/** What the driver gives a task, and what the task says when it ends: ExecutorInput and ExecutorOutput of Kubeflow's API. */

const json = z.json() as z.ZodType<Json>;
const object = z.record(z.string(), json);
const values = z.record(z.string(), json).default({});

const runtimeArtifact = z.looseObject({
  name: z.string().default(''),
  type: z.looseObject({ schemaTitle: z.string().optional() }).optional(),
  uri: z.string().optional(),
  metadata: object.optional(),
});
const artifacts = z
  .record(z.string(), z.looseObject({ artifacts: z.array(runtimeArtifact).default([]) }))
  .default({});

const executorInput = z.looseObject({
  inputs: z.looseObject({ parameterValues: values, artifacts }).prefault({}),
  outputs: z.looseObject({ artifacts }).prefault({}),
});
const executorOutput = z.looseObject({ parameterValues: values, artifacts });

const patch = z.looseObject({
  containers: z.array(
    z.looseObject({ command: z.array(z.string()).default([]), args: z.array(z.string()).default([]) }),
  ),
});

export type RuntimeArtifact = z.infer<typeof runtimeArtifact>;
export type ExecutorInput = z.infer<typeof executorInput>;
export type ExecutorOutput = z.infer<typeof executorOutput>;

/** What a task's driver put into the patch of its pod; undefined for a task of the cache, whose patch is empty. */
export function executorInputIn(podSpecPatch: string): ExecutorInput | undefined {
  const decoded = patch.safeParse(jsonOf(podSpecPatch));
  if (!decoded.success) return undefined;
  const words = decoded.data.containers.flatMap(({ command, args }) => [...command, ...args]);
  // The component's own words have the option as well, with a placeholder behind it.
  for (const [index, word] of words.entries()) {
    const input = word === '--executor_input' ? jsonOf(words[index + 1] ?? '') : undefined;
    if (input !== undefined) return executorInput.safeParse(input).data;
  }
  return undefined;
}

const written = /^[IWE]\d{4} [\d:.]+ +\d+ [\w.]+:\d+\] ExecutorOutput: (?=\{)/gm;

/** What a task wrote, which its launcher prints after the task's own lines; undefined where the log has no such line. */
export function executorOutputIn(log: string): ExecutorOutput | undefined {
  const last = [...log.matchAll(written)].at(-1);
  if (last === undefined) return undefined;
  const text = log.slice(last.index + last[0].length);
  const end = /^\}[ \t]*\r?$/m.exec(text);
  const whole = text.startsWith('{}') ? '{}' : text.slice(0, end === null ? undefined : end.index + 1);
  const decoded = executorOutput.safeParse(jsonOf(whole));
  return decoded.success ? decoded.data : undefined;
}

/** The type of an artifact as people name it. */
export function typeName(schemaTitle: string | undefined): string {
  return schemaTitle?.replace(/^system\./, '') ?? 'Artifact';
}

export type Metadata = JsonObject;
