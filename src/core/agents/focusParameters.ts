import type { Focus, FocusParameters } from '../domain/focus.ts';
import { type Json, sameJson } from '../domain/json.ts';
import type { Parameter } from '../domain/pipeline.ts';
import type { Run, RunId } from '../domain/run.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import { redactJson } from '../runs/redactedRun.ts';
import { redactor } from '../text/redact.ts';
import { isHidden, secretMark } from '../text/secretNames.ts';

/** Most characters of one value and of all: longer ones are left out, since a part of a value is none. */
const longestValue = 200;
const longestOfAll = 600;

/**
 * The focus with the parameters of its run; as it is where the run cannot be read or has none. The pipeline, which may have to be
 * compiled or asked of a server, is read only where not all values have room: its defaults decide which are left out.
 */
export async function withParameters(
  focus: Focus,
  backend: PipelineBackend,
  signal: AbortSignal,
): Promise<Focus> {
  if (focus.run === undefined) return focus;
  const run = await backend.getRun(focus.run as RunId, signal).catch(() => undefined);
  if (run === undefined || Object.keys(run.parameters).length === 0) return focus;
  const all = parametersOf(run);
  if (all.left === 0) return { ...focus, parameters: all };
  // Without the pipeline nobody knows its defaults, and the values stay in the order of the run.
  const declared = await backend.getPipeline(run.pipeline.id, signal).catch(() => undefined);
  return { ...focus, parameters: parametersOf(run, declared?.parameters) };
}

/** The values of a run for a prompt: those that differ from the defaults first, as many as have room, secrets as dots. */
export function parametersOf(
  run: Pick<Run, 'parameters'>,
  declared: readonly Parameter[] = [],
): FocusParameters {
  const hide = redactor(run);
  const entries = Object.entries(run.parameters);
  const isDefault = ([name, value]: readonly [string, Json]) =>
    declared.some((parameter) => parameter.name === name && sameJson(parameter.default, value));
  const ordered = [...entries.filter((entry) => !isDefault(entry)), ...entries.filter(isDefault)];
  let room = longestOfAll;
  const fitting = ordered
    .map(([name, value]) => [name, isHidden(name, value) ? secretMark : redactJson(value, hide)] as const)
    .filter(([name, value]) => {
      const length = JSON.stringify([name, value]).length;
      const fits = length <= Math.min(longestValue, room);
      if (fits) room -= length;
      return fits;
    });
  return { values: Object.fromEntries(fitting), left: entries.length - fitting.length };
}
