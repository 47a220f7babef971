import { isJsonObject, type Json } from '../domain/json.ts';
import type { Round } from '../ports/promptRenderer.ts';
import { redact } from '../text/redact.ts';
import { isHidden, namesSecret, secretMark } from '../text/secretNames.ts';
import { fitRounds } from './fitSections.ts';

/** What a conversation keeps of rounds, in characters. */
const longestKept = 60_000;

/** The rounds of a turn that "go on" continues, without secrets and within a bound: the newest results whole, then older ones. */
export function keptRounds(rounds: readonly Round[], longest = longestKept): readonly Round[] {
  const safe = rounds.map(({ text, calls, results }) => ({
    text: redact(text),
    calls: calls.map((call) => ({ ...call, input: withoutSecrets('', call.input) })),
    results,
  }));
  return fitRounds(safe, longest, ({ length }) => length).rounds;
}

function withoutSecrets(name: string, value: Json): Json {
  if (namesSecret(name)) return secretMark;
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(name, item));
  if (isJsonObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withoutSecrets(key, each)]));
  if (isHidden(name, value)) return secretMark;
  return typeof value === 'string' ? redact(value) : value;
}

/** True for a sentence that wants the last answer to be continued. */
export function isGoOn(sentence: string): boolean {
  return /^\W*(?:please |yes,? |ok(?:ay)?,? |bitte )?(?:go on|go ahead|continue|carry on|keep going|proceed|weiter|mach(?:e)? weiter)(?: please| bitte)?\W*$/i.test(
    sentence,
  );
}
