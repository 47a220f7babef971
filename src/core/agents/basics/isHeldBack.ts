import { folded } from './known.ts';
import { orderIn, type Verb, verbsIn } from './verbs.ts';
import type { Parts } from './sentenceParts.ts';

const negation = /\b(?:don'?t|do not|never|not|no need|shouldn'?t|nicht|nie|niemals|kein\w*)\b/;

const notAsked: readonly RegExp[] = [
  // What would be, may be or should be; who did it.
  /^(?:if|should|shall|would|may|must|maybe|perhaps|who|whose|soll\w*|darf|duerfte|wenn|falls|wer|vielleicht)\b/,
  /\b(?:if (?:i|we|you)|(?:should|would|must) (?:i|we|you|one)|wenn (?:ich|man)|what if|safe|safely|(?:i|it) allowed|a good idea)\b|\b(?:okay|ok) (?:to|if)\b/,
  // What could be done to something.
  /\b(?:deleted|removed|installed|deleting|stopping|cancelling|deletion|geloescht|entfernt|installiert)\b/,
  // What is said of us.
  /\b(?:are|were) you\b|\byou (?:are|mean)\b/,
  // How things are done.
  /^how (?:(?:do|can|could|should|would) (?:i|we|you|one)|to)\b/,
  /^wie \p{L}+ (?:ich|man|wir)\b/u,
  // What is told, not asked.
  /^(?:i|we|ich|wir|you|nobody|somebody|someone) /,
  // What no tool does.
  /^(?:create|make|build|write|upload|download|deploy|schedule|rename|move|copy|send|fix|edit|update|publish|encrypt|compress|convert|add|set|book|buy|order|plan|teach|translate|erstelle|schreibe?|baue?|lade|plane|kopiere|sende|aendere)\b/,
];

/** Whoever speaks of these and gives no order does not want to look at something. */
const harmful: readonly Verb[] = ['stop', 'delete', 'install'];

/** True for a sentence that asks for nothing that a tool does, whatever it names. */
export function isHeldBack(parts: Parts): boolean {
  const text = folded(parts.text);
  return (
    isNegated(parts) ||
    notAsked.some((pattern) => pattern.test(text)) ||
    harmful.some((verb) => verbsIn(parts).has(verb)) ||
    isRefused(parts)
  );
}

/** True for a sentence that says what not to do, or what is not so. */
export function isNegated({ text }: Parts): boolean {
  return negation.test(folded(text));
}

/** An order to run something that has not all it needs; "run history" and "train log" are none. */
function isRefused(parts: Parts): boolean {
  const { concepts } = parts;
  return (
    orderIn(parts) !== undefined && !concepts.has('log') && !concepts.has('runs') && !concepts.has('metric')
  );
}
