import { isActive, type Run, type RunId } from '../domain/run.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import { asOnTerminal } from '../text/terminalText.ts';
import { growingRedactor, redact, redactor } from '../text/redact.ts';
import { size as bytesText } from '../text/units.ts';
import { attemptLine, type LogPlace } from './attemptLogs.ts';
import { endLine } from './endLine.ts';
import { collected } from './bytes.ts';
import { emptyWindow, fromLine, grown, type LogWindow, windowEnd } from './logWindow.ts';

/**
 * Most bytes of a log that are shown while it grows, and after it ended: the newest ones. The editor compares a text of up to
 * 100 000 characters with the previous one, letter by letter, and replaces a longer one.
 */
export const followedBytes = 110_000;
export const endedBytes = 1_000_000;
/** Most bytes of an attempt that stay when the next one begins. */
const earlierBytes = 20_000;

/** Follows the log of one task over its attempts; each read takes what is new. */
export class FollowedTask {
  readonly #backend: PipelineBackend;
  readonly #id: RunId;
  readonly #task: string;
  #run: Run | undefined;
  /** The attempt whose log is read; undefined where there are none. */
  #attempt: number | undefined;
  #window: LogWindow = emptyWindow();
  #size = 0;
  /** The ends of the earlier attempts. */
  #earlier = '';
  #stale = true;

  constructor(backend: PipelineBackend, run: RunId, task: string) {
    this.#backend = backend;
    this.#id = run;
    this.#task = task;
  }

  /** True when the task has ended and its log is read completely. */
  get ended(): boolean {
    return this.#run !== undefined && !this.#stale && endLine(this.#run, this.#task) !== undefined;
  }

  /** True when the run has ended, too, so that nothing changes any more. */
  get over(): boolean {
    return this.ended && this.#run !== undefined && !isActive(this.#run.state);
  }

  /** Called when the run has changed, so that the next read includes it. */
  runChanged(): void {
    this.#stale = true;
  }

  /** Reads what is new, at most `endedBytes`. True when there was any. Throws MlopsError. */
  async read(signal: AbortSignal): Promise<boolean> {
    const before = this.#state();
    if (this.#stale) await this.#look(signal);
    await this.#readNew(signal);
    while (this.#nextAttempt()) await this.#readNew(signal);
    return this.#state() !== before;
  }

  /** The document: what is left out, the newest lines, and how the task ended, without the run's secrets. */
  get text(): string {
    if (this.#run === undefined) return redact(this.#printed);
    const hide = this.ended ? redactor(this.#run) : growingRedactor(this.#run);
    return hide(this.#printed);
  }

  get #printed(): string {
    const { start, bytes } = this.#window;
    const cut = start === 0 ? '' : `${cutLine(start, this.#size)}\n`;
    const ending = this.#run === undefined ? undefined : endLine(this.#run, this.#task);
    // An incomplete character at the end is kept back.
    const lines = asOnTerminal(new TextDecoder().decode(bytes, { stream: ending === undefined }));
    const broken = lines === '' || lines.endsWith('\n') ? '' : '\n';
    if (ending !== undefined) return `${this.#earlier}${cut}${lines}${broken}${ending}\n`;
    return `${this.#earlier}${cut}${lines}` || `[${this.#task} has printed nothing yet.]\n`;
  }

  /** The line of `text`, from 0, that shows this byte of an attempt's log; undefined when it is left out. */
  lineAt({ attempt, offset }: LogPlace): number | undefined {
    const { start, bytes } = this.#window;
    if (attempt !== (this.#attempt ?? 0)) return undefined;
    if (offset < start || offset >= windowEnd(this.#window)) return undefined;
    const above = lineBreaks(new TextEncoder().encode(this.#earlier)) + (start === 0 ? 0 : 1);
    return above + lineBreaks(bytes.subarray(0, offset - start));
  }

  #state(): string {
    return `${this.#attempt} ${windowEnd(this.#window)} ${this.#run && endLine(this.#run, this.#task)}`;
  }

  async #look(signal: AbortSignal): Promise<void> {
    this.#stale = false;
    try {
      this.#run = await this.#backend.getRun(this.#id, signal);
    } catch (error) {
      this.#stale = true;
      throw error;
    }
    if (this.#attempt === undefined && this.#attempts > 0) this.#attempt = this.#attempts;
  }

  get #attempts(): number {
    return this.#run?.tasks.find((task) => task.path === this.#task)?.attempts ?? 0;
  }

  /** Switches to the next attempt, if there is one, after reading the end of the current one. */
  #nextAttempt(): boolean {
    if (this.#attempt === undefined || this.#attempt >= this.#attempts) return false;
    const tail = fromLine(this.#window, this.#window.bytes.length - earlierBytes);
    const lines = asOnTerminal(new TextDecoder().decode(tail.bytes));
    const cut = tail.start === 0 ? '' : `${cutLine(tail.start, this.#size)}\n`;
    this.#attempt += 1;
    this.#earlier = `${cut}${lines}${lines.endsWith('\n') ? '' : '\n'}${attemptLine(this.#attempt)}\n`;
    this.#window = emptyWindow();
    return true;
  }

  async #readNew(signal: AbortSignal): Promise<void> {
    const most = this.ended ? endedBytes : followedBytes;
    const end = windowEnd(this.#window);
    const part = await this.#part(end, most, signal);
    this.#size = part.size;
    // Of output beyond the bound only the end is kept.
    const skips = part.size - end > most;
    if (part.size < end || skips || this.#isWorthMore(most)) return this.#readEnd(most, part.size, signal);
    this.#window = grown(this.#window, await collected(part.bytes), most);
  }

  /** Reads more of an ended log than was kept while it was followed. */
  #isWorthMore(most: number): boolean {
    return most === endedBytes && this.#window.start > 0 && this.#window.bytes.length <= followedBytes;
  }

  async #readEnd(most: number, size: number, signal: AbortSignal): Promise<void> {
    const start = Math.max(0, size - most);
    const { bytes } = await this.#part(start, most, signal);
    const all = { start, bytes: await collected(bytes) };
    this.#window = start === 0 ? all : fromLine(all, 1);
  }

  #part(offset: number, limit: number, signal: AbortSignal) {
    const attempt = this.#attempt === undefined ? {} : { attempt: this.#attempt };
    return this.#backend.readLog(this.#id, this.#task, { offset, limit, ...attempt }, signal);
  }
}

/** "[The first 800 kB of 1.8 MB are left out: Whole log opens them.]" */
function cutLine(left: number, size: number): string {
  return `[The first ${bytesText(left)} of ${bytesText(size)} are left out: "Whole log" opens all of it.]`;
}

function lineBreaks(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes) if (byte === 10) count += 1;
  return count;
}
