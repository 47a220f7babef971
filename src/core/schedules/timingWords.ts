import type { Timing } from '../domain/schedule.ts';

/** A schedule that was read, or why it cannot be had, in a sentence. */
export type TimingRead =
  | { readonly kind: 'timing'; readonly timing: Timing }
  | { readonly kind: 'problem'; readonly problem: string };

const numbers =
  'one two three four five six seven eight nine ten eleven twelve|ein zwei drei vier fuenf sechs sieben acht neun zehn elf zwoelf'
    .split('|')
    .map((list) => list.split(' '));

const otherZone =
  /\b(?:cet|cest|mez|mesz|est|edt|pst|pdt|cst|ist|bst|jst|local time|my time|here|ortszeit|lokalzeit|hiesiger zeit|[a-z]+ time|[a-z]+er zeit|[a-z]+\/[a-z_]+)$/;

/** A text in small letters without umlauts, its numbers as digits, and without its zone where that is UTC. */
export function plainWords(text: string): { readonly text: string; readonly problem?: string } {
  const folded = text
    .toLowerCase()
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replace(/[!?;]+/g, ' ')
    .replace(/\.\s*$/, '')
    .replace(/\b([ap])\.m\.?/g, '$1m')
    .replace(/\bo'?clock\b/g, 'uhr')
    .replace(/\s+/g, ' ')
    .trim();
  const counted = numbers.reduce(
    (all, list) =>
      list.reduce(
        (now, word, index) => now.replace(new RegExp(`\\b${word}\\b`, 'g'), String(index + 1)),
        all,
      ),
    folded,
  );
  const plain = counted.replace(/ ?(?:\((?:in )?(?:utc|gmt)\)|\b(?:in )?(?:utc|gmt)(?: time)?)$/, '').trim();
  return otherZone.test(plain)
    ? {
        text: plain,
        problem: 'The server has one zone for all schedules: say the time in that zone, without another one.',
      }
    : { text: plain };
}
