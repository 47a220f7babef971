/** At which times of a day runs are started. */
export interface Times {
  /** Minutes since midnight. */
  readonly times: readonly number[];
  /** "At 15 minutes past the hour". */
  readonly past?: number;
  /** "Between 8 and 18": the first and the last hour. */
  readonly between?: readonly [number, number];
  /** A part of a day without a time: "every morning". */
  readonly vague?: string;
  readonly problem?: string;
  readonly rest: string;
}

const part =
  '(?: ?(?:in the |am )?(?<part>am|pm|morning|afternoon|evening|night|morgens|frueh|vormittags|nachmittags|abends|nachts))?';
const clock = `(?<hour>\\d{1,2})(?:(?:[:.]|(?: uhr |h))(?<minute>\\d{2}))?(?: ?(?:uhr|h)\\b)?${part}`;
const lead = 'at |um |gegen |@ ?|from |ab ';
const timePatterns = [
  new RegExp(`(?:\\b(?:${lead})|, ?|\\b(?:and|und|or) (?:at |um )?)${clock}(?![\\d:])`),
  /(?<hour>\d{1,2})[:.](?<minute>\d{2})(?: ?(?:uhr|h)\b)?(?: ?(?<part>am|pm))?(?![\d:])/,
  /(?<hour>\d{1,2}) ?(?:(?<part>am|pm)\b|uhr\b)/,
];

/** Takes the times out of a text of plain words. */
export function timesIn(text: string): Times {
  const between =
    /\b(?:between|from|zwischen|von) (\d{1,2})(?:[:.]00)?(?: ?uhr)?(?: and | to | bis | und | ?- ?)(\d{1,2})(?:[:.]00)?(?: ?uhr)?(?![\d:])/;
  const [, first, last] = between.exec(text) ?? [];
  const isBetween = first !== undefined && last !== undefined;
  const named = namedTimes(halves(isBetween ? text.replace(between, ' ') : text));
  const past =
    /\b(?:at |um )?(?:minute (\d{1,2})|(?<!\d):(\d\d)|(\d{1,2}) (?:minutes? )?(?:past|nach)(?: the hour| der vollen stunde)?)(?= |$)/;
  const [, ...minutes] = past.exec(named.rest) ?? [];
  const minute = minutes.find((one) => one !== undefined);
  const read = clockTimes(minute === undefined ? named.rest : named.rest.replace(past, ' '));
  const vague =
    /\b(?:morning|evening|afternoon|morgens?|abends?|nachmittags?|vormittags?|frueh|allabendlich)\b/.exec(
      read.rest,
    )?.[0];
  return {
    times: [...new Set([...named.times, ...read.times])].toSorted((a, b) => a - b),
    ...(minute === undefined ? {} : { past: Number(minute) }),
    ...(isBetween ? { between: [Number(first), Number(last)] as const } : {}),
    ...(vague === undefined ? {} : { vague }),
    ...(read.problem === undefined ? {} : { problem: read.problem }),
    rest: vague === undefined ? read.rest : read.rest.replace(vague, ' '),
  };
}

/** "Half past 6", "quarter to 7", "halb sieben" as times of a clock. */
function halves(text: string): string {
  const at = (hour: number, minute: number) => `at ${(hour + 24) % 24}:${String(minute).padStart(2, '0')}`;
  return text
    .replace(/\b(?:at )?half past (\d{1,2})\b/g, (_all, hour) => at(Number(hour), 30))
    .replace(/\b(?:at )?(?:a )?quarter past (\d{1,2})\b/g, (_all, hour) => at(Number(hour), 15))
    .replace(/\b(?:at )?(?:a )?quarter to (\d{1,2})\b/g, (_all, hour) => at(Number(hour) - 1, 45))
    .replace(/\b(?:um )?halb (\d{1,2})\b/g, (_all, hour) => at(Number(hour) - 1, 30))
    .replace(/\b(?:um )?viertel nach (\d{1,2})\b/g, (_all, hour) => at(Number(hour), 15))
    .replace(/\b(?:um )?viertel vor (\d{1,2})\b/g, (_all, hour) => at(Number(hour) - 1, 45));
}

function namedTimes(text: string): Pick<Times, 'times' | 'rest'> {
  const midnight = /\b(?:at |um )?(?:midnight|mitternacht)\b/;
  const noon = /\b(?:at |um |am )?(?:noon|midday|mittags?)\b/;
  return {
    times: [...(midnight.test(text) ? [0] : []), ...(noon.test(text) ? [720] : [])],
    rest: text.replace(midnight, ' ').replace(noon, ' '),
  };
}

function clockTimes(text: string): Pick<Times, 'times' | 'rest' | 'problem'> {
  const times: number[] = [];
  let rest = text;
  for (const pattern of timePatterns)
    for (let found = pattern.exec(rest); found !== null; found = pattern.exec(rest)) {
      const time = minutesOf(found.groups ?? {});
      if (time === undefined) return { times, rest, problem: 'A time of the day is from 0:00 to 23:59.' };
      times.push(time);
      rest = rest.replace(pattern, ' ');
    }
  return { times, rest };
}

function minutesOf(groups: { readonly [name: string]: string | undefined }): number | undefined {
  const { hour = '', minute = '0', part: of = '' } = groups;
  const said = Number(hour);
  const isOfTwelve = said >= 1 && said <= 12;
  if (/^[ap]m$/.test(of) && !isOfTwelve) return undefined;
  const isLate = /^(?:pm|afternoon|evening|nachmittags|abends)$/.test(of);
  const shown = isLate && said < 12 ? said + 12 : of === 'am' ? said % 12 : said;
  return shown > 23 || Number(minute) > 59 ? undefined : shown * 60 + Number(minute);
}
