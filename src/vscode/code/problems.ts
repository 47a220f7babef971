import { hiddenPipelines, type PipelineId } from '../../core/domain/pipeline.ts';
import { variantsOf } from '../../core/domain/pipelineVariant.ts';
import type { RunId } from '../../core/domain/run.ts';
import type { Compiled } from '../../core/ports/pipelineBackend.ts';
import { errorLine } from '../../core/text/errorLine.ts';
import type { KnownCode } from './pipelineCode.ts';

/** A problem at a line of a file, which counts from 1. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** The problems in people's files: pipelines that cannot be read or compiled, and the lines that last runs failed on. */
export class Problems {
  #known: KnownCode = { pipelines: [], last: new Map(), failures: new Map() };
  readonly #compiling = new Map<PipelineId, Problem>();
  /** Failed runs whose file was changed at or above the line, so that it is unknown whether it would fail again. */
  readonly #doubtful = new Set<RunId>();

  /** Updates the pipelines and runs; compile errors of pipelines that are gone are dropped. */
  know(known: KnownCode): void {
    const readAgain = known.pipelines !== this.#known.pipelines;
    this.#known = known;
    if (!readAgain) return;
    const listed = new Set(known.pipelines.flatMap((pipeline) => variantsOf(pipeline).map(({ id }) => id)));
    for (const id of this.#compiling.keys()) if (!listed.has(id)) this.#compiling.delete(id);
  }

  /** Updates the result of compiling; true when that changes the problems. */
  compiled({ pipeline, error }: Omit<Compiled, 'kind'>): boolean {
    const { place } = error ?? {};
    if (error !== undefined && place !== undefined) {
      const { file, line = 1 } = place;
      this.#compiling.set(pipeline, { file, line, message: withoutPlace(error.message) });
      return true;
    }
    return (error === undefined || error.kind === 'notFound') && this.#compiling.delete(pipeline);
  }

  /** Notes that a file was changed from this line on; true when that changes the problems. */
  edited(file: string, line: number): boolean {
    const hit = [...this.#known.failures].filter(([, place]) => place.file === file && line <= place.line);
    const fresh = hit.filter(([run]) => !this.#doubtful.has(run));
    for (const [run] of fresh) this.#doubtful.add(run);
    return fresh.length > 0;
  }

  /** The pipelines with a compile error, and the file of the error. */
  get uncompiled(): ReadonlyMap<PipelineId, Problem> {
    return this.#compiling;
  }

  /** All problems, each once. */
  all(): readonly Problem[] {
    const all = [...this.#unreadable(), ...this.#compiling.values(), ...this.#failed()];
    return [...new Map(all.map((problem) => [JSON.stringify(problem), problem])).values()];
  }

  #unreadable(): readonly Problem[] {
    return this.#known.pipelines.flatMap(({ source, problem }) =>
      problem === undefined || problem.what === hiddenPipelines || source.file === undefined
        ? []
        : [{ file: source.file, line: problem.line ?? 1, message: problem.message }],
    );
  }

  #failed(): readonly Problem[] {
    return [...this.#known.failures].flatMap(([run, { file, line, changed, task }]) => {
      if (changed || this.#doubtful.has(run)) return [];
      return [{ file, line, message: `${errorLine(task.error)} (${run}, task ${task.path})` }];
    });
  }
}

/** Removes the place from "train.py, line 5: ValueError: no", since the problem is shown there. */
function withoutPlace(message: string): string {
  return message.replace(/^[^:]*, line \d+: /, '');
}
