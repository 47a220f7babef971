import { MlopsError } from '../ports/mlopsError.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import type { Schedules } from '../ports/schedules.ts';
import { asName } from '../text/literal.ts';

/** The schedules of a connection. Throws MlopsError unsupported where it has none. */
export function schedulesOf({ schedules, connection }: PipelineBackend): Schedules {
  if (schedules !== undefined) return schedules;
  throw new MlopsError(
    'unsupported',
    `${asName(connection.name)} has no schedules: it runs a pipeline only when somebody starts it.`,
    { hint: 'A connection to Kubeflow Pipelines has schedules.' },
  );
}
