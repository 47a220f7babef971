import type { RunId } from '../../core/domain/run.ts';
import { leafTasks } from '../../core/pipelineSpec/walkTasks.ts';
import { isCancelled, MlopsError } from '../../core/ports/mlopsError.ts';
import type {
  PodEvidence,
  RunEvidence,
  StepEvidence,
  TaskEvidence,
  Unseen,
} from '../../core/ports/runEvidence.ts';
import type { RunPods } from '../../core/ports/runPods.ts';
import { asOnTerminal } from '../../core/text/terminalText.ts';
import { wasRestarted } from '../../core/diagnosis/signs.ts';
import { artifactSources, inIterationOf } from './artifactSources.ts';
import { nodeEvidence, podsAt } from './nodeEvidence.ts';
import { placeOfNode } from './nodePath.ts';
import type { KnownRun } from './runs.ts';
import type { WorkflowNode } from './schema.ts';
import type { StepLogs } from './stepLogs.ts';
import { pythonOf } from './taskFacts.ts';
import { timeOf } from './times.ts';
import type { Workflow } from './workflow.ts';

export interface EvidenceDeps {
  readonly logs: StepLogs;
  /** The pods of the workflow, where this connection has access to Kubernetes. */
  readonly pods: RunPods | undefined;
}

const mostLogs = 6;
const lastLines = 200;
const longestTail = 64 * 1024;

/** What the server, the logs of what failed, and Kubernetes tell of a run's programs. */
export async function readEvidence(
  { logs: reader, pods: source }: EvidenceDeps,
  known: KnownRun,
  workflow: Workflow | undefined,
  signal: AbortSignal,
): Promise<RunEvidence> {
  const { run } = known;
  const stopAskedAt = run.state_history.find(({ state }) => state === 'CANCELING')?.update_time;
  const stop = stopAskedAt === undefined ? {} : { stopAskedAt };
  if (workflow === undefined)
    return {
      tasks: [],
      workflow: undefined,
      ...stop,
      unseen: [{ text: 'its workflow, which the server does not give' }],
    };
  const nodes = [...workflow.nodes.values()];
  const [pods, logs] = await Promise.all([
    podsOf({ run: run.run_id, workflow: workflow.name }, source, signal),
    logsOf(reader, run.run_id as RunId, nodes, workflow, signal),
  ]);
  const earlier = await previousLogs(pods.pods, source, signal);
  const step = (node: WorkflowNode): StepEvidence => {
    const own = podsAt(node, pods.pods);
    const log = logs.texts.get(node.id) ?? earlier.get(own.at(-1)?.name ?? '');
    return { ...nodeEvidence(node), pods: own, ...(log === undefined ? {} : { log }) };
  };
  return {
    tasks: tasksIn(workflow, known, step),
    workflow: workflow.state,
    ...stop,
    unseen: [...pods.unseen, ...logs.unseen],
  };
}

type Parts = { -readonly [K in keyof Pick<TaskEvidence, 'driver' | 'retry' | 'cached'>]: TaskEvidence[K] } & {
  readonly attempts: (readonly [name: string, step: StepEvidence])[];
};

function tasksIn(
  workflow: Workflow,
  known: KnownRun,
  step: (node: WorkflowNode) => StepEvidence,
): readonly TaskEvidence[] {
  const byPath = new Map<string, Parts>();
  for (const node of workflow.nodes.values()) {
    const place = placeOfNode(node.name, workflow.name, node.type);
    if (place === undefined || place.part === 'holder') continue;
    const parts = byPath.get(place.path) ?? { cached: false, attempts: [] };
    byPath.set(place.path, parts);
    addNode(parts, node, place.part, step);
  }
  const about = specOf(known);
  return [...byPath].map(([path, { driver, retry, cached, attempts }]) => ({
    path,
    cached,
    attempts: attempts.toSorted(([a], [b]) => numberIn(a) - numberIn(b)).map(([, one]) => one),
    ...(driver === undefined ? {} : { driver }),
    ...(retry === undefined ? {} : { retry }),
    ...about(path),
  }));
}

function addNode(
  parts: Parts,
  node: WorkflowNode,
  part: 'driver' | 'program' | 'retries',
  step: (node: WorkflowNode) => StepEvidence,
): void {
  if (wasLeftOut(node)) parts.cached ||= part === 'program' && isCached(node);
  else if (part === 'retries') parts.retry = nodeEvidence(node);
  else if (part === 'program') parts.attempts.push([node.name, step(node)]);
  else if (!['Failed', 'Error'].includes(parts.driver?.phase ?? '')) parts.driver = step(node);
}

