/** The files in which a person's code is searched. Paths are absolute. */
export interface SourceFiles {
  /** A file as it is in the editor, else on disk; undefined when it does not exist or is larger than 1 MB. */
  text(file: string): Promise<string | undefined>;
  /** The Python files of a folder. */
  pythonIn(folder: string): Promise<readonly string[]>;
  /** Python files of the workspace, at most 500; none of a virtual environment. */
  python(): Promise<readonly string[]>;
}

/** The same, with the names by which people know the files. */
export interface NamedSourceFiles extends SourceFiles {
  /** A file as people name it: relative to its workspace folder. */
  label(file: string): string;
}
