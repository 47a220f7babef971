import type { Brand } from './brand.ts';
import type { Json } from './json.ts';

export type PipelineId = Brand<'PipelineId'>;

export type ParameterType = 'string' | 'integer' | 'number' | 'boolean' | 'list' | 'struct';

/** One value that a pipeline takes. */
export interface Parameter {
  readonly name: string;
  readonly type: ParameterType;
  /** True when a run cannot start without a value: no default and not optional. */
  readonly required: boolean;
  readonly default?: Json;
  /** True when it has a default that only running the file tells. */
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

/** True for code that runs in a trusted workspace only. What we ship is ours, wherever it is run. */
export function needsTrust(source: PipelineSource): boolean {
  return !isSample(source);
}

/** The file of a pipeline where it is the person's own: theirs to change, to be searched and to be opened in its folder. */
export function ownFile(source: PipelineSource | undefined): string | undefined {
  return source === undefined || isSample(source) ? undefined : source.file;
}

/** Something said about a pipeline before it runs: what it is about, in which task, in words. */
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

/** A place that a pipeline takes packages from, or how it is reached; logins in the value are hidden. */
export interface PackageSource {
  /** `other`: a package named by its address or path instead of its name in an index. */
  readonly kind: 'index' | 'extraIndex' | 'findLinks' | 'trustedHost' | 'proxy' | 'certificate' | 'other';
  readonly value: string;
}

/** The problem of a file that is right as it is, and whose pipelines cannot be run from it: they stand in a function or a notebook. */
export const hiddenPipelines = 'hidden_pipelines';

/** A pipeline as a list shows it. A file that cannot be read as a pipeline is listed with its `problem`. */
export interface PipelineSummary {
  readonly id: PipelineId;
  readonly name: string;
  readonly displayName?: string;
  readonly description?: string;
  readonly source: PipelineSource;
  readonly problem?: Remark & { readonly line?: number };
  /** Its other variant, which lists leave out: the Python function, or what that was compiled to. */
  readonly twin?: { readonly id: PipelineId; readonly source: PipelineSource };
}

export type NodeKind = 'task' | 'importer' | 'dag' | 'loop' | 'condition' | 'exit';

/** One node of a pipeline's graph. */
export interface TaskNode {
  readonly name: string;
  readonly displayName: string;
  readonly kind: NodeKind;
  /** Names of the tasks beside it that come first. */
  readonly after: readonly string[];
  readonly children: readonly TaskNode[];
}

/** A pipeline in full. `blockers` say why it cannot run on this connection; `notes` what will be different, or is worth knowing. */
export interface Pipeline extends PipelineSummary {
  /** True for what the syntax tree of a Python file says: the file was not run, and there may be more to it. */
  readonly outline?: true;
  readonly parameters: readonly Parameter[];
  readonly tasks: readonly TaskNode[];
  /** Python requirements of its components, as pip reads them. */
  readonly packages: readonly string[];
  /** Where it says that they come from; empty: from wherever the person's own pip takes packages. */
  readonly sources: readonly PackageSource[];
  readonly blockers: readonly Remark[];
  readonly notes: readonly Remark[];
}
