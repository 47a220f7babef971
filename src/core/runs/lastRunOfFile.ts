import type { RunSummary } from '../domain/run.ts';

/**
 * Of runs, newest first, the last one of a file's pipelines, whether they ran as Python or as the YAML compiled beside it;
 * else the newest of all.
 */
export function lastRunOfFile(runs: readonly RunSummary[], file: string): RunSummary | undefined {
  const wanted = stem(file);
  const ofFile = runs.find(
    ({ pipeline: { source } }) => source?.file !== undefined && stem(source.file) === wanted,
  );
  return ofFile ?? runs[0];
}

const stem = (file: string) => file.replace(/\.(py|ya?ml|json)$/, '');
