import type { RunId, TaskError } from '../../core/domain/run.ts';
import { isCancelled, MlopsError } from '../../core/ports/mlopsError.ts';
import { containerKind, type PythonComponent } from '../../core/pipelineSpec/pythonComponent.ts';
import type { LeafTask } from '../../core/pipelineSpec/walkTasks.ts';
import { exceptionInLog } from '../../core/runs/exceptionInLog.ts';
import { type ExecutorOutput, executorOutputIn } from './executor.ts';
import type { WorkflowNode } from './schema.ts';
import type { StepLogs } from './stepLogs.ts';
import type { ToldTask } from './tasks.ts';

/** What the log of an ended task tells of it. */
export interface LogFacts {
  readonly output?: ExecutorOutput;
  readonly error?: TaskError;
}

const nothing: LogFacts = {};
const mostKept = 5000;

/** Reads what the logs of ended tasks tell, each log once. */
export class TaskFacts {
  readonly #logs: StepLogs;
  /** By run, node and the end of the node, since a retry begins it again. */
  readonly #known = new Map<string, LogFacts>();

  constructor(logs: StepLogs) {
    this.#logs = logs;
  }

  /** `final` for a run that has ended, whose logs will not come any more. */
  async of(
    asked: { readonly run: RunId; readonly told: ToldTask; readonly leaf: LeafTask; readonly final: boolean },
    signal: AbortSignal,
  ): Promise<LogFacts> {
    const { run, told, leaf, final } = asked;
    const node = told.attempts.at(-1);
    if (node === undefined || !hasFacts(told, leaf)) return nothing;
    const key = `${run}/${node.id}/${node.finishedAt ?? ''}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    try {
      const log = await this.#logs.read({ run, node, task: told.run.path }, signal);
      return this.#keep(key, factsIn(log, told, leaf));
    } catch (error) {
      if (isCancelled(error)) throw error;
      const isMissing = error instanceof MlopsError && error.kind === 'notFound';
      return isMissing && final ? this.#keep(key, nothing) : nothing;
    }
  }

  #keep(key: string, facts: LogFacts): LogFacts {
    this.#known.set(key, facts);
    const [oldest] = this.#known.keys();
    if (this.#known.size > mostKept && oldest !== undefined) this.#known.delete(oldest);
    return facts;
  }
}

/** The Python of a task, where the pipeline has it. */
export function pythonOf({ executor }: LeafTask): PythonComponent | undefined {
  const kind = executor.container && containerKind(executor.container, undefined);
  return kind?.kind === 'python' ? kind.component : undefined;
}

/** Only Python of the SDK says what it wrote, and only what ended by itself says why it failed. */
function hasFacts({ run, attempts }: ToldTask, { component, executor }: LeafTask): boolean {
  if (run.state === 'failed') return endedByItself(attempts.at(-1));
  if (run.state !== 'succeeded' || executor.container === undefined) return false;
  const { parameters = {}, artifacts = {} } = component.outputDefinitions ?? {};
  const writes = Object.keys(parameters).length + Object.keys(artifacts).length > 0;
  return writes && containerKind(executor.container, undefined).kind !== 'container';
}

/** Signals end what the kernel or a person ends, which prints no exception. */
function endedByItself(node: WorkflowNode | undefined): boolean {
  const [, code] = /\(exit code (\d+)\)$/.exec(node?.message ?? '') ?? [];
  return code !== undefined && Number(code) < 128;
}

function factsIn(log: string, { run }: ToldTask, leaf: LeafTask): LogFacts {
  if (run.state === 'failed') {
    const error = exceptionInLog(log, pythonOf(leaf));
    return error === undefined ? nothing : { error };
  }
  const output = executorOutputIn(log);
  return output === undefined ? nothing : { output };
}
