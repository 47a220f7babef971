import dagre from '@dagrejs/dagre';
import {
  boxSize,
  type Layout,
  type LayoutBox,
  type LayoutEdge,
  type PlacedBox,
  type PlacedEdge,
  type Point,
} from './layoutTypes.ts';
import { shelves } from './shelves.ts';

const between = { nodes: 20, ranks: 36, parts: 24 };

/** What lies in a group, from the group's corner. */
interface Inside {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PlacedBox[];
  readonly edges: readonly PlacedEdge[];
}

/** Places boxes from the top down, each group around what is in it. */
export function layoutGraph(graph: Pick<LayoutBox, 'children' | 'edges'>): Layout {
  return inside(graph, new Map());
}

/** `known` has what was placed before by its shape: the iterations of a loop look alike. */
function inside(graph: Pick<LayoutBox, 'children' | 'edges'>, known: Map<string, Inside>): Inside {
  const groups = new Map(
    graph.children.filter(({ children }) => children.length > 0).map((box) => [box.id, insideOf(box, known)]),
  );
  const sizeOf = (id: string): { readonly width: number; readonly height: number } => {
    const group = groups.get(id);
    if (group === undefined) return boxSize;
    const { padding, head } = boxSize;
    return {
      width: Math.max(boxSize.group, group.width + 2 * padding),
      height: group.height + head + padding,
    };
  };
  const parts = connected(graph).map((part) => placePart(part, sizeOf));
  const placed = shelves(parts, between.parts);
  const boxes = placed.boxes.flatMap((box) => {
    const group = groups.get(box.id);
    if (group === undefined) return [box];
    const at = { x: box.x + boxSize.padding, y: box.y + boxSize.head };
    return [box, ...group.boxes.map((inner) => moved(inner, at))];
  });
  const innerEdges = placed.boxes.flatMap((box) => {
    const at = { x: box.x + boxSize.padding, y: box.y + boxSize.head };
    return (groups.get(box.id)?.edges ?? []).map((edge) => movedEdge(edge, at));
  });
  return { ...placed, boxes, edges: [...placed.edges, ...innerEdges] };
}

function insideOf(box: LayoutBox, known: Map<string, Inside>): Inside {
  const shape = shapeOf(box, box.id);
  const before = known.get(shape);
  const found = before ?? inside(relative(box, box.id), known);
  if (before === undefined) known.set(shape, found);
  const named = (id: string) => box.id + id;
  return {
    ...found,
    boxes: found.boxes.map((inner) => ({ ...inner, id: named(inner.id) })),
    edges: found.edges.map((edge) => ({ ...edge, from: named(edge.from), to: named(edge.to) })),
  };
}

/** What is in a box, with names from the box on: paths begin with that of their group. */
function relative(box: LayoutBox, start: string): LayoutBox {
  const short = (id: string) => id.slice(start.length);
  return {
    id: short(box.id),
    children: box.children.map((child) => relative(child, start)),
    edges: box.edges.map(({ from, to }) => ({ from: short(from), to: short(to) })),
  };
}

function shapeOf(box: LayoutBox, start: string): string {
  return JSON.stringify(relative(box, start));
}

interface Part {
  readonly ids: readonly string[];
  readonly edges: readonly LayoutEdge[];
}

/** Boxes that are connected by edges, in the order of their first boxes. */
function connected({ children, edges }: Pick<LayoutBox, 'children' | 'edges'>): readonly Part[] {
  const leader = new Map(children.map(({ id }) => [id, id]));
  const leaderOf = (id: string): string => {
    let at = id;
    for (let next = leader.get(at) ?? at; next !== at; next = leader.get(at) ?? at) at = next;
    return at;
  };
  const held = edges.filter(({ from, to }) => leader.has(from) && leader.has(to));
  for (const { from, to } of held) leader.set(leaderOf(to), leaderOf(from));
  const parts = new Map<string, { readonly ids: string[]; readonly edges: LayoutEdge[] }>();
  for (const { id } of children) {
    const part = parts.get(leaderOf(id));
    if (part === undefined) parts.set(leaderOf(id), { ids: [id], edges: [] });
    else part.ids.push(id);
  }
  for (const edge of held) parts.get(leaderOf(edge.from))?.edges.push(edge);
  return [...parts.values()];
}

function placePart(
  { ids, edges }: Part,
  sizeOf: (id: string) => { readonly width: number; readonly height: number },
): Inside {
  const [only] = ids;
  if (only !== undefined && ids.length === 1) {
    const { width, height } = sizeOf(only);
    return { width, height, boxes: [{ id: only, x: 0, y: 0, width, height }], edges: [] };
  }
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: 'TB', nodesep: between.nodes, ranksep: between.ranks, ranker: 'tight-tree' });
  for (const id of ids) {
    const { width, height } = sizeOf(id);
    graph.setNode(id, { width, height });
  }
  for (const { from, to } of edges) graph.setEdge(from, to, {});
  dagre.layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  const boxes = ids.map((id): PlacedBox => {
    const node = graph.node(id);
    const size = sizeOf(id);
    return { id, x: node.x - size.width / 2, y: node.y - size.height / 2, ...pick(size) };
  });
  const placed = edges.map(({ from, to }) => ({ from, to, points: pointsOf(graph.edge(from, to)) }));
  return { width, height, boxes, edges: placed };
}

const pick = ({ width, height }: { readonly width: number; readonly height: number }) => ({ width, height });

function pointsOf(edge: { readonly points?: readonly Point[] }): readonly Point[] {
  return (edge.points ?? []).map(({ x, y }) => ({ x, y }));
}

function moved(box: PlacedBox, by: Point): PlacedBox {
  return { ...box, x: box.x + by.x, y: box.y + by.y };
}

function movedEdge(edge: PlacedEdge, by: Point): PlacedEdge {
  return { ...edge, points: edge.points.map(({ x, y }) => ({ x: x + by.x, y: y + by.y })) };
}
