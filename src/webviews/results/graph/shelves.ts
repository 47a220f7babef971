import type { PlacedBox, PlacedEdge } from './layoutTypes.ts';

interface Part {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PlacedBox[];
  readonly edges: readonly PlacedEdge[];
}

/** Width to height that a group of parts strives for. */
const aspect = 3;

/** Parts in rows from the left, in their order. */
export function shelves(parts: readonly Part[], gap: number): Part {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const area = parts.reduce((sum, { width, height }) => sum + (width + gap) * (height + gap), 0);
  const widest = Math.max(0, ...parts.map(({ width }) => width));
  const limit = Math.max(widest, Math.sqrt(area * aspect));
  let [x, y, rowHeight, width] = [0, 0, 0, 0];
  const boxes: PlacedBox[] = [];
  const edges: PlacedEdge[] = [];
  for (const part of parts) {
    if (x > 0 && x + part.width > limit) {
      y += rowHeight + gap;
      x = 0;
      rowHeight = 0;
    }
    const at = { x, y };
    boxes.push(...part.boxes.map((box) => ({ ...box, x: box.x + at.x, y: box.y + at.y })));
    edges.push(
      ...part.edges.map((edge) => ({
        ...edge,
        points: edge.points.map((point) => ({ x: point.x + at.x, y: point.y + at.y })),
      })),
    );
    x += part.width + gap;
    width = Math.max(width, x - gap);
    rowHeight = Math.max(rowHeight, part.height);
  }
  return { width, height: y + rowHeight, boxes, edges };
}
