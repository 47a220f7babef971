import { spawn } from 'node:child_process';

/** A program of the cluster that runs. */
export interface Child {
  /** The end of what it printed. */
  readonly output: () => string;
  /** Ends with it. */
  readonly ended: Promise<void>;
  end(): Promise<void>;
}

/** Ends the program when this process is gone, however it went: the pipe on its standard input closes then. */
const supervised = 'exec 3<&0; "$@" </dev/null & p=$!; (cat <&3 >/dev/null; kill $p 2>/dev/null) & wait $p';
const keptOutput = 20_000;

export function startChild(command: string, args: readonly string[]): Child {
  const child = spawn('sh', ['-c', supervised, 'sh', command, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true, // Ctrl+C reaches this process, which ends it
  });
  let output = '';
  const take = (piece: Buffer) => {
    output = (output + piece.toString()).slice(-keptOutput);
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  child.stdin.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => {
    child.on('error', () => resolve());
    child.on('exit', () => resolve());
  });
  return {
    output: () => output,
    ended,
    end: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
