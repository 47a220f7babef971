import type { Json } from '../domain/json.ts';
import type { PipelineId } from '../domain/pipeline.ts';

/** An approval to compile, which runs Python: of one file as it was, or of a folder with what is saved there later. */
export interface CompileApproval {
  readonly id: string;
  readonly scope: 'file' | 'folder';
  /** Absolute path of the file or the folder. */
  readonly path: string;
  /** When it was given, in milliseconds since 1970. */
  readonly at: number;
}

/**
 * Which Python files may be compiled. An approval holds for a content: of the file, and of all that compiling it read; what
 * cannot be known of that counts as changed. An untrusted workspace has none. Every method throws MlopsError.
 */
export interface CompileApprovals {
  /** Approves a pipeline's file as it is now. A pipeline that is not compiled here needs no approval. Throws notFound, forbidden. */
  approve(pipeline: PipelineId, signal: AbortSignal): Promise<void>;
  /** Approves every Python file below a folder, and what the person saves there in this editor. Throws forbidden. */
  approveFolder(folder: string, signal: AbortSignal): Promise<void>;
  /** All approvals, newest first; a file in an approved folder is not listed again. */
  list(): Promise<readonly CompileApproval[]>;
  /** Withdraws an approval; that of a folder with its files. */
  revoke(ids: readonly string[]): Promise<void>;
  /** Called before the person saves a file in this editor; call the returned function when it is saved. */
  saving(file: string): Promise<() => Promise<void>>;
  /** Calls back when an approval is given or withdrawn, until the returned function is called. */
  watch(listener: () => void): () => void;
}

/** Keeps approvals over reloads. */
export interface ApprovalStore {
  read(): Json | undefined;
  write(approvals: Json | undefined): void;
}
