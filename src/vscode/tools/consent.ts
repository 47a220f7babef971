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
  /** True when it took the place of a question about something else. */
  readonly mixed: boolean;
}

/** What a question is noted with. */
export type Asked = Pick<Ticket, 'confirmation' | 'shown'>;

const tickets = new Map<string, Ticket>();
/** What the person said yes to in this session, where the same may run again. */
const agreements = new Set<string>();

/** Forgets the question of a call. What was forgotten is given: a question that is prepared anew may be about something else. */
export function dropTicket(name: string, input: Json): Ticket | undefined {
  const key = keyOf(name, input);
  const ticket = tickets.get(key);
  tickets.delete(key);
  return ticket;
}

/** Notes that a call is put to the person. `before`: the question of the same call that this one takes the place of. */
export function noteAsked(
  name: string,
  input: Json,
  { confirmation, shown }: Asked,
  now: number,
  before?: Ticket,
): void {
  const runs = confirmation.input ?? input;
  const other = tickets.get(keyOf(name, input)) ?? before;
  const stands = other !== undefined && now - other.at <= longestAnswerMs;
  const mixed =
    stands && (other.mixed || meaningOf(other.confirmation, other.input) !== meaningOf(confirmation, runs));
  const ticket = { confirmation, input: runs, key: crypto.randomUUID(), at: now, shown, mixed };
  tickets.set(keyOf(name, input), ticket);
  for (const [key, { at }] of tickets) if (now - at > longestAnswerMs) tickets.delete(key);
}

/** The question of a call, once. */
export const takeTicket = dropTicket;

/** Remembers a yes, for what may run again without a question. */
export function keepAgreement(name: string, { standing }: Confirmation): void {
  if (standing !== undefined) agreements.add(keyOf(name, standing));
}

/** True when the person said yes to the very same thing before. */
export function hasAgreed(name: string, { standing }: Confirmation): boolean {
  return standing !== undefined && agreements.has(keyOf(name, standing));
}

const keyOf = (name: string, input: Json) => `${name}\n${canonicalJson(input)}`;

function meaningOf({ agreed }: Confirmation, input: Json): string {
  return canonicalJson([agreed ?? null, input]);
}
