import type * as vscode from 'vscode';
import * as z from 'zod';
import { type ConnectionId, thisMachine } from '../../core/domain/connection.ts';
import type { Json } from '../../core/domain/json.ts';
import type { PipelineId } from '../../core/domain/pipeline.ts';
import type { ParameterValues } from '../../core/pipelines/parameterForm.ts';
import { redact } from '../../core/text/redact.ts';
import { holdsSecret } from '../../core/text/secretNames.ts';

const key = 'mlops.lastValues';
const mostPipelines = 50;
/** Longest JSON of a value that is kept. */
const longestValue = 4000;

const kept = z.array(
  z.object({
    // Missing in what 0.1.0 kept.
    connection: z.string().default(thisMachine),
    pipeline: z.string(),
    values: z.record(z.string(), z.json()),
  }),
);
type Kept = readonly {
  readonly connection: string;
  readonly pipeline: string;
  readonly values: ParameterValues;
}[];

/** A pipeline of a connection. */
export interface PipelineRef {
  readonly connection: ConnectionId;
  readonly pipeline: PipelineId;
}

/** The values that a pipeline was last run with, where they differ from the defaults. */
export function lastValues(state: vscode.Memento, pipeline: PipelineRef): ParameterValues {
  return read(state).find((entry) => isSame(entry, pipeline))?.values ?? {};
}

/** Keeps the values of a pipeline for the next time, those of the last 50 pipelines; never a secret. */
export function keepValues(state: vscode.Memento, of: PipelineRef, values: ParameterValues): void {
  const short = Object.entries(keepable(values)).filter(
    ([, value]) => JSON.stringify(value).length <= longestValue,
  );
  const others = read(state).filter((entry) => !isSame(entry, of));
  const now = [{ ...of, values: Object.fromEntries(short) }, ...others];
  void state.update(key, now.filter((entry) => Object.keys(entry.values).length > 0).slice(0, mostPipelines));
}

function isSame(entry: Kept[number], { connection, pipeline }: PipelineRef): boolean {
  return entry.connection === connection && entry.pipeline === pipeline;
}

/** A secret is not kept: recognized by its name, or by its form, such as an address with a login. */
function mayBeKept(name: string, value: Json): boolean {
  const text = JSON.stringify(value);
  return !holdsSecret(name, value) && redact(text) === text;
}

/** The kept values, without secrets that an earlier version kept. */
function read(state: vscode.Memento): Kept {
  const held = kept.safeParse(state.get(key)).data ?? [];
  const clean = held.map((entry) => ({ ...entry, values: keepable(entry.values) }));
  const count = (all: Kept) => all.reduce((sum, { values }) => sum + Object.keys(values).length, 0);
  if (count(clean) === count(held)) return held;
  const left = clean.filter(({ values }) => Object.keys(values).length > 0);
  void state.update(key, left);
  return left;
}

function keepable(values: ParameterValues): ParameterValues {
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => mayBeKept(name, value)));
}
