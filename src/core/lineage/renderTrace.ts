import type { Json } from '../domain/json.ts';
import type { Run, TaskRun } from '../domain/run.ts';
import { moment } from '../text/dates.ts';
import { code, count, nameText } from '../text/markdown.ts';
import { figureText, value } from '../text/values.ts';
import type { ObjectOrigin, Trace, TracedObject } from './traceObject.ts';

const mostValues = 30;

/** Where an object comes from, as Markdown. `place`: the connection of the run, where it has to be named. */
export function renderTrace(wanted: TracedObject, trace: Trace, place?: string): string {
  const { origin, looked, all } = trace;
  if (origin === undefined) {
    const object = 'name' in wanted ? wanted.name : [wanted.bucket, wanted.key].join('/');
    const runs = all ? 'No run' : `None of the newest ${looked} runs`;
    return `${runs} has ${code(object)} in its record, so it is not known what made it.`;
  }
  const { maker, taken, artifact } = origin;
  const object = code([artifact.object.bucket, artifact.object.key].join('/'));
  const what = `${object} is ${nameText(artifact.artifact)} (${nameText(artifact.type)})`;
  if (maker === undefined)
    return `${what} of ${code(artifact.run)}, where ${code(artifact.task)} took it from the cache; the run that made it is not known.`;
  const { run, task } = maker;
  const on = place === undefined ? '' : ` on ${nameText(place)}`;
  return [
    `${what}, made by ${code(task?.path ?? artifact.task)} of ${code(run.label)}${on} (${run.state}), ${moment(task?.endedAt ?? run.createdAt)}.`,
    ...(taken === undefined ? [] : [`${code(taken.label)} took it from the cache.`]),
    `- Pipeline: ${nameText(run.pipeline.name)}`,
    ...valuesLine('Parameters', run.parameters),
    ...valuesLine(`Inputs of ${code(artifact.task)}`, inputsOf(run, task)),
    ...metricsLine(run),
  ].join('\n');
}

/** The inputs of a task that are no parameters of the run with the same value. */
function inputsOf({ parameters }: Run, task: TaskRun | undefined): { readonly [name: string]: Json } {
  const said = new Map(Object.entries(parameters).map(([name, json]) => [name, JSON.stringify(json)]));
  const own = Object.entries(task?.inputs ?? {}).filter(
    ([name, json]) => said.get(name) !== JSON.stringify(json),
  );
  return Object.fromEntries(own);
}

function valuesLine(title: string, values: { readonly [name: string]: Json }): readonly string[] {
  const entries = Object.entries(values);
  if (entries.length === 0) return [];
  const shown = entries.slice(0, mostValues).map(([name, json]) => `${code(name)} = ${value(name, json)}`);
  const left = entries.length - mostValues;
  return [`- ${title}: ${shown.join(', ')}${left > 0 ? `, ${left} more` : ''}`];
}

function metricsLine({ metrics }: Run): readonly string[] {
  if (metrics.length === 0) return [];
  const shown = metrics
    .slice(0, 10)
    .map(({ name, value: figure }) => `${nameText(name)} ${figureText(figure)}`);
  const left = metrics.length - 10;
  return [`- Metrics of the run: ${shown.join(', ')}${left > 0 ? `, ${count(left, 'more metric')}` : ''}`];
}

/** One line of it, for a tooltip: "Made by train of iris-12, 2026-04-03 14:05". Plain text. */
export function traceLine({ maker, artifact }: ObjectOrigin): string {
  if (maker === undefined) return ['In the record of', artifact.run].join(' ');
  const at = moment(maker.task?.endedAt ?? maker.run.createdAt);
  return ['Made by', maker.task?.path ?? artifact.task, 'of', `${maker.run.label},`, at].join(' ');
}
