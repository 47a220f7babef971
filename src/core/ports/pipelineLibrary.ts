import type { Page, PageQuery } from '../domain/page.ts';
import type { PipelineId } from '../domain/pipeline.ts';
import type { PipelineVersion } from '../domain/pipelineVersion.ts';
import type { GivenPipeline } from '../pipelineSpec/givenPipeline.ts';

/** What to upload, and as what. */
export interface UploadRequest {
  /** One of the workspace. */
  readonly pipeline: PipelineId;
  readonly given?: GivenPipeline;
  /** The pipeline that gets a new version; left out: there is a new pipeline. */
  readonly into?: PipelineId;
  /** What the new pipeline, or the new version, is called. */
  readonly name: string;
  /** The `fingerprint` of the preparation that the person agreed to. */
  readonly agreed?: string;
}

/**
 * The pipelines that a connection keeps, and their versions. Every method throws MlopsError, as those of the backend do.
 */
export interface PipelineLibrary {
  /** The pipeline of exactly this name; undefined where there is none. */
  named(name: string, signal: AbortSignal): Promise<PipelineId | undefined>;
  /** The versions of a pipeline, the newest first. */
  versions(pipeline: PipelineId, query: PageQuery, signal: AbortSignal): Promise<Page<PipelineVersion>>;
  /**
   * Uploads a pipeline and returns the version that it has become. Only a checked specification is sent. One whose answer was lost is
   * looked up before it is sent again. Throws conflict when the name is taken, or it differs from what was agreed to.
   */
  upload(request: UploadRequest, signal: AbortSignal): Promise<PipelineVersion>;
  /** Deletes a pipeline with all its versions, or the version that the id means. Its runs stay. */
  delete(id: PipelineId, signal: AbortSignal): Promise<void>;
}
