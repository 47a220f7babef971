import type { Brand } from './brand.ts';

export type ExperimentId = Brand<'ExperimentId'>;

/** A group of runs that a connection keeps. Times are milliseconds since 1970. */
export interface Experiment {
  readonly id: ExperimentId;
  readonly name: string;
  readonly createdAt: number;
  readonly lastRunAt?: number;
  readonly archived: boolean;
}
