import { randomUUID } from 'node:crypto';
import { addRun } from './createRun.ts';
import { internal, OldRefusal, Refusal } from './failure.ts';
import { readFilter } from './filters.ts';
import { runOf } from './runs.ts';
import { bareSpec, isStruct } from './specs.ts';
import { filled, type Run, type State, timeText } from './state.ts';
import type { Struct } from './struct.ts';

const statusOf: { readonly [state: string]: string } = {
  PENDING: 'Pending',
  RUNNING: 'Running',
  SUCCEEDED: 'Succeeded',
  FAILED: 'Failed',
  CANCELING: 'Terminating',
};

/** A run in the shape of v1beta1, which alone has the workflow. */
export function getRunV1(state: State, id: string): object {
  return showV1(runOf(state, id, 'Failed to get a v1beta1 run: '), state.now());
}

export function listRunsV1(state: State, query: URLSearchParams): object {
  const text = query.get('filter') ?? '';
  const filter = text === '' ? [] : readFilter(text, 'Failed to create list options: ', 'op');
  const [name] = filter.flatMap(({ values }) => values);
  const runs = [...state.runs.values()].filter((run) => name === undefined || run.name === name);
  return filled({
    runs: runs.map((run) => summaryV1(run, state.now())),
    total_size: runs.length || undefined,
  });
}

/** Makes a run of the first kind, from a workflow. */
export function createRunV1(state: State, body: string): object {
  const { name = '', pipeline_spec: v1 = {} } = JSON.parse(body) as { name?: string; pipeline_spec?: Struct };
  const workflow = v1['workflow_manifest'];
  if (typeof workflow !== 'string')
    throw internal(
      'Failed to create a new v1beta1 run: ',
      'Failed to create a run due to error fetching manifest: Failed to fetch a template with an invalid pipeline spec manifest: InvalidInputError: unknown template format: pipeline spec is invalid',
    );
  const given = (v1['parameters'] ?? []) as readonly { readonly name: string; readonly value: string }[];
  const run = addRun(state, {
    id: randomUUID(),
    name,
    description: '',
    experiment: state.defaultExperiment,
    source: { spec: JSON.parse(workflow) as Struct },
    config: { parameters: Object.fromEntries(given.map((one) => [one.name, one.value])) },
    serviceAccount: 'pipeline-runner',
    recurring: '',
    v1,
  });
  return showV1(run, state.now());
}

function showV1(run: Run, now: number): object {
  const { manifest } = run.life.report(now);
  const spec = run.source.spec;
  const runtime = isWorkflow(spec)
    ? { workflow_manifest: manifest ?? JSON.stringify({ metadata: { name: run.life.workflow }, ...spec }) }
    : { pipeline_manifest: JSON.stringify(spec), workflow_manifest: manifest };
  return { run: summaryV1(run, now), pipeline_runtime: filled(runtime) };
}

function isWorkflow(spec: Struct): boolean {
  return bareSpec(spec)['kind'] === 'Workflow';
}

function summaryV1(run: Run, now: number): object {
  const { state = 'PENDING', finishedAt } = run.life.report(now);
  const { spec } = run.source;
  return filled({
    id: run.id,
    name: run.name,
    pipeline_spec: run.v1 ?? {
      pipeline_manifest: JSON.stringify(spec),
      ...filled({ runtime_config: run.config }),
    },
    resource_references: [{ key: { type: 'EXPERIMENT', id: run.experiment }, relationship: 'OWNER' }],
    service_account: run.serviceAccount,
    created_at: timeText(run.createdAt),
    scheduled_at: timeText(run.createdAt),
    finished_at: timeText(finishedAt),
    status: statusOf[state],
  });
}

/** The log of a node: by the id of the node or the name of its pod. A failure is an answer like any other, with status 200. */
export function readLog(state: State, id: string, node: string): string | object {
  const run = state.runs.get(id);
  const failed = `BadRequestError: Failed to read logs for run ${id}`;
  const wrong = (message: string) => ({ error_message: message, error_details: message });
  if (!run)
    return wrong(
      `${failed} due to run fetching error: Failed to fetch run ${id}: ResourceNotFoundError: Run ${id} not found`,
    );
  const log = run.life.log(node, state.now());
  if (log !== undefined) return log;
  const archive = `${failed}: InternalServerError: Failed to read logs from archive ${node} due to`;
  return run.life.report(state.now()).manifest === undefined
    ? wrong(
        `${archive} empty runtime workflow manifest: Invalid input error: Runtime workflow manifest cannot empty`,
      )
    : wrong(`${archive} error reading the object store`);
}

/** An artifact of a node: its log alone, since the server finds no others. */
export function readArtifact(state: State, id: string, node: string, artifact: string): object {
  const run = state.runs.get(id);
  const missing = new OldRefusal(404, 'artifact not found: <nil>');
  if (!run) throw missing;
  if (run.life.report(state.now()).manifest === undefined)
    throw new OldRefusal(500, 'Invalid input error: read artifact from run with v2 IR spec is not supported');
  const log = artifact === 'main-logs' ? run.life.log(node, state.now()) : undefined;
  if (log === undefined) throw missing;
  return { data: Buffer.from(log).toString('base64') };
}

/** What the persistence agent calls, and a client only by mistake. */
export function report(body: string, scheduled: boolean): object {
  const text: unknown = JSON.parse(body);
  if (typeof text !== 'string')
    throw new Refusal(3, 'json: cannot unmarshal object into Go value of type string');
  const reported: unknown = JSON.parse(text);
  const name =
    isStruct(reported) && isStruct(reported['metadata']) ? reported['metadata']['name'] : undefined;
  const inner = scheduled ? 'The resource must have a name: ' : 'The workflow must have a name: ';
  const what = scheduled ? 'Report scheduled workflow failed' : 'Report workflow failed';
  if (name === undefined) throw new Refusal(3, `${what}: Invalid input error: ${inner}`, inner);
  const label = `Workflow[${JSON.stringify(name).slice(1, -1)}] missing the Run ID label`;
  throw new Refusal(3, `Failed to report workflow: Invalid input error: ${label}`, label);
}

/** The other lists of v1beta1, of which a client needs no more than their shape. */
export function listV1(
  state: State,
  what: 'experiments' | 'pipelines' | 'jobs',
  query: URLSearchParams,
): object {
  const size = Number(query.get('page_size') ?? 20);
  const all = {
    experiments: [...state.experiments.values()].map(({ id, name, createdAt }) => ({ id, name, createdAt })),
    pipelines: [...state.pipelines.values()].map(({ id, name, createdAt }) => ({ id, name, createdAt })),
    jobs: [...state.recurringRuns.values()].map(({ id, name, createdAt }) => ({ id, name, createdAt })),
  }[what];
  const items = all
    .slice(0, size)
    .map(({ id, name, createdAt }) => ({ id, name, created_at: timeText(createdAt) }));
  return filled({ [what]: items, total_size: all.length || undefined });
}

/** Accepts every figure that is reported, and keeps none. */
export function reportMetrics(body: string): object {
  const { metrics = [] } = JSON.parse(body) as { metrics?: readonly { name: string; node_id: string }[] };
  const results = metrics.map(({ name, node_id }) => ({
    metric_name: name,
    metric_node_id: node_id,
    status: 'OK',
  }));
  return { results };
}
