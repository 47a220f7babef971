import type * as vscode from 'vscode';
import * as z from 'zod';
import type { PipelineId } from '../../core/domain/pipeline.ts';
import type { Values } from '../../core/pipelines/parameterForm.ts';
import { holdsSecret } from '../../core/text/secretNames.ts';

const key = 'mlops.lastValues';
const mostPipelines = 50;
/** A value whose JSON is longer is not kept. */
const longestValue = 4000;

const kept = z.array(z.object({ pipeline: z.string(), values: z.record(z.string(), z.json()) }));

/** The values that a pipeline was last run with, where they were not the defaults. */
export function lastValues(state: vscode.Memento, pipeline: PipelineId): Values {
  return read(state).find((one) => one.pipeline === pipeline)?.values ?? {};
}

/** Keeps the values of a pipeline for the next time, those of the last 50 pipelines; never a secret. */
export function keepValues(state: vscode.Memento, pipeline: PipelineId, values: Values): void {
  const keepable = Object.entries(values).filter(
    ([name, value]) => !holdsSecret(name, value) && JSON.stringify(value).length <= longestValue,
  );
  const others = read(state).filter((one) => one.pipeline !== pipeline);
  const now = [{ pipeline, values: Object.fromEntries(keepable) }, ...others];
  void state.update(key, now.filter((one) => Object.keys(one.values).length > 0).slice(0, mostPipelines));
}

function read(state: vscode.Memento): z.infer<typeof kept> {
  return kept.safeParse(state.get(key)).data ?? [];
}
