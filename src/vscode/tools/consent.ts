import { canonicalJson, type Json } from '../../core/domain/json.ts';

/** What was shown for approval, until the call comes. `key` makes the write unique: one consent, one run. */
interface Ticket {
  readonly name: string;
  readonly input: string;
  readonly key: string;
  /** What runs: the input with what was shown put in. */
  readonly shown: Json;
  /** What the yes is given to beside the input. */
  readonly agreed: string | undefined;
  readonly at: number;
}

const tickets: Ticket[] = [];
const lifetime = 60 * 60 * 1000;

/** Notes that a call was put to the person (or to an approval that they gave before), and what they were shown. */
export function noteAsked(name: string, input: Json, shown: Json, now: number, agreed?: string): void {
  const old = tickets.findIndex((ticket) => now - ticket.at < lifetime);
  tickets.splice(0, old < 0 ? tickets.length : old);
  tickets.push({ name, input: canonicalJson(input), key: crypto.randomUUID(), shown, agreed, at: now });
}

/** What was agreed to, once: the input to run with, its idempotency key and what it stood for; undefined for a call nobody was asked about. */
export function takeConsent(name: string, input: Json): Pick<Ticket, 'key' | 'shown' | 'agreed'> | undefined {
  const wanted = canonicalJson(input);
  const at = tickets.findLastIndex((ticket) => ticket.name === name && ticket.input === wanted);
  return at < 0 ? undefined : tickets.splice(at, 1)[0];
}
