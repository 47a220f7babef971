import { sentences } from '../../../core/text/sentences.ts';
import type { Remark } from '../../../core/domain/pipeline.ts';
import { shownText } from '../../../core/text/shownText.ts';

const mostLines = 30;

/** Why a pipeline cannot run here, each reason in a line with what to do: plain text, since a modal shows no Markdown. */
export function blockersText(blockers: readonly Remark[]): string {
  const lines = blockers.map(({ task, message, hint }) =>
    sentences(
      shownText(task === undefined ? message : `${task}: ${message}`),
      hint === undefined ? undefined : shownText(hint),
    ),
  );
  if (lines.length <= mostLines) return lines.join('\n');
  return [...lines.slice(0, mostLines), `and ${lines.length - mostLines} more`].join('\n');
}
