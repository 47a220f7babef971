import type { Brand } from './brand.ts';
import type { Json } from './json.ts';

export type PipelineId = Brand<'PipelineId'>;

export type ParameterType = 'string' | 'integer' | 'number' | 'boolean' | 'list' | 'struct';

/** One parameter of a pipeline. */
export interface Parameter {
  readonly name: string;
  readonly type: ParameterType;
  /** True when a run cannot start without a value: no default and not optional. */
  readonly required: boolean;
  readonly default?: Json;
  /** True when its default is known only after running the file. */
  readonly unknownDefault?: true;
  readonly description?: string;
  /** The only values allowed, where the pipeline names them. */
  readonly choices?: readonly Json[];
}

/** A file and a line in it; the line counts from 1. */
export interface Place {
  readonly file: string;
  readonly line?: number;
}

/** Where a pipeline comes from. `file` is an absolute path; a server's pipeline has none. */
export interface PipelineSource {
  readonly kind: 'yaml' | 'python' | 'sample' | 'server';
  readonly file?: string;
  /** The file as people name it: relative to its workspace folder. */
  readonly label?: string;
  readonly line?: number;
  /** The function with `@dsl.pipeline`, of a Python file. */
  readonly function?: string;
}

/** True for a pipeline that comes with the extension. */
export function isSample({ kind }: PipelineSource): boolean {
  return kind === 'sample';
}

/** True for code that may run only in a trusted workspace: everything but the extension's own samples. */
export function needsTrust(source: PipelineSource): boolean {
  return !isSample(source);
}

/** The file of a pipeline when it belongs to the person, who may change it, search it and open its folder. */
export function ownFile(source: PipelineSource | undefined): string | undefined {
  return source === undefined || isSample(source) ? undefined : source.file;
}

/** A remark on a pipeline before it runs: the subject, the task, and a sentence. */
export interface Remark {
  /** A stable word for tests and models: `container_component`, `resources_ignored`, … */
  readonly what: string;
  readonly task?: string;
  readonly message: string;
  /** What the person can do about it. */
  readonly hint?: string;
  /** Set for what holds on every connection, on Kubeflow too. */
  readonly everywhere?: true;
}

/** A source of a pipeline's packages, or how it is reached; logins in the value are hidden. */
export interface PackageSource {
  /** `other`: a package named by its address or path instead of its name in an index. */
  readonly kind: 'index' | 'extraIndex' | 'findLinks' | 'trustedHost' | 'proxy' | 'certificate' | 'other';
  readonly value: string;
}

/** The problem of a valid file whose pipelines cannot be run from it, since they are in a function or a notebook. */
export const hiddenPipelines = 'hidden_pipelines';

/** A pipeline as a list shows it. A file that cannot be read as a pipeline is listed with its `problem`. */
export interface PipelineSummary {
  readonly id: PipelineId;
  readonly name: string;
  readonly displayName?: string;
  readonly description?: string;
  readonly source: PipelineSource;
  readonly problem?: Remark & { readonly line?: number };
  /** The name of the version that this is, of a pipeline with versions. */
  readonly version?: string;
  /** Its other variant, which lists leave out: the Python function, or what that was compiled to. */
  readonly twin?: { readonly id: PipelineId; readonly source: PipelineSource };
}

export type NodeKind = 'task' | 'importer' | 'dag' | 'loop' | 'condition' | 'exit';

/** What a task takes from another task of the same graph: `output` of `from`. */
export interface TaskInput {
  readonly name: string;
  readonly kind: 'parameter' | 'artifact';
  readonly from: string;
  readonly output: string;
}

/** One node of a pipeline's graph. */
export interface TaskNode {
  readonly name: string;
  readonly displayName: string;
  readonly kind: NodeKind;
  /** Names of the tasks of the same graph that it waits for. */
  readonly after: readonly string[];
  /** What it takes from some of them; absent where that is not known. */
  readonly inputs?: readonly TaskInput[];
  /** When it runs, as a comparison, for a branch of a condition. */
  readonly condition?: string;
  readonly children: readonly TaskNode[];
}

/** A pipeline in full. `blockers` say why it cannot run on this connection; `notes` what differs there or is useful to know. */
export interface Pipeline extends PipelineSummary {
  /** True for an outline from the syntax tree of a Python file: the file was not run, so it may be incomplete. */
  readonly outline?: true;
  readonly parameters: readonly Parameter[];
  readonly tasks: readonly TaskNode[];
  /** Python requirements of its components, as pip reads them. */
  readonly packages: readonly string[];
  /** The sources that it names for its packages; empty where it names none and the person's own pip settings apply. */
  readonly sources: readonly PackageSource[];
  readonly blockers: readonly Remark[];
  readonly notes: readonly Remark[];
}
