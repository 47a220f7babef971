import type { ConnectionInfo } from '../../core/domain/connection.ts';
import type { RunSummary } from '../../core/domain/run.ts';
import { targetOfRun } from '../target.ts';
import { literal } from '../../core/text/literal.ts';
import { plain } from '../../core/text/markdown.ts';
import { runStateWord } from '../../core/text/state.ts';

const mostRuns = 10;

/** "$(server-process) This machine · 2 running". */
export function statusText(connection: string, active: readonly RunSummary[]): string {
  const name = `$(server-process) ${literal(connection)}`;
  return active.length === 0 ? name : `${name} · ${active.length} running`;
}

/** What the connection is, and its active runs, each a link that opens it. Markdown. */
export function statusTooltip(
  { name, about }: Pick<ConnectionInfo, 'name' | 'about'>,
  active: readonly RunSummary[],
): string {
  const lines = active.slice(0, mostRuns).map((run) => {
    const link = `command:mlops.openRun?${encodeURIComponent(JSON.stringify([targetOfRun(run)]))}`;
    return `- [${plain(run.label)}](${link}): ${runStateWord(run)}, ${run.counts.succeeded}/${run.counts.total} tasks`;
  });
  if (active.length > mostRuns) lines.push(`- ${active.length - mostRuns} more`);
  const runs = lines.length === 0 ? 'No run is active.' : lines.join('\n');
  return `**${plain(name)}**\n\n${plain(about)}\n\n${runs}`;
}
