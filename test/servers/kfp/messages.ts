/** A field of a message: what its value may be, and the group of which only one may be set. */
export interface Field {
  readonly is:
    | 'text'
    | 'flag'
    | 'int'
    | 'time'
    | 'struct'
    | 'any'
    | 'texts'
    | 'map'
    | { readonly enum: readonly string[] }
    | { readonly message: Message };
  readonly oneOf?: string;
}

/** A message of the API, by the names of its fields as the server writes them. */
export interface Message {
  readonly name: string;
  readonly fields: { readonly [name: string]: Field };
}

const text = { is: 'text' } as const;
const time = { is: 'time' } as const;
const within = 'kubeflow.pipelines.backend.api.v2beta1';

export const runStates = [
  'RUNTIME_STATE_UNSPECIFIED',
  'PENDING',
  'RUNNING',
  'SUCCEEDED',
  'SKIPPED',
  'FAILED',
  'CANCELING',
  'CANCELED',
  'PAUSED',
];
const storageStates = ['STORAGE_STATE_UNSPECIFIED', 'AVAILABLE', 'ARCHIVED'];

export const empty: Message = { name: 'Empty', fields: {} };

export const experiment: Message = {
  name: `${within}.Experiment`,
  fields: {
    experiment_id: text,
    display_name: text,
    description: text,
    created_at: time,
    namespace: text,
    storage_state: { is: { enum: storageStates } },
    last_run_created_at: time,
  },
};

export const pipeline: Message = {
  name: `${within}.Pipeline`,
  fields: {
    pipeline_id: text,
    display_name: text,
    name: text,
    description: text,
    created_at: time,
    namespace: text,
    error: { is: 'any' },
    tags: { is: 'map' },
  },
};

const url: Message = { name: `${within}.Url`, fields: { pipeline_url: text } };

export const version: Message = {
  name: `${within}.PipelineVersion`,
  fields: {
    pipeline_id: text,
    pipeline_version_id: text,
    display_name: text,
    name: text,
    description: text,
    created_at: time,
    package_url: { is: { message: url } },
    code_source_url: text,
    pipeline_spec: { is: 'struct' },
    error: { is: 'any' },
    tags: { is: 'map' },
  },
};

export const pipelineAndVersion: Message = {
  name: `${within}.CreatePipelineAndVersionRequest`,
  fields: { pipeline: { is: { message: pipeline } }, pipeline_version: { is: { message: version } } },
};

const versionReference: Message = {
  name: `${within}.PipelineVersionReference`,
  fields: { pipeline_id: text, pipeline_version_id: text },
};

const runtimeConfig: Message = {
  name: `${within}.RuntimeConfig`,
  fields: { parameters: { is: 'struct' }, pipeline_root: text },
};

const source = {
  pipeline_version_id: { is: 'text', oneOf: 'pipeline_source' },
  pipeline_spec: { is: 'struct', oneOf: 'pipeline_source' },
  pipeline_version_reference: { is: { message: versionReference }, oneOf: 'pipeline_source' },
  runtime_config: { is: { message: runtimeConfig } },
  service_account: text,
} as const;

export const run: Message = {
  name: `${within}.Run`,
  fields: {
    experiment_id: text,
    run_id: text,
    display_name: text,
    storage_state: { is: { enum: storageStates } },
    description: text,
    ...source,
    created_at: time,
    scheduled_at: time,
    finished_at: time,
    state: { is: { enum: runStates } },
    error: { is: 'any' },
    run_details: { is: 'any' },
    recurring_run_id: text,
    state_history: { is: 'any' },
    plugins_input: { is: 'any' },
    plugins_output: { is: 'any' },
  },
};

const cron: Message = {
  name: `${within}.CronSchedule`,
  fields: { start_time: time, end_time: time, cron: text },
};
const periodic: Message = {
  name: `${within}.PeriodicSchedule`,
  fields: { start_time: time, end_time: time, interval_second: { is: 'int' } },
};
const trigger: Message = {
  name: `${within}.Trigger`,
  fields: {
    cron_schedule: { is: { message: cron }, oneOf: 'trigger' },
    periodic_schedule: { is: { message: periodic }, oneOf: 'trigger' },
  },
};

export const recurringRun: Message = {
  name: `${within}.RecurringRun`,
  fields: {
    recurring_run_id: text,
    display_name: text,
    description: text,
    ...source,
    max_concurrency: { is: 'int' },
    trigger: { is: { message: trigger } },
    mode: { is: { enum: ['MODE_UNSPECIFIED', 'ENABLE', 'DISABLE'] } },
    created_at: time,
    updated_at: time,
    status: { is: { enum: ['STATUS_UNSPECIFIED', 'ENABLED', 'DISABLED'] } },
    error: { is: 'any' },
    no_catchup: { is: 'flag' },
    namespace: text,
    experiment_id: text,
    plugins_input: { is: 'any' },
  },
};

const values = (is: Field['is']): Message => ({ name: `${within}.Values`, fields: { values: { is } } });

export const filter = (operation: string): Message => ({
  name: `${within}.Filter`,
  fields: {
    predicates: {
      is: {
        message: {
          name: `${within}.Predicate`,
          fields: {
            [operation]: {
              is: {
                enum: [
                  'OPERATION_UNSPECIFIED',
                  'EQUALS',
                  'NOT_EQUALS',
                  'GREATER_THAN',
                  'GREATER_THAN_EQUALS',
                  'LESS_THAN',
                  'LESS_THAN_EQUALS',
                  'IN',
                  'IS_SUBSTRING',
                ],
              },
            },
            key: text,
            int_value: { is: 'int', oneOf: 'value' },
            long_value: { is: 'int', oneOf: 'value' },
            string_value: { is: 'text', oneOf: 'value' },
            timestamp_value: { is: 'time', oneOf: 'value' },
            int_values: { is: { message: values('any') }, oneOf: 'value' },
            long_values: { is: { message: values('any') }, oneOf: 'value' },
            string_values: { is: { message: values('texts') }, oneOf: 'value' },
          },
        },
      },
    },
  },
});
