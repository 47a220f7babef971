/** What `startEditor` takes; each field is described there. */
export interface EditorOptions {
  readonly version?: string;
  readonly extensionPath?: string | undefined;
  readonly extraExtensions?: readonly string[];
  readonly folder?: string;
  readonly dataDir?: string;
  readonly extensionsDir?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly models?: readonly unknown[];
  readonly port?: number;
  readonly trust?: boolean;
  readonly smokeTest?: boolean;
  readonly proposedApi?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
}

/** A server that runs. */
export interface Editor {
  readonly url: string;
  readonly address: string;
  readonly port: number;
  readonly dataDir: string;
  readonly logFile: string;
  readonly exited: Promise<unknown>;
  stop(): Promise<void>;
}

export function startEditor(options?: EditorOptions): Promise<Editor>;
