import { canonicalJson, type Json } from '../../core/domain/json.ts';
import { longestAnswerMs } from '../../core/tools/consent.ts';
import type { Confirmation } from '../../core/tools/tool.ts';

/** A question that stands for a call, until the call comes. */
export interface Ticket {
  readonly confirmation: Confirmation;
  /** What runs: the input with what was shown put in. */
  readonly input: Json;
  /** Makes the write unique: one consent, one run. */
  readonly key: string;
  readonly at: number;
  /** True when the editor shows the question. */
  readonly shown: boolean;
  /** How long a message to the window and back took, in milliseconds. */
  readonly roundTripMs: number;
  /** True when it took the place of a question about something else. */
  readonly mixed: boolean;
}

/** What a question is noted with. */
export type Asked = Pick<Ticket, 'confirmation' | 'shown' | 'roundTripMs'>;

/** The questions that stand for calls, and what the person said yes to. */
export class Consents {
  readonly #tickets = new Map<string, Ticket>();
  /** Where the same may run again. */
  readonly #agreements = new Set<string>();

  /** Forgets the question of a call. What was forgotten is given: a question that is prepared anew may be about something else. */
  drop(name: string, input: Json): Ticket | undefined {
    return this.take(name, input);
  }

  /** Notes that a call is put to the person. `before`: the question of the same call that this one takes the place of. */
  note(
    name: string,
    input: Json,
    { confirmation, shown, roundTripMs }: Asked,
    now: number,
    before?: Ticket,
  ): void {
    const runs = confirmation.input ?? input;
    const key = keyOf(name, input);
    const other = this.#tickets.get(key) ?? before;
    const stands = other !== undefined && now - other.at <= longestAnswerMs;
    const mixed =
      stands && (other.mixed || meaningOf(other.confirmation, other.input) !== meaningOf(confirmation, runs));
    const unique = crypto.randomUUID();
    this.#tickets.set(key, { confirmation, input: runs, key: unique, at: now, shown, roundTripMs, mixed });
    for (const [old, { at }] of this.#tickets) if (now - at > longestAnswerMs) this.#tickets.delete(old);
  }

  /** The question of a call, once. */
  take(name: string, input: Json): Ticket | undefined {
    const key = keyOf(name, input);
    const ticket = this.#tickets.get(key);
    this.#tickets.delete(key);
    return ticket;
  }

  /** Remembers a yes, for what may run again without a question. */
  keepAgreement(name: string, { standing }: Confirmation): void {
    if (standing !== undefined) this.#agreements.add(keyOf(name, standing));
  }

  /** True when the person said yes to the very same thing before. */
  hasAgreed(name: string, { standing }: Confirmation): boolean {
    return standing !== undefined && this.#agreements.has(keyOf(name, standing));
  }
}

const keyOf = (name: string, input: Json) => `${name}\n${canonicalJson(input)}`;

function meaningOf({ agreed }: Confirmation, input: Json): string {
  return canonicalJson([agreed ?? null, input]);
}
