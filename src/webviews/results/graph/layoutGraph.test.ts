import { describe, expect, it } from 'vitest';
import { layoutGraph } from './layoutGraph.ts';
import type { Layout, LayoutBox, PlacedBox } from './layoutTypes.ts';

const leaf = (id: string): LayoutBox => ({ id, children: [], edges: [] });
const edge = (from: string, to: string) => ({ from, to });
const placeOf = ({ boxes }: Layout, id: string): PlacedBox => {
  const found = boxes.find((box) => box.id === id);
  if (found === undefined) throw new Error(`${id} has no place.`);
  return found;
};
const overlap = (a: PlacedBox, b: PlacedBox) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const holds = (outer: PlacedBox, inner: PlacedBox) =>
  outer.x <= inner.x &&
  outer.y < inner.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;
const iteration = (at: number): LayoutBox => ({
  id: `loop[${at}]`,
  children: [leaf(`loop[${at}]/a`), leaf(`loop[${at}]/b`)],
  edges: [edge(`loop[${at}]/a`, `loop[${at}]/b`)],
});

describe('the layout of a graph', () => {
  it('places what comes later below, and leads edges from one to the other', () => {
    const layout = layoutGraph({
      children: [leaf('end'), leaf('start'), leaf('between')],
      edges: [edge('start', 'between'), edge('between', 'end'), edge('start', 'end')],
    });
    const [start, between, end] = ['start', 'between', 'end'].map((id) => placeOf(layout, id));
    expect(start!.y + start!.height).toBeLessThan(between!.y);
    expect(between!.y + between!.height).toBeLessThan(end!.y);
    expect(layout.edges).toHaveLength(3);
    const first = layout.edges[0]!.points;
    expect(first[0]!.y).toBeCloseTo(start!.y + start!.height);
    expect(first.at(-1)!.y).toBeCloseTo(between!.y);
  });

  it('places groups around what is in them, and nothing over anything else', () => {
    const loop = { id: 'loop', children: [0, 1, 2, 3, 4].map(iteration), edges: [] };
    const layout = layoutGraph({
      children: [leaf('start'), loop, leaf('alone'), leaf('end')],
      edges: [edge('start', 'loop'), edge('loop', 'end')],
    });
    const group = placeOf(layout, 'loop');
    for (const at of [0, 1, 2, 3, 4]) {
      const inner = placeOf(layout, `loop[${at}]`);
      expect(holds(group, inner)).toBe(true);
      expect(holds(inner, placeOf(layout, `loop[${at}]/a`))).toBe(true);
      expect(holds(inner, placeOf(layout, `loop[${at}]/b`))).toBe(true);
    }
    const level = ['start', 'loop', 'alone', 'end'].map((id) => placeOf(layout, id));
    const pairs = level.flatMap((one, index) => level.slice(index + 1).map((other) => overlap(one, other)));
    expect(pairs).toEqual(pairs.map(() => false));
    expect(layout.edges.map(({ from, to }) => `${from} ${to}`)).toContain('loop[4]/a loop[4]/b');
    const furthest = Math.max(...layout.boxes.map(({ x, width }) => x + width));
    expect(furthest).toBeLessThanOrEqual(layout.width);
  });

  it('places tasks without edges in rows, not in one line', () => {
    const names = Array.from({ length: 100 }, (_, at) => `task-${at}`);
    const { width, height, boxes } = layoutGraph({ children: names.map(leaf), edges: [] });
    expect(boxes.map(({ id }) => id)).toEqual(names);
    expect(width / height).toBeGreaterThan(1);
    expect(width / height).toBeLessThan(5);
  });

  it('goes on where an edge leads to nothing', () => {
    expect(layoutGraph({ children: [leaf('a')], edges: [edge('gone', 'a')] }).boxes).toHaveLength(1);
    expect(layoutGraph({ children: [], edges: [] })).toMatchObject({ width: 0, height: 0 });
  });
});
