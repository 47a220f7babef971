const polite =
  /^(?:please|hey|hi|ok|okay|now|then|so|@mlops|can you|could you|would you|will you|i want to|i'd like to|let us|let's)\b[,:]?\s+/i;
/** What is said at the end out of courtesy; a word that is set, as in "day=now", is a value. */
const tail =
  /(?:\s*,\s*|(?<!=)\s+)(?:please|thanks|thank you|now|for me|and (?:then )?(?:tell|show|let) me (?:how|what|the|know)\b.*)$/i;
const punctuation = /(?<![=!?]|=\s)[?!]+$|(?<=[^.\s=])\.$/;

/** Takes courtesy and punctuation away, so that the grammar sees the order alone. */
export function tidy(sentence: string): string {
  let text = sentence.trim().replace(/\s+/g, ' ');
  for (let before = ''; before !== text;) {
    before = text;
    text = text.replace(polite, '').replace(punctuation, '').replace(tail, '').trim();
  }
  return text;
}
