import { Refusal, internal, invalid, missing } from './failure.ts';
import type { StateChange, TaskDetail } from './life.ts';
import { type ListKind, listOf } from './lists.ts';
import { filled, type Run, seconds, type State, timeText } from './state.ts';

const argoPhase: { readonly [state: string]: string } = {
  PENDING: 'Pending',
  RUNNING: 'Running',
  SUCCEEDED: 'Succeeded',
  FAILED: 'Failed',
  CANCELING: 'Terminating',
};

function listKind(now: number): ListKind<Run> {
  const stateOf = ({ life }: Run) => life.report(now).state ?? '';
  const filterable = {
    run_id: ({ id }: Run) => id,
    id: ({ id }: Run) => id,
    display_name: ({ name }: Run) => name,
    name: ({ name }: Run) => name,
    created_at: ({ createdAt }: Run) => seconds(createdAt),
    finished_at: ({ life }: Run) => seconds(life.report(now).finishedAt),
    scheduled_at: ({ createdAt }: Run) => seconds(createdAt),
    description: ({ description }: Run) => description,
    storage_state: ({ archived }: Run) => (archived ? 'ARCHIVED' : 'AVAILABLE'),
    state: stateOf,
    status: (run: Run) => argoPhase[stateOf(run)] ?? '',
    namespace: () => '',
    experiment_id: ({ experiment }: Run) => experiment,
    recurring_run_id: ({ recurring }: Run) => recurring,
  };
  return {
    type: 'Run',
    table: 'run_details',
    idOf: ({ id }) => id,
    filterable,
    sortable: filterable,
    refused: () => 'Failed to create list options: ',
    failed: 'Failed to list runs: Failed to list runs',
  };
}

export function listRuns(state: State, query: URLSearchParams): object {
  const experiment = query.get('experiment_id') ?? query.get('experimentId') ?? '';
  const now = state.now();
  const all = [...state.runs.values()].filter((run) => experiment === '' || run.experiment === experiment);
  if (experiment !== '' && !state.experiments.has(experiment))
    throw missing(
      `Failed to list runs: Failed to list runs due to error fetching namespace for experiment ${experiment}. Try filtering based on namespace: Failed to fetch namespace from experiment ${experiment}: `,
      `Experiment ${experiment}`,
    );
  const { items, total, next } = listOf(all, listKind(now), query);
  return filled({
    runs: items.map((run) => showRun(run, now)),
    total_size: total || undefined,
    next_page_token: next,
  });
}

export function getRun(state: State, id: string): object {
  return showRun(runOf(state, id, 'Failed to get a run: '), state.now());
}

export function runOf(state: State, id: string, before: string): Run {
  const found = state.runs.get(id);
  if (!found) throw missing(`${before}Failed to fetch run ${id}: `, `Run ${id}`);
  return found;
}

/** A verb of a run; undefined for one that the server does not know. */
export function changeRun(state: State, id: string, verb: string): object | undefined {
  switch (verb) {
    case 'terminate':
      return terminateRun(state, id);
    case 'retry':
      return retryRun(state, id);
    case 'archive':
      return archiveRun(state, id, true, 'it failed to be retrieved');
    case 'unarchive':
      return archiveRun(state, id, false, 'it does not exist');
    default:
      return undefined;
  }
}

function terminateRun(state: State, id: string): object {
  const before = `Failed to terminate a run: Failed to terminate run ${id}`;
  const { life } = runOf(state, id, `${before} due to error fetching the run: `);
  const outcome = life.terminate(state.now());
  if (outcome === 'ended') throw invalid(`${before}: `, `Failed to terminate a run ${id}. Row not found`);
  if (outcome === 'gone')
    throw internal(
      'Failed to terminate a run: ',
      `Failed to terminate run ${id} due to error terminating its workflow: Failed to terminate workflow ${life.workflow} due to patching error after multiple retries: Failed to terminate workflow ${life.workflow} due to patching error: workflows.argoproj.io "${life.workflow}" not found`,
    );
  return {};
}

function retryRun(state: State, id: string): object {
  const before = 'Failed to retry a run: ';
  const { life } = runOf(state, id, `${before}Failed to retry run ${id} due to error fetching the run: `);
  const outcome = life.retry(state.now());
  if (outcome === 'unreported') {
    const inner = `Failed to retry run ${id} due to error fetching workflow manifest`;
    const why = 'Invalid input error: Workflow manifest cannot be empty';
    throw new Refusal(10, `${before}BadRequestError: ${inner}: ${why}`, inner);
  }
  if (outcome === 'refused') {
    const inner = 'Workflow must be Failed/Error to retry';
    throw new Refusal(
      10,
      `${before}Failed to retry run ${id}: BadRequestError: ${inner}: workflow cannot be retried`,
      inner,
    );
  }
  return {};
}

function archiveRun(state: State, id: string, archived: boolean, why: string): object {
  const verb = archived ? 'archive' : 'unarchive';
  runOf(state, id, `Failed to ${verb} a run: Failed to ${verb} run ${id} as ${why}: `).archived = archived;
  return {};
}

export function deleteRun(state: State, id: string): object {
  runOf(state, id, `Failed to delete a run: Failed to delete run ${id} as it does not exist: `);
  state.runs.delete(id);
  return {};
}

export function showRun(run: Run, now: number): object {
  const { state, history, tasks, finishedAt } = run.life.report(now);
  const { reference, spec } = run.source;
  const details = tasks.map((task) => showTask(task, run));
  return filled({
    experiment_id: run.experiment,
    run_id: run.id,
    display_name: run.name,
    storage_state: run.archived ? 'ARCHIVED' : 'AVAILABLE',
    description: run.description,
    ...(reference ? { pipeline_version_reference: reference } : { pipeline_spec: spec }),
    runtime_config: run.config,
    service_account: run.serviceAccount,
    created_at: timeText(run.createdAt),
    scheduled_at: timeText(run.createdAt),
    finished_at: timeText(finishedAt),
    state,
    ...(details.length === 0 ? {} : { run_details: { task_details: details } }),
    recurring_run_id: run.recurring,
    state_history: history.map(showChange),
    plugins_input: run.plugins,
  });
}

const neverText = '0001-01-01T00:00:00Z';

function showTask(
  { id, name, startedAt, finishedAt, state, history, children }: TaskDetail,
  run: Run,
): object {
  return filled({
    run_id: run.id,
    task_id: id,
    display_name: name,
    create_time: timeText(run.createdAt),
    start_time: timeText(startedAt),
    end_time: finishedAt === undefined ? neverText : timeText(finishedAt),
    state,
    state_history: history.map(showChange),
    child_tasks: children.map((pod_name) => ({ pod_name })),
  });
}

function showChange({ at, state }: StateChange): object {
  return filled({ update_time: timeText(at), state });
}
