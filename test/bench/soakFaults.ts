import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { RunId } from '../../src/core/domain/run.ts';

const lookMs = 50;

/** A disk that can be made full for a while. */
export interface SmallDisk {
  readonly home: string;
  readonly full: boolean;
  /** How often it was full so far. */
  readonly fills: number;
  readonly fillFor: (ms: number) => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** A disk in memory; undefined where this process may not mount one. */
export async function smallDisk(megabytes: number): Promise<SmallDisk | undefined> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  const disk = fs.mkdtempSync(path.join(os.tmpdir(), 'mlops-soak-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'none', disk]);
  const filler = path.join(disk, 'filler');
  const state = { full: false, fills: 0 };
  return {
    home: path.join(disk, 'home'),
    get full() {
      return state.full;
    },
    get fills() {
      return state.fills;
    },
    async fillFor(ms) {
      if (state.full) return;
      state.full = true;
      state.fills += 1;
      fill(filler);
      await pause(ms);
      fs.rmSync(filler, { force: true });
      state.full = false;
    },
    async remove() {
      execFileSync('umount', ['-l', disk]);
      fs.rmSync(disk, { recursive: true, force: true });
    },
  };
}

function fill(file: string): void {
  const piece = Buffer.alloc(64 * 1024);
  const opened = fs.openSync(file, 'w');
  try {
    for (;;) fs.writeSync(opened, piece);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    fs.closeSync(opened);
  }
}

/** Kills the process that walks through a run's tasks, if there is one. */
export async function killRunner(home: string, id: RunId): Promise<void> {
  const pid = runnerOf(home, id);
  if (pid !== undefined) kill(pid);
}

/** Kills a process that the runner of a run has started, if there is one. */
export async function killTask(home: string, id: RunId): Promise<void> {
  const runner = runnerOf(home, id);
  if (runner === undefined) return;
  const [child] = readOrEmpty(`/proc/${runner}/task/${runner}/children`).split(' ').filter(Boolean);
  if (child !== undefined) kill(Number(child));
}

function runnerOf(home: string, id: RunId): number | undefined {
  const record = readOrEmpty(path.join(home, 'runs', id.split('-').at(-1) ?? '', 'runner.json'));
  if (record === '') return undefined;
  const { pid } = JSON.parse(record) as { readonly pid: number };
  return readOrEmpty(`/proc/${pid}/cmdline`).includes(home) ? pid : undefined;
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** The command lines of processes that name a folder and do not end within some milliseconds. */
export async function processesNaming(folder: string, ms: number): Promise<readonly string[]> {
  const deadline = Date.now() + ms;
  for (;;) {
    const found = fs
      .readdirSync('/proc')
      .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid)
      .filter((pid) =>
        ['cmdline', 'environ'].some((name) => readOrEmpty(`/proc/${pid}/${name}`).includes(folder)),
      );
    if (found.length === 0 || Date.now() > deadline)
      return found.map((pid) => `${pid} ${readOrEmpty(`/proc/${pid}/cmdline`).replaceAll('\0', ' ')}`);
    await pause(lookMs);
  }
}

/** What the files below a folder hold together. */
export function bytesBelow(folder: string): number {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + fs.statSync(path.join(parentPath, name)).size, 0);
}

function readOrEmpty(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
