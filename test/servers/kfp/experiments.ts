import { randomUUID } from 'node:crypto';
import { decodeBody } from './decode.ts';
import { internal, missing, Refusal } from './failure.ts';
import { type ListKind, listOf } from './lists.ts';
import * as messages from './messages.ts';
import { type Experiment, filled, seconds, type State, timeText } from './state.ts';

const columns = {
  id: ({ id }: Experiment) => id,
  experiment_id: ({ id }: Experiment) => id,
  name: ({ name }: Experiment) => name,
  display_name: ({ name }: Experiment) => name,
  created_at: ({ createdAt }: Experiment) => seconds(createdAt),
  last_run_created_at: ({ lastRunAt }: Experiment) => seconds(lastRunAt),
  description: ({ description }: Experiment) => description,
  namespace: () => '',
  storage_state: ({ archived }: Experiment) => (archived ? 'ARCHIVED' : 'AVAILABLE'),
};

const listKind: ListKind<Experiment> = {
  type: 'Experiment',
  table: 'experiments',
  idOf: ({ id }) => id,
  filterable: columns,
  sortable: columns,
  refused: () => 'Failed to create list options: ',
  failed: 'Failed to list experiments: Failed to list experiments',
};

export function createExperiment(state: State, body: string): object {
  const { display_name: name = '', description = '' } = decodeBody(body, messages.experiment) as {
    [key: string]: string;
  };
  checkName(name);
  if (description.length > 65_535)
    throw internal(
      'Failed to create a experiment: ',
      "Failed to add experiment to experiment table: Error 1406 (22001): Data too long for column 'Description' at row 1",
    );
  if ([...state.experiments.values()].some((other) => other.name.toLowerCase() === name.toLowerCase())) {
    const inner = `Failed to create a new experiment. The name ${name} already exists. Please specify a new name`;
    throw new Refusal(6, `Failed to create a experiment: Already exist error: ${inner}`, inner);
  }
  const made = {
    id: randomUUID(),
    name,
    description,
    createdAt: state.now(),
    archived: false,
    lastRunAt: 0,
  };
  state.experiments.set(made.id, made);
  return show(made);
}

function checkName(name: string): void {
  const before = '[ExperimentServer]: Failed to create a experiment due to conversion error: ';
  const converting = 'Failed to convert API experiment to model experiment: Invalid input error: ';
  if (name === '') throw internal(before, `${converting}Experiment must have a non-empty name`);
  if (name.length > 128) throw internal(before, `${converting}Experiment.Name length cannot exceed 128`);
}

export function listExperiments(state: State, query: URLSearchParams): object {
  const { items, total, next } = listOf([...state.experiments.values()], listKind, query);
  return filled({ experiments: items.map(show), total_size: total || undefined, next_page_token: next });
}

export function getExperiment(state: State, id: string): object {
  return show(experimentOf(state, id, 'Failed to fetch experiment: '));
}

export function experimentOf(state: State, id: string, before: string): Experiment {
  const found = state.experiments.get(id);
  if (!found) throw missing(before, `Experiment ${id}`);
  return found;
}

/** Archives its runs with it; bringing it back leaves them archived. An unknown one is not refused. */
export function archiveExperiment(state: State, id: string, archived: boolean): object {
  const found = state.experiments.get(id);
  if (!found) return {};
  found.archived = archived;
  if (archived) for (const run of state.runs.values()) if (run.experiment === id) run.archived = true;
  return {};
}

export function deleteExperiment(state: State, id: string): object {
  const before = `Failed to delete experiment: Failed to delete experiment ${id} due to error fetching it: `;
  experimentOf(state, id, before);
  state.experiments.delete(id);
  return {};
}

function show({ id, name, description, createdAt, archived, lastRunAt }: Experiment): object {
  return filled({
    experiment_id: id,
    display_name: name,
    description,
    created_at: timeText(createdAt),
    storage_state: archived ? 'ARCHIVED' : 'AVAILABLE',
    last_run_created_at: timeText(lastRunAt),
  });
}
