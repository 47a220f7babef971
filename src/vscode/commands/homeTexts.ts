import { unreadText } from '../../core/environments/freeQuestion.ts';
import { sizeText } from '../../core/environments/removeQuestion.ts';
import type { EnvironmentSize } from '../../core/ports/environments.ts';
import type { HomePart } from '../../core/ports/homeSpace.ts';
import { literal } from '../../core/text/literal.ts';

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

/** The row that looks for what can be freed. */
export const freeRow: PartRow = {
  label: '$(trash) Free what nothing names…',
  description: 'parts of stopped tasks, old keys, unused environments',
};
