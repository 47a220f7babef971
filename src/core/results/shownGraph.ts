import type { GraphNode, RunGraph } from './runGraph.ts';

/** Most nodes that a panel is sent. */
const mostNodes = 1500;
/** Iterations of a loop that are kept where there are too many nodes. */
const keptIterations = 10;

/** What is drawn of a graph, and what is left out of it, a sentence each. */
export interface ShownGraph {
  /** Undefined when there are too many tasks to draw. */
  readonly graph?: RunGraph;
  readonly cut: readonly string[];
}

/** A graph within bounds: where there are too many nodes, the first iterations of each loop and those that failed. */
export function shownGraph(graph: RunGraph): ShownGraph {
  const all = countNodes(graph);
  if (all <= mostNodes) return { graph, cut: [] };
  const few = withFewIterations(graph);
  const left = countNodes(few);
  if (left <= mostNodes) return { graph: few, cut: [`${left} of ${all} nodes of the graph are drawn.`] };
  return { cut: [`The graph is not drawn: its ${all} nodes are too many. The tasks are listed.`] };
}

/** The number of nodes at any depth. */
export function countNodes({ children }: Pick<GraphNode, 'children'>): number {
  return children.reduce((sum, child) => sum + 1 + countNodes(child), 0);
}

function withFewIterations<T extends RunGraph>(node: T): T {
  let first = 0;
  let failed = 0;
  const kept = node.children.filter(({ row }) => {
    if (row.kind !== 'iteration') return true;
    first += 1;
    if (row.state === 'failed') failed += 1;
    return first <= keptIterations || (row.state === 'failed' && failed <= keptIterations);
  });
  return { ...node, children: kept.map(withFewIterations) };
}
