import type { Timing } from '../domain/schedule.ts';
import { readCronOfPeople } from './cron.ts';
import { readDays } from './daysIn.ts';
import { everyIn } from './everyIn.ts';
import { timesIn } from './timesIn.ts';
import { plainWords, type TimingRead } from './timingWords.ts';
import { composed } from './composed.ts';

/**
 * When a text says that runs are started: plain words, English or German ("every weekday at 6", "alle 30 Minuten", "on the first of
 * the month at 2:30"), or a cron of five or six fields. Undefined for what has another word in it.
 */
export function readTiming(text: string): TimingRead | undefined {
  return cronIn(text) ?? wordsIn(text);
}

const field = '(?:[\\d*/,?-]|sun|mon|tue|wed|thu|fri|sat|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)+';
const cronLike = new RegExp(`^(?=[\\d*?])${field}(?:\\s+${field}){4,6}$`, 'i');

/** "0 6 * * 1-5", "cron 0 0 6 * * *", "@daily", "@every 90m". */
function cronIn(text: string): TimingRead | undefined {
  const bare = text
    .trim()
    .replace(/^(?:(?:with|by|using|mit)\s+)?(?:the\s+)?(?:cron(?:\s+(?:expression|ausdruck))?\s*:?\s*)?/i, '')
    .replace(/^(["'`])(.+)\1$/, '$2')
    .trim();
  const [, duration] = /^@every\s+(\S+)$/i.exec(bare) ?? [];
  if (duration !== undefined) return everyDuration(duration);
  const isCron = /^@\w+$/.test(bare) || cronLike.test(bare);
  if (!isCron) return undefined;
  const read = readCronOfPeople(bare);
  return read.kind === 'problem' ? read : { kind: 'timing', timing: { kind: 'cron', cron: read.cron } };
}

/** "90m", "1h30m". */
export function everyDuration(text: string): TimingRead {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(h|m|s)/g)];
  const seconds = parts.reduce(
    (sum, [, count, unit]) => sum + Number(count) * (unit === 'h' ? 3600 : unit === 'm' ? 60 : 1),
    0,
  );
  const isWhole = parts.map(([part]) => part).join('') === text && Number.isInteger(seconds) && seconds > 0;
  const timing: Timing = { kind: 'interval', seconds };
  return isWhole
    ? { kind: 'timing', timing }
    : { kind: 'problem', problem: 'A time such as 1h30m stands after @every.' };
}

function wordsIn(text: string): TimingRead | undefined {
  const words = plainWords(text);
  if (words.problem !== undefined) return { kind: 'problem', problem: words.problem };
  const every = everyIn(words.text);
  const days = readDays(every.rest);
  if (days.problem !== undefined) return { kind: 'problem', problem: days.problem };
  const times = timesIn(days.rest);
  if (times.problem !== undefined) return { kind: 'problem', problem: times.problem };
  const left = times.rest.replace(
    /\b(?:every|each|on|in|at|of|the|and|und|um|von|am|an|im|in|der|die|das|den|des|dem|jede[rnms]?|a|month|monats?|day|tage?s?|year|jahr(?:es)?|week|always|immer|time|times|uhr|starting|past|hour|to|bis)\b|[,.]/g,
    ' ',
  );
  if (left.trim() !== '') return undefined;
  // "At 6" alone is one time, not a schedule.
  if (every.every === undefined && !days.isSaid) return undefined;
  return composed({ every: every.every, days, times });
}
