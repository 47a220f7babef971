import { unreadText } from '../../core/text/someNames.ts';
import { sizeText } from '../../core/environments/removeQuestion.ts';
import type { EnvironmentSize, PythonEnvironment } from '../../core/ports/environments.ts';
import type { HomePart } from '../../core/ports/homeSpace.ts';
import { literal } from '../../core/text/literal.ts';
import { count, shorten } from '../../core/text/markdown.ts';
import { ago, size } from '../../core/text/units.ts';

/** An environment as a list shows it: plain text. */
export interface EnvironmentRow {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
}

/** Short, since the size follows it and the list is narrow. */
const longestLabel = 50;

/** The row of an environment; without a size it is still being counted. */
export function environmentRow(
  environment: PythonEnvironment,
  measured: EnvironmentSize | undefined,
  now: number,
): EnvironmentRow {
  const { id, state, purpose, packages, python, createdAt } = environment;
  const unfinished = state === 'unfinished';
  const icon = unfinished ? 'warning' : purpose === 'compiling' ? 'file-code' : 'package';
  const detail = [
    unfinished ? 'being built, or left behind' : useText(environment),
    python === undefined ? '' : `Python ${python}`,
    createdAt === undefined ? '' : `${unfinished ? 'begun' : 'built'} ${ago(createdAt, now)}`,
    id,
  ];
  return {
    label: `$(${icon}) ${unfinished ? 'Unfinished' : literal(shorten(packages.join(', ') || id, longestLabel))}`,
    description: measured === undefined ? 'counting…' : sizeText(measured),
    detail: literal(detail.filter((part) => part !== '').join(' · ')),
  };
}

/** The title of the list: the number of environments and their total size, as far as it is counted. */
export function environmentsTitle(sizes: readonly (EnvironmentSize | undefined)[]): string {
  const known = sizes.filter((one) => one !== undefined);
  const bytes = known.reduce((sum, one) => sum + one.bytes, 0);
  const complete = known.length === sizes.length && known.every((one) => one.complete);
  const total = complete ? size(bytes) : `${size(bytes)} or more`;
  return `${count(sizes.length, 'environment')}, ${total}`;
}

function useText({ purpose, usedBy }: PythonEnvironment): string {
  if (purpose === 'compiling') return 'compiles Python pipelines';
  const [newest] = usedBy.runs;
  if (newest === undefined) return 'no run that is still there used it';
  return usedBy.count === 1 ? `used by ${newest}` : `used by ${usedBy.count} runs, last ${newest}`;
}

/** A part of the home as a list shows it: plain text. */
export interface PartRow {
  readonly label: string;
  readonly description: string;
  readonly detail?: string;
}

const labels: Readonly<Record<HomePart | 'environments', string>> = {
  runs: '$(history) Runs: records and logs',
  objects: '$(database) Objects: what tasks wrote',
  environments: '$(package) Environments',
};

/** The row of a part; without a size it is still being counted. */
export function partRow(part: HomePart | 'environments', measured: EnvironmentSize | undefined): PartRow {
  const unread = measured?.unreadable ?? [];
  return {
    label: labels[part],
    description: measured === undefined ? 'counting…' : sizeText(measured),
    ...(unread.length === 0 ? {} : { detail: literal(unreadText(unread)) }),
  };
}

/** The row that searches for what can be freed. */
export const freeRow: PartRow = {
  label: '$(trash) Free what nothing names…',
  description: 'parts of stopped tasks, old keys, unused environments',
};
