import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { testEnvironments } from '../../../../scripts/lib/cache.mjs';
import { root } from '../../../../scripts/node24.mjs';

const samples = path.join(root, 'resources', 'samples');
const own = path.join(root, 'test', 'editor', 'ui', 'workspaces');
/** The folders that a workspace is made of. */
const workspaces = {
  /** As `npm start` opens it. */
  samples: [samples],
  /** The same, but its iris needs no package and ends at once. */
  light: [samples, path.join(own, 'light')],
  pipelines: [path.join(own, 'pipelines')],
  results: [path.join(own, 'results')],
  empty: [],
};
export type WorkspaceName = keyof typeof workspaces;

/** A task of a run as the runner writes it. */
export interface TaskRecord {
  readonly name: string;
  readonly state: string;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly cachedFrom: string | null;
}

export interface RunRecord {
  readonly id: string;
  readonly state: string;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly tasks: readonly TaskRecord[];
}

/** The record in a run's folder; undefined where there is none. */
export function readRecord(folder: string): RunRecord | undefined {
  const file = path.join(folder, 'run.json');
  return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as RunRecord) : undefined;
}

/** A home for runs and a workspace, both of one suite alone. Environments are shared, unless a suite removes some. */
export class Place {
  readonly home: string;
  readonly workspace: string;
  readonly #folder: string;
  readonly #name: WorkspaceName;

  constructor(workspace: WorkspaceName, { ownEnvironments = false }: { ownEnvironments?: boolean } = {}) {
    this.#folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'mlops-ui-')));
    this.home = path.join(this.#folder, 'home');
    this.workspace = path.join(this.#folder, workspace);
    fs.mkdirSync(this.home, { mode: 0o700 }); // as the extension makes it
    if (ownEnvironments) fs.mkdirSync(path.join(this.home, 'envs'));
    else this.#shareEnvironments();
    fs.mkdirSync(this.workspace);
    this.#name = workspace;
    this.#fillWorkspace();
  }

  /** Empties the home, all but environments and the runner's code, and makes the workspace as it was at first. */
  startOver(): void {
    emptyFolder(this.home, ['envs', 'runner', 'runs']);
    emptyFolder(path.join(this.home, 'runs')); // it is watched
    emptyFolder(this.workspace);
    this.#fillWorkspace();
  }

  #fillWorkspace(): void {
    for (const source of workspaces[this.#name]) fs.cpSync(source, this.workspace, { recursive: true });
  }

  #shareEnvironments(): void {
    fs.mkdirSync(testEnvironments, { recursive: true });
    fs.symlinkSync(testEnvironments, path.join(this.home, 'envs'), 'junction');
  }

  /** Puts a file into the home, as if it had been there before. */
  plant(name: string, content: object | string): void {
    const file = path.join(this.home, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  }

  /** A path outside of the workspace, for what a pipeline waits for. */
  file(name: string): string {
    return path.join(this.#folder, name);
  }

  create(name: string): void {
    fs.writeFileSync(this.file(name), '');
  }

  append(name: string, text: string): void {
    fs.appendFileSync(this.file(name), text);
  }

  /** What stands in the home about every run, by number. */
  runs(): readonly RunRecord[] {
    const folder = path.join(this.home, 'runs');
    if (!fs.existsSync(folder)) return [];
    return fs
      .readdirSync(folder)
      .filter((name) => /^\d+$/.test(name))
      .toSorted((a, b) => Number(a) - Number(b))
      .map((name) => JSON.parse(fs.readFileSync(path.join(folder, name, 'run.json'), 'utf8')) as RunRecord);
  }

  run(id: string): RunRecord | undefined {
    return this.runs().find((run) => run.id === id);
  }

  /** True when a window has told of a run's end, or needed not to. */
  notified(id: string): boolean {
    return fs.existsSync(path.join(this.home, 'runs', id.slice(id.lastIndexOf('-') + 1), 'notified'));
  }

  /** What artifacts are stored of a run. */
  artifacts(run: string): readonly string[] {
    const pipeline = run.slice(0, run.lastIndexOf('-'));
    const folder = path.join(this.home, 'objects', 'artifacts', pipeline, run);
    if (!fs.existsSync(folder)) return [];
    return fs
      .readdirSync(folder, { recursive: true, withFileTypes: true })
      .flatMap((entry) => (entry.isFile() ? [entry.name] : []));
  }

  /** The processes that work on runs of this home: runners and their tasks. */
  processes(): readonly string[] {
    const all = execFileSync('ps', ['-axww', '-o', 'pid=,args='], { encoding: 'utf8', maxBuffer: 1 << 26 });
    return all.split('\n').filter((line) => line.includes(`${this.home}${path.sep}runs`));
  }

  remove(): void {
    fs.rmSync(this.#folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

function emptyFolder(folder: string, keep: readonly string[] = []): void {
  for (const name of fs.readdirSync(folder).filter((entry) => !keep.includes(entry)))
    fs.rmSync(path.join(folder, name), { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}
