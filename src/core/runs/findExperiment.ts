import type { Experiment } from '../domain/experiment.ts';
import { sameWords } from '../domain/sameWords.ts';
import type { Experiments } from '../ports/experiments.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import { asName, quoted } from '../text/literal.ts';
import { nearest } from '../text/nearest.ts';

const most = 2000;

/** The experiments of a connection. Throws MlopsError unsupported where runs belong to none. */
export function experimentsOf({ experiments, connection }: PipelineBackend): Experiments {
  if (experiments !== undefined) return experiments;
  throw new MlopsError('unsupported', `${asName(connection.name)} has no experiments.`, {
    hint: 'Its runs go by their pipeline and their time; a server of Kubeflow Pipelines has experiments.',
  });
}

/** The experiment that a text means, by name in any case or by id, archived ones too. Throws MlopsError notFound. */
export async function findExperiment(
  backend: PipelineBackend,
  text: string,
  signal: AbortSignal,
): Promise<Experiment> {
  const list = experimentsOf(backend);
  const all = [...(await everyOne(list, false, signal)), ...(await everyOne(list, true, signal))];
  const wanted = sameWords(text);
  const found =
    all.find(({ id, name }) => id === text || name === text) ??
    all.find(({ name }) => sameWords(name) === wanted);
  if (found !== undefined) return found;
  const near = nearest(
    text,
    all.map(({ name }) => name),
    3,
  );
  throw new MlopsError('notFound', `There is no experiment ${quoted(text)}.`, {
    hint:
      near.length > 0
        ? `Did you mean ${near.map(asName).join(' or ')}?`
        : 'Create it first, or list the experiments.',
  });
}

async function everyOne(list: Experiments, archived: boolean, signal: AbortSignal) {
  const all: Experiment[] = [];
  let page: string | undefined;
  do {
    const more = page === undefined ? {} : { page };
    const listed = await list.list({ size: 200, archived, ...more }, signal);
    all.push(...listed.items);
    page = listed.next;
  } while (page !== undefined && all.length < most);
  return all;
}
