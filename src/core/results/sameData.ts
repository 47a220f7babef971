import type { Run } from '../domain/run.ts';
import { code } from '../text/markdown.ts';
import type { DatasetFingerprints } from './datasets.ts';

const mostNamed = 4;

/**
 * Which datasets are the same in all of these runs, as far as their content was read, in a sentence of Markdown; empty for none. One that is
 * from the cache names the task that made it.
 */
export function sameDataText(runs: readonly Run[], datasets: DatasetFingerprints): string {
  const [first] = runs.map((run) => datasets.get(run.id));
  const same = [...(first ?? [])].flatMap(([name]) => {
    const all = runs.map((run) => datasets.get(run.id)?.get(name));
    const prints = all.map((one) =>
      one !== undefined && 'fingerprint' in one ? one.fingerprint : undefined,
    );
    return prints.every((print) => print !== undefined && print === prints[0]) ? [name] : [];
  });
  if (same.length === 0) return '';
  const all = runs.length === 2 ? 'both' : 'all';
  const named = same.slice(0, mostNamed).map((name) => sourceText(runs, name, all));
  const left = same.length - named.length;
  return `Same data: ${[...named, ...(left > 0 ? [`${left} more`] : [])].join('; ')}.`;
}

/** "both from `load-data` of `iris-3`", or the name of a dataset that was made anew with the same content. */
function sourceText(runs: readonly Run[], name: string, all: string): string {
  const task = name.slice(0, name.lastIndexOf('/'));
  const makers = new Set(runs.map((run) => makerOf(run, task)));
  const [maker] = makers;
  if (makers.size === 1 && maker !== undefined) return `${all} from ${code(task)} of ${code(maker)}`;
  return `${code(name)} has the same content in ${all}`;
}

/** The run that made the outputs of a task: the run itself, or the one from whose cache they are. */
function makerOf(run: Run, path: string): string | undefined {
  const task = run.tasks.find((one) => one.path === path);
  return task === undefined ? undefined : (task.cachedFrom?.label ?? run.label);
}
