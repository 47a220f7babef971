import { someNames } from '../text/someNames.ts';
import type { RunSummary } from '../domain/run.ts';
import { count } from '../text/markdown.ts';
import { size } from '../text/units.ts';
import { comparedBytes, type DatasetFingerprint, type DatasetFingerprints, type Unread } from './datasets.ts';

/** A dataset of a run with its fingerprint. */
interface Found {
  /** What people call the run. */
  readonly run: string;
  readonly name: string;
  readonly fingerprint: DatasetFingerprint;
}

/**
 * Which datasets were not compared completely, so that a difference may be hidden, a sentence each. A dataset that only one
 * run has is left out, and so is one that is the same object in all.
 */
export function notCompared(runs: readonly RunSummary[], datasets: DatasetFingerprints): readonly string[] {
  const byName = new Map<string, Found[]>();
  for (const { id, label } of runs) {
    for (const [name, fingerprint] of datasets.get(id) ?? [])
      byName.set(name, [...(byName.get(name) ?? []), { run: label, name, fingerprint }]);
  }
  const shared = [...byName.values()].filter((sameName) => sameName.length > 1);
  const all = shared.flat();
  return [
    beginningsNote(shared),
    tooManyRunsNote(all, runs.length),
    unreadNote(all, 'tooManyDatasets', 'were not compared, there are too many'),
    unreadNote(all, 'folder', 'are folders, whose content was not compared'),
    unreadNote(all, 'unreadable', 'could not be read and were not compared'),
  ].filter((note) => note !== '');
}

function beginningsNote(shared: readonly (readonly Found[])[]): string {
  const names = shared
    .filter((sameName) =>
      sameName.some((dataset) =>
        sameName.some((other) => equalSoFar(dataset.fingerprint, other.fingerprint)),
      ),
    )
    .flatMap(([dataset]) => (dataset === undefined ? [] : [dataset.name]));
  if (names.length === 0) return '';
  return `Only the size and the first ${size(comparedBytes)} of ${someNames(names)} were compared: a difference further on is not seen.`;
}

/** True for different objects that are equal as far as they were read. */
function equalSoFar(a: DatasetFingerprint, b: DatasetFingerprint): boolean {
  if ('unread' in a || 'unread' in b) return false;
  return a.fingerprint === b.fingerprint && a.beginningOf !== b.beginningOf;
}

function tooManyRunsNote(all: readonly Found[], of: number): string {
  const left = new Set(unreadOf(all, 'tooManyRuns').map(({ run }) => run)).size;
  if (left === 0) return '';
  return `The datasets of ${left} of ${count(of, 'run')} were not compared: these are too many runs to read them all.`;
}

function unreadNote(all: readonly Found[], why: Unread, what: string): string {
  const unread = unreadOf(all, why);
  if (unread.length === 0) return '';
  const names = unread.map(({ name, run }) => (why === 'unreadable' ? `${name} of ${run}` : name));
  return `These datasets ${what}: ${someNames([...new Set(names)])}.`;
}

const unreadOf = (all: readonly Found[], why: Unread) =>
  all.filter(({ fingerprint }) => 'unread' in fingerprint && fingerprint.unread === why);
