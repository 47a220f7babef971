/** A file of the workspace. `path` is absolute; `label` is how people name it, with its folder where there are several. */
export interface WorkspaceFile {
  readonly path: string;
  readonly label: string;
}

/** The files of the open folders, with the excludes that the editor's search has. */
export interface WorkspaceFiles {
  /** Files whose name ends in one of `endings` (".yaml"), at most `limit`; `cut` is true when there were more. */
  find(
    endings: readonly string[],
    limit: number,
    signal: AbortSignal,
  ): Promise<{ readonly files: readonly WorkspaceFile[]; readonly cut: boolean }>;
  /** Calls back when such a file is created, deleted or changed, until the returned function is called. */
  watch(endings: readonly string[], listener: () => void): () => void;
  /** Absolute paths of the open folders. */
  folders(): readonly string[];
  /** False in Restricted Mode: files may be read and shown, nothing in them may run. */
  trusted(): boolean;
}
