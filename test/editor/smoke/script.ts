import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { root } from '../../../scripts/node24.mjs';

/** A script of the repository while it runs. */
export class Script {
  out = '';
  err = '';
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;

  constructor(name: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    const file = path.join(root, 'scripts', name);
    this.child = spawn(process.execPath, [file, ...args], { cwd: root, env: { ...process.env, ...env } });
    this.child.stdout?.on('data', (piece) => (this.out += String(piece)));
    this.child.stderr?.on('data', (piece) => (this.err += String(piece)));
    this.ended = new Promise((resolve) => this.child.on('close', resolve));
  }

  /** Waits until it has printed this. */
  async prints(pattern: RegExp): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = pattern.exec(this.out);
        if (found) resolve(found);
      };
      this.child.stdout?.on('data', look);
      this.child.on('close', () =>
        reject(new Error(`It ended without ${pattern}:\n${this.out}\n${this.err}`)),
      );
      look();
    });
  }
}
