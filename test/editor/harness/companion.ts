import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { root } from '../../../scripts/node24.mjs';

const startMs = 60_000;

/** The way to the companion extension, which answers from inside the extension host. */
export class Companion {
  /** Its folder, for `extraExtensions`. */
  readonly extension = path.join(root, 'test', 'editor', 'companion');
  readonly #token = randomBytes(16).toString('hex');
  readonly #folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mlops-companion-'));

  /** What the editor's server must have in its environment. */
  get env(): Record<string, string> {
    return { MLOPS_COMPANION_FILE: this.file, MLOPS_COMPANION_TOKEN: this.#token };
  }

  /** The conversation in front, as the editor exports it. */
  async transcript(): Promise<ExportedChat> {
    return (await this.ask({ question: 'transcript' })) as ExportedChat;
  }

  /** Tokens of each text as the model of this name counts them; nothing when the model is not known. */
  async countTokens(model: string, texts: readonly string[]): Promise<number[] | undefined> {
    return ((await this.ask({ question: 'countTokens', model, texts })) as number[] | null) ?? undefined;
  }

  async command(id: string, ...args: unknown[]): Promise<unknown> {
    return this.ask({ question: 'command', id, args });
  }

  remove(): void {
    fs.rmSync(this.#folder, { recursive: true, force: true });
  }

  private get file(): string {
    return path.join(this.#folder, 'port');
  }

  private async ask(body: object): Promise<unknown> {
    const headers = { authorization: `Bearer ${this.#token}` };
    const url = `http://127.0.0.1:${await this.port()}/`;
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    const { value, error } = (await response.json()) as { value?: unknown; error?: string };
    if (error !== undefined) throw new Error(`The companion extension: ${error}`);
    return value;
  }

  /** It listens once the extension host is up; after a reload of the window, on another port. */
  private async port(): Promise<string> {
    for (const deadline = Date.now() + startMs; Date.now() < deadline; await pause(50)) {
      if (fs.existsSync(this.file)) return fs.readFileSync(this.file, 'utf8');
    }
    throw new Error('The companion extension did not start.');
  }
}

/** The parts of the editor's export that are read here; the editor's own format, so nothing is certain to be there. */
export interface ExportedChat {
  readonly requests: readonly ExportedTurn[];
}

export interface ExportedTurn {
  readonly message?: { readonly text?: string };
  readonly response?: readonly ExportedPart[];
  readonly followups?: readonly {
    readonly message?: string;
    readonly title?: string;
    readonly tooltip?: string;
  }[];
  readonly contentReferences?: readonly unknown[];
  readonly result?: { readonly errorDetails?: { readonly message?: string }; readonly metadata?: unknown };
  readonly modelId?: string;
  readonly usage?: unknown;
}

export interface ExportedPart {
  readonly kind?: string;
  readonly [field: string]: unknown;
}
