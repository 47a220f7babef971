import { hasWords, sameWords } from '../domain/sameWords.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import type { PipelineBackend, RunQuery } from '../ports/pipelineBackend.ts';
import { asName, quoted } from '../text/literal.ts';
import { someNames } from '../text/someNames.ts';
import { headlineMetric } from './headlineMetric.ts';

const mostLookedAt = 200;

/**
 * The metric that a text means among those of the newest 200 runs of a query: by its name, else by its words. Without a text the headline of
 * the newest run that has one. Throws MlopsError notFound with the metrics that there are, and conflict where several fit.
 */
export async function findMetric(
  backend: PipelineBackend,
  query: Omit<RunQuery, 'page' | 'size' | 'order'>,
  text: string | undefined,
  signal: AbortSignal,
): Promise<string> {
  const { items } = await backend.listRuns({ ...query, size: mostLookedAt, withMetrics: true }, signal);
  const figures = items.flatMap((run) => run.metrics).filter(({ value }) => typeof value === 'number');
  const names = [...new Set(figures.map(({ name }) => name))];
  const wanted = text ?? items.map((run) => headlineMetric(run.metrics)).find(Boolean)?.name ?? '';
  const ofTasks = figures.map(({ task, name }) => `${task}/${name}`);
  for (const found of [
    names.filter((name) => isSame(name, wanted)),
    ofTasks.filter((name) => isSame(name, wanted)).slice(0, 1),
    names.filter((name) => hasWords(name, wanted)),
    names.filter((name) => hasWords(wanted, name)),
  ]) {
    const [first] = found;
    if (new Set(found.map(sameWords)).size > 1) throw severalFit(wanted, found);
    if (first !== undefined) return first;
  }
  throw noneFits(wanted, names);
}

const isSame = (name: string, text: string) => sameWords(name) === sameWords(text);

function severalFit(text: string, names: readonly string[]): MlopsError {
  return new MlopsError('conflict', `Several metrics fit ${quoted(text)}: ${named(names)}.`, {
    hint: 'Name the one meant.',
  });
}

function noneFits(text: string, names: readonly string[]): MlopsError {
  if (names.length === 0)
    return new MlopsError('notFound', 'None of these runs has a metric that is a number.');
  return new MlopsError('notFound', `None of these runs has a metric ${quoted(text)}.`, {
    hint: `Their metrics are ${named(names)}.`,
  });
}

const named = (names: readonly string[]) => someNames(names.map(asName), 20);
