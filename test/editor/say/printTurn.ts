import type { TurnReport } from './turnReport.ts';

/** A turn as it reads in a terminal. */
export function printTurn(turn: TurnReport): string {
  const lines = [`> ${turn.said}`, ''];
  for (const call of turn.toolCalls)
    lines.push(`  [${call.tool} ${JSON.stringify(call.input)}: ${call.state}]`);
  for (const asked of turn.confirmations) {
    lines.push(
      '',
      `  ? ${asked.title}`,
      ...indent(asked.message, '    '),
      `    (${asked.buttons.join(' | ')}) ${asked.answer}`,
    );
  }
  if (lines.at(-1) !== '') lines.push('');
  lines.push(...indent(turn.error ? `${turn.text}\nError: ${turn.error}`.trim() : turn.text, ''), '');
  const files = turn.references.map(({ name, line }) => (line ? `${name}:${line}` : name));
  if (files.length > 0) lines.push(`  references: ${files.join(', ')}`);
  if (turn.buttons.length > 0) lines.push(`  buttons: ${turn.buttons.join(' | ')}`);
  if (turn.followUps.length > 0) lines.push(`  next: ${turn.followUps.join(' | ')}`);
  lines.push(`  ${(turn.ms / 1000).toFixed(1)} s${tokens(turn)}`, '');
  return lines.join('\n');
}

function tokens({ tokens: counted }: TurnReport): string {
  if (!counted) return '';
  return `, tokens: ${counted.said} said, ${counted.answered} answered, ${counted.tools} in tools`;
}

function indent(text: string, by: string): string[] {
  return text.split('\n').map((line) => (by + line).trimEnd());
}
