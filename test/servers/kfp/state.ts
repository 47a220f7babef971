import { randomUUID } from 'node:crypto';
import type { Life } from './life.ts';
import type { Struct, Tags } from './struct.ts';

export interface Experiment {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly createdAt: number;
  archived: boolean;
  lastRunAt: number;
}

export interface Pipeline {
  readonly id: string;
  readonly name: string;
  displayName: string;
  readonly description: string;
  readonly createdAt: number;
  tags: Tags;
}

export interface Version {
  readonly id: string;
  readonly pipeline: string;
  readonly name: string;
  displayName: string;
  readonly description: string;
  readonly createdAt: number;
  readonly spec: Struct;
  readonly codeSource: string;
  tags: Tags;
}

/** Where a run's pipeline comes from: itself, or a version. */
export interface Source {
  readonly spec: Struct;
  readonly reference?: { readonly pipeline_id: string; readonly pipeline_version_id?: string };
}

export interface Run {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly experiment: string;
  readonly source: Source;
  readonly config: Struct;
  readonly serviceAccount: string;
  readonly createdAt: number;
  readonly recurring: string;
  readonly plugins?: unknown;
  /** Made through v1beta1: what that shows of its pipeline. */
  readonly v1?: Struct;
  archived: boolean;
  readonly life: Life;
}

export interface RecurringRun {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly experiment: string;
  readonly source: Source;
  readonly config: Struct;
  readonly serviceAccount: string;
  readonly maxConcurrency: string;
  readonly trigger: Struct | undefined;
  readonly noCatchup: boolean;
  readonly createdAt: number;
  updatedAt: number;
  enabled: boolean;
  fired: number;
}

/** All that the server knows. `now` is its clock in milliseconds. */
export interface State {
  readonly now: () => number;
  readonly experiments: Map<string, Experiment>;
  readonly pipelines: Map<string, Pipeline>;
  readonly versions: Map<string, Version>;
  readonly runs: Map<string, Run>;
  readonly recurringRuns: Map<string, RecurringRun>;
  readonly defaultExperiment: string;
  /** The life of a new run. */
  readonly begin: (run: {
    readonly id: string;
    readonly spec: Struct;
    readonly name: string;
    readonly parameters: Struct;
    readonly scheduled?: string;
  }) => Life;
}

/** A server with nothing in it but the experiment that every server has. */
export function createState({ now, begin }: Pick<State, 'now' | 'begin'>): State {
  const id = randomUUID();
  const first = {
    id,
    name: 'Default',
    description: 'All runs created without specifying an experiment will be grouped here.',
    createdAt: now(),
    archived: false,
    lastRunAt: 0,
  };
  return {
    now,
    begin,
    experiments: new Map([[id, first]]),
    pipelines: new Map(),
    versions: new Map(),
    runs: new Map(),
    recurringRuns: new Map(),
    defaultExperiment: id,
  };
}

/** A time as the server writes it: whole seconds. */
export function timeText(milliseconds: number): string {
  return new Date(Math.floor(milliseconds / 1000) * 1000).toISOString().replace('.000Z', 'Z');
}

export const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);

/** The object without its empty fields, which the server leaves out. */
export function filled(fields: Struct): Struct {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => {
      if (value === undefined || value === '' || value === false) return false;
      return typeof value !== 'object' || value === null || Object.keys(value).length > 0;
    }),
  );
}
