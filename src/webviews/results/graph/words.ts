import type { GraphEdge, GraphNode } from '../../../core/results/runGraph.ts';
import type { TimelineRow } from '../../../core/results/timelineRows.ts';
import { isWork } from '../../../core/domain/run.ts';
import { duration } from '../../../core/text/units.ts';
import type { ShownNode } from './shownNodes.ts';

/** The state of a node, with its time: "succeeded · 2 s", "skipped · its condition was false". */
export function stateWords({ word, note, startedAt, endedAt, cachedFrom }: TimelineRow, now: number): string {
  const ran = startedAt !== undefined && cachedFrom === undefined;
  const time = ran ? duration((endedAt ?? now) - startedAt) : '';
  return [word, note, time].filter((part) => part !== '').join(' · ');
}

/** What a closed group holds: "3 of 12 tasks done, 1 failed". */
export function insideWords(node: GraphNode): string {
  const rows = workIn(node);
  const count = (state: TimelineRow['state']) => rows.filter((row) => row.state === state).length;
  const done = `${count('succeeded')} of ${rows.length} tasks done`;
  const failed = count('failed');
  return failed === 0 ? done : `${done}, ${failed} failed`;
}

function workIn(node: GraphNode): readonly TimelineRow[] {
  return node.children.flatMap((child) => (isWork(child.row.kind) ? [child.row] : workIn(child)));
}

/** What a node waits for: "after load (rows) and check". */
export function afterWords(incoming: readonly GraphEdge[], labelOf: (path: string) => string): string {
  if (incoming.length === 0) return '';
  const parts = incoming.map(({ from, passes }) =>
    passes.length === 0 ? labelOf(from) : `${labelOf(from)} (${passes.join(', ')})`,
  );
  return `after ${parts.join(', ')}`;
}

/** The whole node in words, as a list and a screen reader tell it. */
export function nodeWords(shown: ShownNode, now: number, labelOf: (path: string) => string): string {
  const { node, incoming } = shown;
  const { label, kind } = node.row;
  return [
    kind === 'task' ? label : `${kindWords[kind]} ${label}`,
    ...(node.condition === undefined ? [] : [`if ${node.condition}`]),
    stateWords(node.row, now),
    ...(node.children.length > 0 ? [insideWords(node)] : []),
    ...(incoming.length > 0 ? [afterWords(incoming, labelOf)] : []),
  ].join(', ');
}

/** What kinds are called; the kind `task` needs no word. */
export const kindWords: Readonly<Record<TimelineRow['kind'], string>> = {
  task: 'task',
  importer: 'importer',
  dag: 'pipeline',
  loop: 'loop',
  iteration: 'iteration',
  condition: 'condition',
  exit: 'exit handler',
};

/** The codicon of a kind that is not a task. */
export const kindIcons: Readonly<Partial<Record<TimelineRow['kind'], string>>> = {
  importer: 'cloud-download',
  dag: 'type-hierarchy-sub',
  loop: 'sync',
  condition: 'git-branch',
  exit: 'sign-out',
};
