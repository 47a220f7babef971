// The editor's workspace in unit tests: files of this machine, and the documents that a test opens.
import { readdirSync, readFileSync, statSync } from 'node:fs';

interface Address {
  readonly fsPath: string;
}

export const fileTypes = { Unknown: 0, File: 1, Directory: 2, SymbolicLink: 64 } as const;

const typeOf = (entry: { isDirectory(): boolean; isFile(): boolean }) => {
  if (entry.isDirectory()) return fileTypes.Directory;
  return entry.isFile() ? fileTypes.File : fileTypes.Unknown;
};

/** A workspace in which `/workspace` is the open folder. */
export const filesOfThisMachine = {
  textDocuments: [] as unknown[],
  notebookDocuments: [] as unknown[],
  asRelativePath: ({ fsPath }: Address): string => fsPath.replace(/^\/workspace\//, ''),
  fs: {
    async stat({ fsPath }: Address) {
      const entry = statSync(fsPath);
      return { type: typeOf(entry), size: entry.size };
    },
    readFile: async ({ fsPath }: Address) => new Uint8Array(readFileSync(fsPath)),
    readDirectory: async ({ fsPath }: Address) =>
      readdirSync(fsPath, { withFileTypes: true }).map((entry) => [entry.name, typeOf(entry)]),
  },
};
