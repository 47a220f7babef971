// A process of its own with the stand-in for Kubeflow Pipelines: its work is not counted as ours.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { uploadTo } from '../servers/kfp/client.ts';
import type { Life, Report } from '../servers/kfp/life.ts';
import { addCopies, startRunOf } from '../servers/kfp/manyRuns.ts';
import { startKfpServer } from '../servers/kfp/server.ts';

/** What it is asked: to let a run begin or change now, to end it, to let an hour pass, or how many requests came. */
export type KfpOrder = 'begin' | 'change' | 'end' | 'later' | 'count';

const hour = 3_600_000;
const file = path.join(import.meta.dirname, '..', 'recordings', 'kfp', 'pipelines', 'iris_train.yaml');

const server = await startKfpServer({ behind: hour, step: 1000 });
const pipeline = await uploadTo(server, { name: 'iris', text: await readFile(file, 'utf8') });
const original = await startRunOf(server, pipeline);
server.advance(hour);
addCopies(server, original, Number(process.argv[2]) - 1);
let lively: LivelyRun | undefined;

process.on('message', (order: KfpOrder) => {
  if (order !== 'count') act(order);
  process.send?.({ at: Date.now(), count: server.calls.length });
});
process.on('disconnect', () => process.exit());
process.send?.({ address: server.address });

function act(order: Exclude<KfpOrder, 'count'>): void {
  if (order === 'later') server.advance(hour);
  else if (order === 'begin') {
    const of = server.state.runs.get(original);
    if (of === undefined) throw new Error('The run is gone.');
    lively = new LivelyRun(of.life);
    const [id, createdAt] = [`${Date.now()}`, Date.now()];
    server.state.runs.set(id, { ...of, id, name: 'lively', createdAt, life: lively });
  } else lively?.go(order);
}

/** The life of a run whose state is set from outside. */
class LivelyRun implements Life {
  readonly workflow: string;
  readonly #like: Life;
  #state = 'PENDING';

  constructor(like: Life) {
    this.#like = like;
    this.workflow = like.workflow;
  }

  go(order: 'change' | 'end'): void {
    this.#state = order === 'end' ? 'SUCCEEDED' : this.#state === 'RUNNING' ? 'PENDING' : 'RUNNING';
  }

  report(now: number): Report {
    const { manifest } = this.#like.report(now);
    const history = [{ at: now, state: this.#state }];
    return { state: this.#state, history, finishedAt: 0, tasks: [], manifest };
  }

  log = () => undefined;
  terminate = () => 'ended' as const;
  retry = () => 'refused' as const;
  play = () => undefined;
  vanish = () => undefined;

  inKubernetes(now: number): ReturnType<Life['inKubernetes']> {
    return this.#like.inKubernetes(now);
  }
}
