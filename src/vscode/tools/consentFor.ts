import type { Json } from '../../core/domain/json.ts';
import { type AskedCall, decideCall } from '../../core/tools/consent.ts';
import type { Confirmation, ToolDeps } from '../../core/tools/tool.ts';
import type { Consents } from './consents.ts';

/** A call that is about to change something. */
export interface ChangingCall extends Pick<AskedCall, 'effect' | 'inChat' | 'hasRead' | 'named'> {
  readonly name: string;
  readonly input: Json;
}

/** What was agreed to: what runs, the key that makes it unique, and the fingerprint of what was shown. */
export interface Consent {
  readonly input: Json;
  readonly key: string;
  readonly agreed?: string;
}

export interface ConsentDeps extends Pick<ToolDeps, 'ask'> {
  readonly consents: Consents;
  readonly now: number;
  /** Prepares the question of the call anew. Throws MlopsError when the call cannot run. */
  readonly prepare: () => Promise<Confirmation>;
}

/** The person's consent to a call: given already, or asked for in a dialog of ours. Undefined when they say no. */
export async function consentFor(
  { name, input, effect, inChat, hasRead, named }: ChangingCall,
  { consents, now, ask, prepare }: ConsentDeps,
): Promise<Consent | undefined> {
  const ticket = consents.take(name, input);
  const asked = {
    effect,
    inChat,
    hasRead,
    named,
    standing: ticket !== undefined && consents.hasAgreed(name, ticket.confirmation),
  };
  const decision = decideCall(
    ticket === undefined ? asked : { ...asked, question: { ...ticket, forMs: now - ticket.at } },
  );
  const confirmation = ticket === undefined || decision === 'prepare' ? await prepare() : ticket.confirmation;
  // What destroys asks when it runs.
  const agrees = decision === 'run' || effect === 'destroy' || (await ask(confirmation.question));
  if (!agrees) return undefined;
  consents.keepAgreement(name, confirmation);
  const { agreed } = confirmation;
  return {
    input: confirmation.input ?? input,
    key: ticket?.key ?? crypto.randomUUID(),
    ...(agreed === undefined ? {} : { agreed }),
  };
}
