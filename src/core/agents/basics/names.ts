import type { TaskNode } from '../../domain/pipeline.ts';
import { type Known, namesOf, simple } from './known.ts';

/** The names of all that exists, as they are compared, with what they are written as. */
export interface Names {
  readonly pipelines: {
    readonly byName: ReadonlyMap<string, string>;
    /** Each as it is compared, and as it is written. */
    readonly all: readonly (readonly [compared: string, written: string])[];
  };
  readonly runs: {
    /** By their labels and ids, without what stands between letters and numbers. */
    readonly byLabel: ReadonlyMap<string, string>;
    /** By "run-12". */
    readonly byNumber: ReadonlyMap<string, string>;
    /** By the names that people gave them; the newest of each. */
    readonly byName: ReadonlyMap<string, string>;
  };
  readonly tasks: readonly string[];
  readonly parameters: readonly string[];
  readonly buckets: readonly string[];
}

/** Collects the names of what exists, once for a sentence: there may be thousands. */
export function allNames({ pipelines, runs, buckets }: Known): Names {
  // Of what is called the same, the first is meant.
  const first = (entries: readonly (readonly [string, string])[]) => new Map(entries.toReversed());
  const plain = (text: string) => simple(text).replaceAll('-', '');
  return {
    pipelines: {
      byName: first(
        pipelines.flatMap((one) => namesOf(one).map((name) => [simple(name), one.name] as const)),
      ),
      all: pipelines.map(({ name }) => [simple(name), name] as const),
    },
    runs: {
      byLabel: first(
        runs.flatMap(({ id, label }) =>
          [id, label].filter((name) => /\D/.test(name)).map((name) => [plain(name), id] as const),
        ),
      ),
      byNumber: first(
        runs.flatMap(({ id, number }) => (number === undefined ? [] : [[`run-${number}`, id] as const])),
      ),
      byName: first(
        runs.flatMap(({ id, name, pipeline }) =>
          name.length < 3 || simple(name) === simple(pipeline.name) ? [] : [[simple(name), id] as const],
        ),
      ),
    },
    tasks: [...new Set(pipelines.flatMap(({ tasks = [] }) => namesOfTasks(tasks)))],
    parameters: [...new Set(pipelines.flatMap(({ parameters = [] }) => parameters.map(({ name }) => name)))],
    buckets,
  };
}

function namesOfTasks(tasks: readonly TaskNode[]): readonly string[] {
  return tasks.flatMap(({ name, children }) => [name, ...namesOfTasks(children)]);
}
