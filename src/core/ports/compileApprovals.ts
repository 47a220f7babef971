import type { Json } from '../domain/json.ts';
import type { PipelineId } from '../domain/pipeline.ts';

/** A yes to compile, which runs a Python file: for one file as it was, or for a folder with what is saved there later. */
export interface CompileApproval {
  readonly id: string;
  readonly scope: 'file' | 'folder';
  /** Absolute path of the file or the folder. */
  readonly path: string;
  /** When it was given, in milliseconds since 1970. */
  readonly at: number;
}

/**
 * Which Python files may be compiled. A yes is for a content: of the file, and of all that compiling it read; what of that
 * cannot be known counts as changed. In a workspace without trust there is none. Every method throws MlopsError.
 */
export interface CompileApprovals {
  /** A yes for a pipeline's file as it is now. A pipeline that is not compiled here needs none. Throws notFound, forbidden. */
  approve(pipeline: PipelineId, signal: AbortSignal): Promise<void>;
  /** A yes for every Python file below a folder, and for what the person saves there in this editor. Throws forbidden. */
  approveFolder(folder: string, signal: AbortSignal): Promise<void>;
  /** Every yes that was given, newest first; a file in a folder with a yes is not named again. */
  list(): Promise<readonly CompileApproval[]>;
  /** Takes back what was given; with a folder, its files. */
  revoke(ids: readonly string[]): Promise<void>;
  /** The person is about to save a file in this editor. Call what comes back when that is done. */
  saving(file: string): Promise<() => Promise<void>>;
  /** Calls back when a yes is given or taken back, until the returned function is called. */
  watch(listener: () => void): () => void;
}

/** Where they are kept over reloads. */
export interface ApprovalStore {
  read(): Json | undefined;
  write(approvals: Json | undefined): void;
}