const wasLeftOut = ({ type, phase }: WorkflowNode) =>
  type === 'Skipped' || phase === 'Skipped' || phase === 'Omitted';
/** The program of a task whose results were taken from the cache is skipped by a condition of its own. */
const isCached = ({ phase, message = '' }: WorkflowNode) =>
  phase === 'Skipped' && message.startsWith('when ');

const numberIn = (name: string) => Number(/\((\d+)\)$/.exec(name)?.[1] ?? 0);

/** What the pipeline says of a task: the Python of its component, and where its artifacts come from. */
function specOf({ stored }: KnownRun): (path: string) => Pick<TaskEvidence, 'python' | 'artifactsFrom'> {
  if (stored?.kind !== 'spec') return () => ({ artifactsFrom: {} });
  const { spec } = stored.specification;
  const leaves = new Map(leafTasks(spec, {}).map((leaf) => [leaf.path, leaf]));
  const sources = artifactSources(spec);
  return (path) => {
    const plain = path.replaceAll(/\[\d+\]/g, '');
    const leaf = leaves.get(plain);
    const python = leaf === undefined ? undefined : pythonOf(leaf);
    const from = Object.entries(sources.get(plain) ?? {});
    return {
      artifactsFrom: Object.fromEntries(from.map(([name, task]) => [name, inIterationOf(task, path)])),
      ...(python === undefined ? {} : { python }),
    };
  };
}

async function podsOf(
  of: { readonly run: string; readonly workflow: string },
  source: RunPods | undefined,
  signal: AbortSignal,
): Promise<{ readonly pods: readonly PodEvidence[]; readonly unseen: readonly Unseen[] }> {
  const what = 'its pods and their events';
  if (source === undefined)
    return { pods: [], unseen: [{ text: `${what}, since this connection has no access to Kubernetes` }] };
  try {
    return { pods: await source.evidence(of, signal), unseen: [] };
  } catch (error) {
    if (isCancelled(error)) throw error;
    const why = error instanceof MlopsError ? error.message : 'Kubernetes did not answer.';
    return { pods: [], unseen: [{ text: `${what} (${why})` }] };
  }
}

/** The ends of the logs of what failed first. */
async function logsOf(
  reader: StepLogs,
  id: RunId,
  nodes: readonly WorkflowNode[],
  workflow: Workflow,
  signal: AbortSignal,
): Promise<{ readonly texts: ReadonlyMap<string, readonly string[]>; readonly unseen: readonly Unseen[] }> {
  const failed = nodes
    .filter(({ type, phase }) => type === 'Pod' && (phase === 'Failed' || phase === 'Error'))
    .filter(({ message = '' }) => !neverBegan.test(message))
    .toSorted((a, b) => (timeOf(a.finishedAt) ?? 0) - (timeOf(b.finishedAt) ?? 0))
    .slice(0, mostLogs);
  const texts = new Map<string, readonly string[]>();
  const unseen: Unseen[] = [];
  await Promise.all(
    failed.map(async (node) => {
      const { path = '', part } = placeOfNode(node.name, workflow.name, node.type) ?? {};
      const of = `${part === 'driver' ? 'the driver of ' : ''}${path === '' ? 'the run' : path}`;
      try {
        const text = await reader.read({ run: id, node, task: of }, signal);
        texts.set(node.id, endOf(text));
      } catch (error) {
        if (isCancelled(error)) throw error;
        unseen.push({ text: `the log of ${of}, which the server could not give`, task: path });
      }
    }),
  );
  return { texts, unseen };
}

/** What programs printed before their containers were started again. */
async function previousLogs(
  pods: readonly PodEvidence[],
  source: RunPods | undefined,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const texts = new Map<string, readonly string[]>();
  await Promise.all(
    pods
      .filter(({ containers }) => containers.some(wasRestarted))
      .slice(0, mostLogs)
      .map(async ({ name }) => {
        const text = await source?.readLog(name, signal, 'previous').catch((error: unknown) => {
          if (isCancelled(error)) throw error;
        });
        if (text) texts.set(name, endOf(text));
      }),
  );
  return texts;
}

const endOf = (text: string) =>
  asOnTerminal(text.slice(-longestTail)).trimEnd().split('\n').slice(-lastLines);

/** Of a step that was cut off or never had a pod, no log is asked for. */
const neverBegan =
  /exceeded (?:its|workflow) deadline|strategy|is forbidden|^(?:ErrImagePull|ImagePullBackOff)/;
