import { randomUUID } from 'node:crypto';
import { addRun, configOf, experimentFor, sourceOf, textIn } from './createRun.ts';
import { cronProblem } from './cron.ts';
import { decodeBody, type Decoded } from './decode.ts';
import { internal, invalid, missing, Refusal } from './failure.ts';
import { type ListKind, listOf } from './lists.ts';
import * as messages from './messages.ts';
import { checkParameters, partOf } from './specs.ts';
import { filled, type RecurringRun, seconds, type Source, type State, timeText } from './state.ts';
import type { Struct } from './struct.ts';

const columns = {
  id: ({ id }: RecurringRun) => id,
  recurring_run_id: ({ id }: RecurringRun) => id,
  name: ({ name }: RecurringRun) => name,
  display_name: ({ name }: RecurringRun) => name,
  created_at: ({ createdAt }: RecurringRun) => seconds(createdAt),
  updated_at: ({ updatedAt }: RecurringRun) => seconds(updatedAt),
  description: ({ description }: RecurringRun) => description,
};

const listKind: ListKind<RecurringRun> = {
  type: 'Job',
  table: 'jobs',
  idOf: ({ id }) => id,
  filterable: columns,
  sortable: columns,
  refused: () => 'Failed to list recurring runs due to error parsing the listing options: ',
  failed: 'Failed to list recurring runs',
};

const failed = 'Failed to create a recurring run: ';
const converting = 'Failed to create a recurring run due to conversion error: ';

export function createRecurringRun(state: State, body: string): object {
  const decoded = decodeBody(body, messages.recurringRun);
  const name = textIn(decoded, 'display_name');
  checkForm(decoded, name);
  const experiment = experimentFor(
    state,
    textIn(decoded, 'experiment_id'),
    'Failed to create a recurring run: Failed to create a recurring run',
  );
  if (decoded['pipeline_spec'] === undefined && decoded['pipeline_version_reference'] === undefined)
    throw new Refusal(
      13,
      'Internal error: Cannot create a job with an empty pipeline ID\nFailed to create a recurring run',
      'Internal Server Error',
    );
  const fetching = 'Failed to create a recurring run with an invalid pipeline spec manifest: ';
  const source = sourceOf(state, decoded, failed, fetching);
  const config = configOf(decoded);
  checkParameters(
    source.spec,
    partOf(config, 'parameters'),
    `${failed}Failed to create a recurring run during scheduled workflow creation: `,
  );
  const trigger = decoded['trigger'];
  const made: RecurringRun = {
    id: randomUUID(),
    name,
    description: textIn(decoded, 'description'),
    experiment,
    source: asGiven(source, decoded),
    config,
    serviceAccount: textIn(decoded, 'service_account') || accountFor(decoded),
    maxConcurrency: textIn(decoded, 'max_concurrency'),
    trigger: trigger === undefined ? undefined : (trigger as Struct),
    noCatchup: decoded['no_catchup'] === true,
    createdAt: state.now(),
    updatedAt: state.now(),
    enabled: decoded['mode'] === 'ENABLE',
    fired: 0,
  };
  state.recurringRuns.set(made.id, made);
  return show(made);
}

/** A schedule keeps its reference as it was given: without a version it follows the newest. */
function asGiven(source: Source, decoded: Decoded): Source {
  const reference = decoded['pipeline_version_reference'];
  return reference === undefined
    ? source
    : { ...source, reference: reference as Source['reference'] & object };
}

/** The account is filled in from the version, where one is named. */
function accountFor(decoded: Decoded): string {
  const reference = decoded['pipeline_version_reference'] as
    | { readonly pipeline_version_id?: string }
    | undefined;
  return reference !== undefined && reference.pipeline_version_id === undefined ? '' : 'pipeline-runner';
}

function checkForm(decoded: Decoded, name: string): void {
  if (name === '')
    throw internal(
      converting,
      "Failed to convert a API recurring run to its internal representation: Invalid input error: Recurring run's name cannot be empty",
    );
  const most = Number(decoded['max_concurrency'] ?? 0);
  if (most < 1 || most > 10)
    throw invalid(
      converting,
      `Max concurrency of a recurring run must be at least 1 and at most 10. Received ${most}`,
    );
  const trigger = partOf(decoded, 'trigger');
  const interval = partOf(trigger, 'periodic_schedule')['interval_second'];
  if ('periodic_schedule' in trigger && Number(interval ?? 0) < 1)
    throw invalid(
      converting,
      `Found invalid period schedule interval ${Number(interval ?? 0)}. Set at interval to least 1 second`,
    );
  const problem =
    'cron_schedule' in trigger ? cronProblem(textIn(partOf(trigger, 'cron_schedule'), 'cron')) : undefined;
  if (problem !== undefined)
    throw invalid(
      converting,
      `Schedule cron is not a supported format(https://godoc.org/github.com/robfig/cron). Error: ${problem}`,
    );
}

