import { snakeCase } from '../text/snakeCase.ts';
import { someNames } from '../text/someNames.ts';
import { sameJson } from '../domain/json.ts';
import type { RunSummary } from '../domain/run.ts';
import { own } from '../domain/own.ts';
import { shownValue } from '../text/values.ts';
import type { DatasetFingerprints } from './datasets.ts';

/** Parameters whose names suggest that they choose or split the data. */
const chooses = {
  data: /(^|_)(data|dataset|datasets|path|file|files|uri|url|table|query|source|input|bucket|columns|features|target|label|rows|limit|sample|samples|n_samples|subset)(_|$)/,
  split:
    /(^|_)(split|test_size|train_size|val_size|test_fraction|train_fraction|holdout|fold|folds|cv|shuffle|stratify|seed|random_state|random_seed)(_|$)/,
} as const;

const ends: Readonly<Record<string, string>> = {
  failed: 'failed',
  stopped: 'was stopped',
  interrupted: 'was interrupted',
  skipped: 'was skipped',
};

/**
 * Why the figures of these runs may not be comparable, a sentence each: different
 * pipelines, runs that did not succeed, datasets with different content, parameters that by their name choose the data
 * or its split.
 */
export function comparabilityWarnings(
  runs: readonly RunSummary[],
  datasets: DatasetFingerprints,
): readonly string[] {
  return [
    pipelinesWarning(runs),
    statesWarning(runs),
    datasetsWarning(runs, datasets),
    parametersWarning(runs, 'data'),
    parametersWarning(runs, 'split'),
  ].filter((warning) => warning !== '');
}

/**
 * Why figures of these runs may differ by more than what was learnt, a sentence each, as far as the runs themselves tell: different
 * pipelines, parameters that by their name choose the data or its split.
 */
export function figureComparability(runs: readonly RunSummary[]): readonly string[] {
  return [pipelinesWarning(runs), parametersWarning(runs, 'data'), parametersWarning(runs, 'split')].filter(
    (warning) => warning !== '',
  );
}

function pipelinesWarning(runs: readonly RunSummary[]): string {
  const names = [...new Set(runs.map((run) => run.pipeline.name))];
  if (names.length < 2) return '';
  return `These are runs of different pipelines (${someNames(names)}): figures of the same name may mean different things.`;
}

function statesWarning(runs: readonly RunSummary[]): string {
  const others = runs
    .filter((run) => run.state !== 'succeeded')
    .map((run) => `${run.label} ${ends[run.state] ?? `is ${run.state}`}`);
  return others.length === 0 ? '' : `${someNames(others)}: figures may be missing.`;
}

function datasetsWarning(runs: readonly RunSummary[], datasets: DatasetFingerprints): string {
  const all = runs.flatMap((run) => datasets.get(run.id) ?? []);
  const names = [...new Set(all.flatMap((fingerprints) => [...fingerprints.keys()]))];
  const differing = names.filter((name) => {
    const read = all
      .map((fingerprints) => fingerprints.get(name))
      .filter((dataset) => dataset !== undefined && 'fingerprint' in dataset);
    return new Set(read.map(({ fingerprint }) => fingerprint)).size > 1;
  });
  if (differing.length === 0) return '';
  return `Not the same data: ${someNames(differing)} ${differing.length === 1 ? 'has' : 'have'} different content in these runs. Figures measured on different data cannot be compared.`;
}

function parametersWarning(runs: readonly RunSummary[], what: keyof typeof chooses): string {
  const names = [...new Set(runs.flatMap((run) => Object.keys(run.parameters)))];
  const differing = names
    .filter((name) => chooses[what].test(snakeCase(name)))
    .filter((name) =>
      runs.some((run) => !sameJson(own(run.parameters, name), own(runs[0]?.parameters, name))),
    )
    .map(
      (name) =>
        `${name} ${[...new Set(runs.map((run) => shownValue(name, own(run.parameters, name), 40)))].slice(0, 3).join(' → ')}`,
    );
  if (differing.length === 0) return '';
  return what === 'data'
    ? `The data may not be the same: ${someNames(differing)}.`
    : `The data was divided differently: ${someNames(differing)}. Figures measured on another split may differ by that alone.`;
}
