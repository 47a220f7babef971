import type { GraphEdge, GraphNode, RunGraph } from '../../../core/results/runGraph.ts';
import type { LayoutBox } from './layoutTypes.ts';

/** Most nodes that are drawn by themselves; beyond, groups stay closed until a person opens them. */
const mostOpened = 450;

/** A node as it is drawn. */
export interface ShownNode {
  readonly node: GraphNode;
  /** Number of groups around it. */
  readonly depth: number;
  /** For a group: whether what is in it is drawn, too. */
  readonly open: boolean;
  /** The edges that lead to it. */
  readonly incoming: readonly GraphEdge[];
}

/** What is drawn of a graph: its nodes, each group before what is in it, and their boxes for the layout. */
export interface ShownGraph {
  readonly nodes: readonly ShownNode[];
  readonly boxes: Pick<LayoutBox, 'children' | 'edges'>;
  /** The boxes as a text: equal where only states differ. */
  readonly shape: string;
}

/** Undefined where even the outermost level has too many nodes to draw. `chosen` are the groups that a person opened or closed. */
export function shownNodes(
  graph: RunGraph,
  chosen: (path: string) => boolean | undefined,
): ShownGraph | undefined {
  const depth = deepest(graph);
  if (depth === 0) return undefined;
  const nodes: ShownNode[] = [];
  const isOpen = (node: GraphNode, at: number) =>
    node.children.length > 0 && (chosen(node.row.path) ?? at < depth);
  const boxes = boxesOf(graph, 1, { nodes, isOpen });
  return { nodes, boxes, shape: JSON.stringify(boxes) };
}

interface Walk {
  readonly nodes: ShownNode[];
  readonly isOpen: (node: GraphNode, depth: number) => boolean;
}

function boxesOf(
  { children, edges }: RunGraph,
  depth: number,
  walk: Walk,
): Pick<LayoutBox, 'children' | 'edges'> {
  return {
    children: children.map((node) => {
      const { path } = node.row;
      const open = walk.isOpen(node, depth);
      const incoming = edges.filter(({ to }) => to === path);
      walk.nodes.push({ node, depth: depth - 1, open, incoming });
      if (!open) return { id: path, children: [], edges: [] };
      return { id: path, ...boxesOf(node, depth + 1, walk) };
    }),
    edges: edges.map(({ from, to }) => ({ from, to })),
  };
}

/** How many levels may be drawn: all, or as many as have few nodes; 0 where the first has too many. */
function deepest(graph: RunGraph): number {
  let level: readonly GraphNode[] = graph.children;
  let drawn = 0;
  for (let depth = 0; ; depth += 1) {
    if (level.length === 0) return Number.POSITIVE_INFINITY;
    drawn += level.length;
    if (drawn > mostOpened) return depth;
    level = level.flatMap(({ children }) => children);
  }
}
