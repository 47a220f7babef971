import { folded } from './known.ts';
import { tidy } from './tidy.ts';

/** What people say before what they want. */
const before = new RegExp(
  `^(?:${[
    'please|pls|plz|bitte|hey|hi|hello|hallo|moin|yo|good (?:morning|afternoon|evening)|guten (?:morgen|tag|abend)|ok|okay|so|well|oh|btw|also|actually|alright|and|und|now|jetzt|mal|just|quickly|@mlops',
    'go ahead and|(?:could|can|would|will) (?:you|someone|somebody|anyone|anybody)|kannst du|koenntest du|let me(?! (?:know|see)\\b)|time to',
    '(?:it would be|it.d be|i.d be) (?:great|nice|good|lovely|glad|happy) if you (?:could|would)',
    "(?:i|we)(?:'d| would) like (?:to|you to)|(?:i|we) (?:want|need) (?:to|you to)|(?:i )?wanna|(?:i|we)(?: want| need|'d like| would like)(?= (?:the|a|an|some|more|all|every) )|help me(?: to)?|(?:ich )?moechte(?: ich)?|ich will",
    "(?:i'm|i am) (?:curious|wondering)(?: to know)?|i wonder(?: if| whether)?|(?:do you )?know(?: if| whether)?|let us|let's|lets",
    '(?:tell me|sag mir)(?: if| whether|(?= (?:what|which|why|how|was|welche|warum|wie)))',
  ].join('|')})\\b[,:.!]*\\s+`,
);

/** What people say after it. */
const after = /[\s,.!]+(?:please|pls|plz|bitte|thanks|thank you|danke|now|for me|right away|jetzt)[.!?\s]*$/;

/** What is to follow, which is another sentence. */
const then = /(?:[.;!]\s+|,?\s+(?:and|und)\s+)(?:then|dann|afterwards|danach)\b.*$/i;

/** Idioms, and what is meant by them. */
const idioms: readonly (readonly [RegExp, string])[] = [
  [/\b(?:run|walk|talk|take|guide) me through\b/, 'explain'],
  [/\b(?:keep|have) an eye on\b/, 'watch'],
  [/\b(?:tell me|let me know|notify me|say) (?:when|once|as soon as)\b/, 'wait until'],
  [/\bside by side\b/, 'compare'],
  [/\bhow come\b/, 'why'],
  [/\bwhat made\b/, 'why'],
  [/\blet me see\b/, 'show'],
  [/\b(?:am laufen|at work|going on|in progress)\b/, 'running'],
  [/\bstill going\b/, 'running'],
  [/\b(?:did|does|do)(?:n't| not) work\b/, 'failed'],
  [/\bnicht (?:geklappt|funktioniert)\b/, 'fehlgeschlagen'],
  [/\bget rid of\b/, 'delete'],
  [/\b(?:kick|set) off\b/, 'start'],
  [/\b(?:fire|spin) up\b/, 'start'],
  [/\bonce more\b|\b(?:noch einmal|noch mal)\b/, 'again'],
  [/\bre-run\b/, 'rerun'],
  [/ w\/ ?/, ' with '],
  [/\blaufen lassen\b/, 'starten'],
  [/^(?:do|mach) (it|that|this|es|das)\b(?=.*\b(?:again|nochmal)\b)/, 'run $1'],
  [/^(?:get|set) (\S+(?: \S+)?) (?:going|running)$/, 'run $1'],
  [/^give (\S+(?: \S+)?) a (?:go|try|run|shot)$/, 'run $1'],
  // "Set C to 10 and run it", "with kernel poly run it".
  [
    /^(?:set|use|take|with|using|nimm|mit|setze) (.+?),? (?:(?:and|und|then) )?(run|start|execute|launch|starte) (.+)$/,
    '$2 $3 with $1',
  ],
  [/ (?:for me|für mich)\b/, ''],
];

/** Takes away what only leads to what is wanted, and puts plain words for idioms. */
export function withoutFrames(sentence: string): string {
  let text = tidy(sentence.replace(then, ''));
  for (let last = ''; last !== text;) {
    last = text;
    const lower = folded(text);
    // Folding may make a text longer, so only what is plain before it can be cut by its length.
    const frame = before.exec(lower)?.[0];
    if (frame !== undefined) text = unfolded(text, frame.length);
    const end = after.exec(folded(text))?.[0];
    if (end !== undefined) text = text.slice(0, text.length - end.length);
  }
  return idioms
    .reduce((now, [pattern, plain]) => now.replace(new RegExp(pattern.source, 'gi'), plain), text)
    .trim();
}

/** What stands after so many characters of the folded text. */
function unfolded(text: string, length: number): string {
  let at = 0;
  while (at < text.length && folded(text.slice(0, at)).length < length) at += 1;
  return text.slice(at);
}
