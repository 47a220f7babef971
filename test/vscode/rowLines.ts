import type { Branches } from '../../src/vscode/trees/row.ts';

/** Rows as people see them, indented by depth: "  iris-12 | running 3 s". */
export function rowLines(branches: Branches, depth = 0): string[] {
  return (branches ?? []).flatMap(({ row, children }) => [
    `${'  '.repeat(depth)}${row.label}${row.description ? ` | ${row.description}` : ''}`,
    ...rowLines(children, depth + 1),
  ]);
}
