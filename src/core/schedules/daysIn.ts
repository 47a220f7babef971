/** On which days runs are started; empty lists: on all. */
export interface Days {
  readonly weekdays: readonly number[];
  readonly days: readonly number[];
  readonly months: readonly number[];
  /** True where the text says days, be it all of them. */
  readonly isSaid: boolean;
  readonly problem?: string;
  readonly rest: string;
}

const weekdayNames = [
  'su|sun|sunday|so|sonntag',
  'mon|monday|mo|montag',
  'tue|tues|tuesday|di|dienstag',
  'wed|weds|wednesday|mi|mittwoch',
  'thu|thur|thurs|thursday|do|donnerstag',
  'fri|friday|fr|freitag',
  'sat|saturday|sa|samstag|sonnabend',
];
const monthNames = [
  'jan|january|januar|jaenner',
  'feb|february|februar',
  'mar|march|maerz',
  'apr|april',
  'may|mai',
  'jun|june|juni',
  'jul|july|juli',
  'aug|august',
  'sep|sept|september',
  'oct|october|okt|oktober',
  'nov|november',
  'dec|december|dez|dezember',
];
const ordinalWords = [
  'first|ersten?',
  'second|zweiten?',
  'third|dritten?',
  'fourth|vierten?',
  'fifth|fuenften?',
  'sixth|sechsten?',
  'seventh|siebten?',
  'eighth|achten?',
  'ninth|neunten?',
  'tenth|zehnten?',
];

const anyWeekday = weekdayNames.join('|');
const range = new RegExp(
  `\\b(${anyWeekday})s?(?: ?- ?| to | through | thru | bis )(${anyWeekday})s?\\b`,
  'g',
);
const ordinals = ordinalWords.join('|');
const ofMonth =
  '(?:of|in) (?:the|each|every|a) months?|des monats|(?:jeden|eines jeden|im) monats?|jedes monats|monthly|monatlich';

type Reader = (days: Days) => Days;

/** Takes the days out of a text of plain words. */
export function readDays(text: string): Days {
  const none: Days = { weekdays: [], days: [], months: [], isSaid: false, rest: text };
  return [cannotBeHad, ranges, groups, weekdays, daysOfMonth, months, cadences].reduce(
    (days, read) => read(days),
    none,
  );
}

const cannotBeHad: Reader = (days) => {
  const { rest } = days;
  if (
    /\b(?:last|letzten?) (?:day|tag)\b|\b(?:ultimo|end of (?:the|each|every) month|monatsende)\b/.test(rest)
  )
    return { ...days, problem: 'A cron has no last day of the month: name a day from 1 to 28.' };
  const nth = new RegExp(`\\b(?:${ordinals}|\\d+(?:st|nd|rd|th|\\.)|last|letzten?) (?:${anyWeekday})\\b`);
  if (nth.test(rest) && !/\b(?:every|jede[nrs]?) (?:first|second|third|other)\b/.test(rest))
    return {
      ...days,
      problem: 'A cron has no such weekday of a month: name a day of the month or a weekday.',
    };
  return days;
};

/** "Monday to Friday". */
const ranges: Reader = (days) => {
  const found = [...days.rest.matchAll(range)].flatMap(([, from = '', to = '']) => {
    const [first, last] = [from, to].map((name) => indexIn(weekdayNames, name));
    const count = ((((last ?? 0) - (first ?? 0)) % 7) + 7) % 7;
    return Array.from({ length: count + 1 }, (_, index) => ((first ?? 0) + index) % 7);
  });
  return withWeekdays(days, found, days.rest.replace(range, ' '));
};

/** "Weekdays", "at the weekend". */
const groups: Reader = (days) => {
  const work =
    /\b(?:week-?days?|work-?days?|working days?|business days?|werktags?|werktagen?|arbeitstags?|arbeitstagen?|wochentags?|unter der woche|during the week)\b/g;
  const free = /\b(?:weekends?|wochenendes?)\b/g;
  const found = [...(work.test(days.rest) ? [1, 2, 3, 4, 5] : []), ...(free.test(days.rest) ? [0, 6] : [])];
  return withWeekdays(days, found, days.rest.replace(work, ' ').replace(free, ' '));
};

const weekdays: Reader = (days) => {
  const found: number[] = [];
  const rest = weekdayNames.reduce((now, names, day) => {
    const pattern = new RegExp(`\\b(?:${names})s?\\b`, 'g');
    if (pattern.test(now)) found.push(day);
    return now.replace(pattern, ' ');
  }, days.rest);
  return withWeekdays(days, found, rest);
};

