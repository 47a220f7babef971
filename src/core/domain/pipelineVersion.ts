import type { PipelineId } from './pipeline.ts';

/** A version of a pipeline that a connection keeps. */
export interface PipelineVersion {
  /** Stands wherever the id of a pipeline does, and means this version of it. */
  readonly id: PipelineId;
  readonly pipeline: PipelineId;
  readonly name: string;
  /** 1 for the oldest one that is still there. */
  readonly number: number;
  readonly createdAt: number;
}

/** The id of a version, as a pipeline that can be described and run. */
export function versionId(pipeline: PipelineId, version: string): PipelineId {
  return `${pipeline}@${version}` as PipelineId;
}

/** The pipeline and the version that an id means; without a version, the newest one. */
export function partsOfId(id: PipelineId): { readonly pipeline: PipelineId; readonly version?: string } {
  const at = id.lastIndexOf('@');
  if (at < 0) return { pipeline: id };
  return { pipeline: id.slice(0, at) as PipelineId, version: id.slice(at + 1) };
}
