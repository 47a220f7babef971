import { Worker } from 'node:worker_threads';
import { md5Hash } from './checksums.ts';

/** An MD5 of bytes that come one after the other. */
export interface Sum {
  /** Takes bytes; they may be overwritten at once. Waits while many have not been summed yet. */
  add(bytes: Uint8Array): Promise<void>;
  /** The MD5 of what was added since the last digest. */
  digest(): Promise<Buffer>;
}

/** Fewer bytes are summed where they are: that takes less than a millisecond. */
const smallBytes = 512 * 1024;
/** Most bytes that wait to be summed. */
const mostWaiting = 32 * 1024 * 1024;
/** The thread ends when nothing was summed for so many milliseconds. */
const idleMs = 10_000;

/** Runs in the thread: takes bytes, or the wish for a digest, by the number of a sum. */
const program = `
  const { parentPort } = require('node:worker_threads');
  const { createHash } = require('node:crypto');
  const sums = new Map();
  parentPort.on('message', ({ id, bytes }) => {
    const sum = sums.get(id) ?? createHash('md5');
    if (bytes === undefined) {
      sums.delete(id);
      parentPort.postMessage({ digest: sum.digest('hex') });
    } else {
      sums.set(id, sum.update(bytes));
      parentPort.postMessage({ size: bytes.length });
    }
  });`;

type Answer = { readonly digest: string } | { readonly size: number };

/** Sums MD5s in a thread of its own, so that the editor does not wait for those of large objects. */
export class SumThread {
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #sums = 0;
  #waiting = 0;
  readonly #asked: PromiseWithResolvers<Buffer>[] = [];
  #room = Promise.withResolvers<void>();

  /** A sum of about `size` bytes in all. */
  sum(size: number): Sum {
    return size < smallBytes ? sumHere() : this.#sumThere();
  }

  #sumThere(): Sum {
    this.#sums += 1;
    const id = this.#sums;
    return {
      add: async (bytes) => {
        while (this.#waiting > mostWaiting) await this.#room.promise;
        const copy = new Uint8Array(bytes);
        this.#waiting += copy.length;
        this.#started().postMessage({ id, bytes: copy }, [copy.buffer]);
      },
      digest: () => {
        const asked = Promise.withResolvers<Buffer>();
        this.#asked.push(asked);
        this.#started().postMessage({ id });
        return asked.promise;
      },
    };
  }

  #started(): Worker {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.#end(), idleMs).unref();
    this.#worker?.ref();
    if (this.#worker !== undefined) return this.#worker;
    const worker = new Worker(program, { eval: true });
    worker.on('message', (answer: Answer) => this.#take(answer));
    worker.on('error', (error) => this.#fail(error));
    this.#worker = worker;
    return worker;
  }

  #take(answer: Answer): void {
    if ('digest' in answer) this.#asked.shift()?.resolve(Buffer.from(answer.digest, 'hex'));
    else this.#waiting -= answer.size;
    this.#giveRoom();
    if (this.#waiting === 0 && this.#asked.length === 0) this.#worker?.unref();
  }

  #giveRoom(): void {
    if (this.#waiting > mostWaiting) return;
    this.#room.resolve();
    this.#room = Promise.withResolvers();
  }

  #end(): void {
    if (this.#waiting > 0 || this.#asked.length > 0) return;
    void this.#worker?.terminate();
    this.#worker = undefined;
  }

  #fail(error: unknown): void {
    this.#worker = undefined;
    this.#waiting = 0;
    for (const asked of this.#asked.splice(0)) asked.reject(error);
    this.#giveRoom();
  }
}

function sumHere(): Sum {
  let hash = md5Hash();
  return {
    add: async (bytes) => {
      hash.update(bytes);
    },
    digest: async () => {
      const digest = hash.digest();
      hash = md5Hash();
      return digest;
    },
  };
}