export function listRecurringRuns(state: State, query: URLSearchParams): object {
  const experiment = query.get('experiment_id') ?? '';
  const all = [...state.recurringRuns.values()].filter(
    (one) => experiment === '' || one.experiment === experiment,
  );
  const { items, total, next } = listOf(all, listKind, query);
  return filled({ recurringRuns: items.map(show), total_size: total || undefined, next_page_token: next });
}

export function getRecurringRun(state: State, id: string): object {
  return show(recurringRunOf(state, id, 'Failed to fetch a recurring run: '));
}

function recurringRunOf(state: State, id: string, before: string): RecurringRun {
  const found = state.recurringRuns.get(id);
  if (!found) throw missing(before, `Job ${id}`);
  return found;
}

export function enableRecurringRun(state: State, id: string, enabled: boolean): object {
  const verb = enabled ? 'enable' : 'disable';
  const before = `Failed to ${verb} a recurring run: Failed to change recurring run's mode to enable:${enabled}. Check if recurring run ${id} exists: `;
  const found = recurringRunOf(state, id, before);
  found.enabled = enabled;
  found.updatedAt = state.now();
  return {};
}

export function deleteRecurringRun(state: State, id: string, query: URLSearchParams): object {
  const policy = query.get('propagation_policy') ?? 'FOREGROUND';
  if (!['FOREGROUND', 'BACKGROUND', 'ORPHAN', 'DELETE_PROPAGATION_POLICY_UNSPECIFIED'].includes(policy))
    throw new Refusal(
      3,
      `parsing field "propagation_policy": ${JSON.stringify(policy)} is not a valid value`,
    );
  recurringRunOf(
    state,
    id,
    `Failed to delete a recurring run: Failed to delete recurring run ${id}. Check if exists: `,
  );
  state.recurringRuns.delete(id);
  return {};
}

/** Starts what is due. A schedule by an interval fires first after two of them, one by cron each few seconds it names. */
export function fireSchedules(state: State): void {
  for (const one of state.recurringRuns.values()) {
    const due = one.createdAt + (one.fired + 2) * intervalOf(one);
    if (!one.enabled || state.now() < due) continue;
    const running = [...state.runs.values()].filter(
      ({ recurring, life }) =>
        recurring === one.id && !['SUCCEEDED', 'FAILED'].includes(life.report(state.now()).state ?? ''),
    );
    if (running.length >= Number(one.maxConcurrency)) continue;
    one.fired += 1;
    const { experiment, source, config, description } = one;
    const name = `${one.name}${suffixOf(one)}`;
    addRun(state, {
      id: randomUUID(),
      name,
      description,
      experiment,
      source,
      config,
      serviceAccount: '',
      recurring: one.id,
      scheduled: name,
    });
  }
}

function suffixOf({ id, fired, createdAt }: RecurringRun): string {
  return `${id.slice(0, 5)}-${fired}-${Math.floor(createdAt / 1000)}`;
}

function intervalOf({ trigger = {} }: RecurringRun): number {
  const interval = partOf(trigger, 'periodic_schedule')['interval_second'];
  if (interval !== undefined) return Number(interval) * 1000;
  const cron = textIn(partOf(trigger, 'cron_schedule'), 'cron');
  const [, step] = /^\*\/(\d+) /.exec(cron) ?? [];
  return step === undefined ? Infinity : Number(step) * 1000;
}

function show(one: RecurringRun): object {
  const { reference, spec } = one.source;
  const shown = filled({
    recurring_run_id: one.id,
    display_name: one.name,
    description: one.description,
    ...(reference ? { pipeline_version_reference: reference } : { pipeline_spec: spec }),
    runtime_config: one.config,
    service_account: one.serviceAccount,
    max_concurrency: one.maxConcurrency,
    mode: one.enabled ? 'ENABLE' : 'DISABLE',
    created_at: timeText(one.createdAt),
    updated_at: timeText(one.updatedAt),
    status: one.enabled ? 'ENABLED' : 'DISABLED',
    no_catchup: one.noCatchup,
    namespace: 'kubeflow',
    experiment_id: one.experiment,
  });
  return { ...shown, trigger: one.trigger ?? {} };
}
