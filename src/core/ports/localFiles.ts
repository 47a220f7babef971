import type { ByteSource, ByteTarget } from './objectWrites.ts';

/** A file of this machine. */
export interface LocalFile {
  /** Absolute. */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** Its names below the folder that was asked for, its own last; only its own where a file was. */
  readonly names: readonly string[];
}

/** Files below a path, and what was left out (links, pipes, what may not be read) with the reason. */
export interface LocalListing {
  readonly files: readonly LocalFile[];
  readonly leftOut: readonly { readonly path: string; readonly reason: string }[];
}

/** A file that is written beside its place first, so that what is there stays until all has arrived. */
export interface LocalTarget extends ByteTarget {
  /** Puts the file in its place. */
  finish(): Promise<void>;
  /** Removes what was written. */
  discard(): Promise<void>;
}

/** Files of this machine, as uploads and downloads need them. Every method throws MlopsError. */
export interface LocalFiles {
  /** The file itself, or all files below a folder; links are not followed. Throws invalid for more than 200,000. */
  list(path: string, signal: AbortSignal): Promise<LocalListing>;
  /** Those of the paths where something is already. */
  existing(paths: readonly string[]): Promise<readonly string[]>;
  source(path: string): Promise<ByteSource>;
  /** Makes the folders that it needs. */
  target(path: string): Promise<LocalTarget>;
  /** The path of names below a folder. */
  join(folder: string, ...names: readonly string[]): string;
  /** How this machine names files. */
  readonly names: { readonly isWindows: boolean; readonly ignoresCase: boolean };
}
