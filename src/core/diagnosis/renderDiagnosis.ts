import { isActive, type Run } from '../domain/run.ts';
import { notFailedLine } from '../runs/outcomeLine.ts';
import { momentAfter } from '../text/dates.ts';
import { code, count, phrase, untrusted } from '../text/markdown.ts';
import { redactor } from '../text/redact.ts';
import { someNames } from '../text/someNames.ts';
import { ago } from '../text/units.ts';
import type { Cause, Diagnosis, Finding } from './finding.ts';

const mostOthers = 3;
const mostNames = 4;

/** A diagnosis for people and models: what failed first and why, what speaks for it, what was not seen, what to do. */
export function renderDiagnosis(diagnosis: Diagnosis): string {
  const main = mainFinding(diagnosis);
  const parts = [
    headline(diagnosis, main),
    ...(main === undefined ? [] : [errorText(main, diagnosis.run), evidenceText(main, diagnosis.run)]),
    othersText(diagnosis, main),
    goingOnText(diagnosis, main),
    leftOutText(diagnosis),
    survivedText(diagnosis),
    unseenText(diagnosis, main),
    main === undefined || main.next === '' ? '' : `**Next:** ${main.next}`,
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** What it is about: the first failure, else what ended it, else what it waits for first. */
export function mainFinding({ failures, ended, waits }: Diagnosis): Finding | undefined {
  return failures[0] ?? ended ?? waits[0];
}

function headline(diagnosis: Diagnosis, main: Finding | undefined): string {
  const { run } = diagnosis;
  if (main === undefined) return fineLine(diagnosis);
  if (main === diagnosis.ended) return `${endedHead(run, main)}: ${main.says}.`;
  const where = main.path === undefined ? '' : ` in ${code(main.path)}`;
  if (main.kind === 'waiting') {
    const stuck = triedAgain.has(main.cause) ? '' : ' cannot begin';
    const what = main.path === undefined ? '' : `${code(main.path)}${stuck}`;
    const since = main.at === undefined ? '' : ` (since ${ago(main.at, diagnosis.now)})`;
    return `**${code(run.label)} has not failed; it waits**${since}. ${[what, main.says].filter(Boolean).join(': ')}.`;
  }
  if (main.cause === 'interrupted') return `**${code(run.label)} was interrupted**: ${main.says}.`;
  const when = main.at === undefined ? '' : ` at ${momentAfter(main.at, run.createdAt)}`;
  if (run.state === 'succeeded')
    return `${notFailedLine(run)} But a task of it failed${where}${when}: ${main.says}.`;
  if (isActive(run.state))
    return `**${code(run.label)} is still ${run.state}, but has failed${where}**${when}: ${main.says}.`;
  return `**${code(run.label)} failed${where}**${when}: ${main.says}.`;
}

/** What a task waits for that has begun before. */
const triedAgain = new Set<Cause>(['retries', 'restarts']);

function endedHead({ label, state }: Run, { cause }: Finding): string {
  const how = cause === 'timeout' ? 'failed' : isActive(state) ? 'is being stopped' : 'was stopped';
  return `**${code(label)} ${how}**`;
}

function fineLine({ run, running, starting }: Diagnosis): string {
  if (!isActive(run.state)) return notFailedLine(run);
  const parts = [
    running.length === 0 ? '' : `${names(running)} ${running.length === 1 ? 'runs' : 'run'}`,
    starting.length === 0 ? '' : `${names(starting)} ${starting.length === 1 ? 'is' : 'are'} about to begin`,
  ].filter((part) => part !== '');
  const what = parts.length > 0 ? parts.join(', ') : idleText(run);
  return `**${code(run.label)} has not failed**: it is ${run.state}. Now ${what}.`;
}

function idleText(run: Run): string {
  if (run.state === 'preparing') return 'its packages are being installed';
  if (run.state === 'stopping') return 'it is being stopped';
  return run.state === 'pending' ? 'it waits to be begun' : 'it goes from one task to the next';
}

const names = (paths: readonly string[]) =>
  someNames(
    paths.map((path) => code(path)),
    mostNames,
  );

/** The exception, with the line of the person's code. */
function errorText({ error, path }: Finding, run: Run): string {
  if (error === undefined) return '';
  const { type, message, text, place } = error;
  const { line = '?', label: within = error.function ?? path ?? '' } = place ?? { line: error.line };
  const lines = [[type, message].filter((part) => part !== '').join(': ')];
  if (text !== undefined) lines.push(`at line ${line} of ${within}:`, `  ${text}`);
  else if (error.line !== undefined) lines.push(`at line ${line} of ${within}`);
  return untrusted('The error', redactor(run)(lines.join('\n')));
}

function evidenceText({ quotes }: Finding, run: Run): string {
  if (quotes.length === 0) return '';
  const hide = redactor(run);
  return untrusted(
    'What it rests on',
    quotes.map(({ from, text }) => hide(`${from}: ${text.trim()}`)).join('\n'),
  );
}

/** The other failures, and the end that came after the first one. */
function othersText({ failures, ended, run }: Diagnosis, main: Finding | undefined): string {
  const others = [...failures, ...(ended === undefined ? [] : [ended])].filter((one) => one !== main);
  if (others.length === 0) return '';
  const lines = others
    .slice(0, mostOthers)
    .map(
      (one) =>
        `- ${one === ended || one.path === undefined ? 'Then' : `Also ${code(one.path)}:`} ${one.says}${within(one, run)}`,
    );
  if (others.length > mostOthers) lines.push(`- ${count(others.length - mostOthers, 'more task')} failed`);
  return lines.join('\n');
}

function within({ at }: Finding, run: Run): string {
  return at === undefined ? '' : ` (${momentAfter(at, run.createdAt)})`;
}

/** What else waits, beside what the answer is about. */
function goingOnText(
  { run, waits, failures, running, starting }: Diagnosis,
  main: Finding | undefined,
): string {
  if (!isActive(run.state) || main === undefined) return '';
  const lines = waits
    .filter((one) => one !== main)
    .slice(0, mostOthers)
    .map((one) => `- ${one.path === undefined ? 'The run' : code(one.path)} waits: ${one.says}`);
  const others = [...running, ...starting];
  if (others.length > 0)
    lines.push(
      `- ${names(others)} ${others.length === 1 ? 'goes' : 'go'} on${failures.length > 0 ? ' all the same' : ''}`,
    );
  return lines.join('\n');
}

function leftOutText({ leftOut, run }: Diagnosis): string {
  if (leftOut.length === 0 || isActive(run.state)) return '';
  return `Left out, since what ${leftOut.length === 1 ? 'it needs' : 'they need'} did not succeed: ${names(leftOut)}.`;
}

function survivedText({ survived }: Diagnosis): string {
  const lines = survived.slice(0, mostOthers).map(({ path, says, failedTries = 1 }) => {
    const often = failedTries === 1 ? 'once' : `${failedTries} times`;
    return `- ${code(path ?? '')} failed ${often} and was tried again: ${says}`;
  });
  return lines.join('\n');
}

function unseenText({ unseen }: Diagnosis, main: Finding | undefined): string {
  if (main === undefined) return '';
  const about = unseen.filter(({ task }) => task === undefined || task === (main.path ?? ''));
  const texts = new Set(about.map(({ text }) => phrase(text, 300)));
  return texts.size === 0 ? '' : `Not seen: ${[...texts].join('; ')}.`;
}