function withWeekdays(days: Days, found: readonly number[], rest: string): Days {
  if (found.length === 0) return days;
  const all = [...new Set([...days.weekdays, ...found])].toSorted((a, b) => a - b);
  return { ...days, weekdays: all, isSaid: true, rest };
}

/** "On the first and the 15th of the month", "am 1. jedes Monats", "monthly on day 3". */
const daysOfMonth: Reader = (days) => {
  const one = `(?:\\d{1,2}(?:st|nd|rd|th|\\.)?|${ordinals})`;
  const series = `(?<series>${one}(?:(?:,| and| und| ,)(?: the| am| den| dem)? ${one})*)`;
  const patterns = [
    new RegExp(
      `\\b(?:on |at |am |an )?(?:the |dem |jeden |every )?(?:days? |tag )?${series}(?: day| tag)? (?:${ofMonth})`,
    ),
    new RegExp(
      `\\b(?:${ofMonth}|every month|each month)(?: on| at| am| an| jeden)?(?: the| dem)? (?:days? |tag )?${series}(?! ?(?:uhr|am|pm|:))(?= |$)`,
    ),
    new RegExp(
      `\\b(?:on|am) (?:the |dem )?(?<series>\\d{1,2}(?:st|nd|rd|th|\\.)|${ordinals})(?= (?:at|um|${monthNames.join('|')})\\b|$)`,
    ),
  ];
  const pattern = patterns.find((each) => each.test(days.rest));
  if (pattern === undefined) return days;
  const said = pattern.exec(days.rest)?.groups?.['series'] ?? '';
  const found = [...said.matchAll(new RegExp(`\\d{1,2}|${ordinals}`, 'g'))].map(([text]) =>
    /^\d/.test(text) ? Number(text) : indexIn(ordinalWords, text) + 1,
  );
  const rest = days.rest.replace(pattern, ' ');
  if (found.some((day) => day < 1 || day > 31)) return { ...days, problem: 'A month has the days 1 to 31.' };
  return { ...days, days: [...new Set(found)].toSorted((a, b) => a - b), isSaid: true, rest };
};

/** "On 1 January", "in March". */
const months: Reader = (days) => {
  const found: number[] = [];
  const rest = monthNames.reduce((now, names, index) => {
    const pattern = new RegExp(`(?:\\b(\\d{1,2})(?:st|nd|rd|th|\\.)? (?:of )?)?\\b(?:${names})\\b`);
    if (pattern.test(now)) found.push(index + 1);
    return now.replace(pattern, (_all, day?: string) => (day === undefined ? ' ' : ` on day ${day} `));
  }, days.rest);
  if (found.length === 0) return days;
  const [, day] = /\bon day (\d{1,2})\b/.exec(rest) ?? [];
  return {
    ...days,
    months: found,
    days: day === undefined ? days.days : [Number(day)],
    isSaid: true,
    rest: rest.replace(/\bon day \d{1,2}\b/g, ' '),
  };
};

const cadence: readonly (readonly [RegExp, Partial<Days>])[] = [
  [
    /\b(?:quarterly|every quarter|vierteljaehrlich|jedes quartal|quartalsweise)\b/,
    { months: [1, 4, 7, 10], days: [1] },
  ],
  [/\b(?:yearly|annually|jaehrlich|every year|each year|jedes jahr)\b/, { months: [1], days: [1] }],
  [/\b(?:monthly|monatlich|(?:every|each) month|once a month|jeden monat|einmal im monat)\b/, { days: [1] }],
  [
    /\b(?:weekly|woechentlich|(?:every|each) week|once a week|jede woche|1mal (?:in der|pro) woche)\b/,
    { weekdays: [1] },
  ],
  [
    /\b(?:daily|nightly|taeglich|every night|each night|jede nacht|(?:every|each) (?:single )?day|once a day|jeden tag|(?:every|each) (?=morning|evening|afternoon)|jeden (?=morgen|abend|mittag|nachmittag)|(?=allabendlich))/,
    {},
  ],
];

/** "Daily", "weekly" (on Monday), "monthly" (on the first), where the days are not said already. */
const cadences: Reader = (days) =>
  cadence.reduce<Days>((now, [pattern, said]) => {
    if (!pattern.test(now.rest)) return now;
    const rest = now.rest.replace(pattern, ' ');
    const isKnown = now.weekdays.length + now.days.length > 0;
    const more = isKnown
      ? now.months.length > 0 || said.months === undefined
        ? {}
        : { months: said.months }
      : said;
    return { ...now, ...more, isSaid: true, rest };
  }, days);

function indexIn(lists: readonly string[], name: string): number {
  return lists.findIndex((names) => new RegExp(`^(?:${names})$`).test(name));
}
