import * as Plot from '@observablehq/plot';
import type { PlotData } from '../../core/storage/preview/plotColumn.ts';
import { curveLook } from '../shared/curveLook.ts';

/** Most points that are drawn; more lie upon each other. */
const mostPoints = 1000;
/** Points are marked where there are few. */
const marked = 60;

/** A line of one column against another. */
export function linePlot({ points, x, y, scale }: PlotData): Element {
  const shown = thinned(points, mostPoints).map((point) =>
    scale === 'time' ? { ...point, x: new Date(point.x) } : point,
  );
  const look = curveLook(0);
  return Plot.plot({
    width: 720,
    height: 320,
    marginLeft: 64,
    marginBottom: 42,
    style: { background: 'transparent', fontSize: '12px' },
    x: { label: x ?? 'row', ...(scale === 'time' ? { type: 'utc' as const } : {}) },
    y: { label: y, grid: true, nice: true },
    marks: [
      Plot.line(shown, { x: 'x', y: 'y', strokeWidth: 2, ...look }),
      ...(shown.length <= marked ? [Plot.dot(shown, { x: 'x', y: 'y', r: 3, fill: look.stroke })] : []),
    ],
  });
}

/** Of each stretch the lowest and the highest point, so that no peak is lost. */
function thinned<T extends { readonly y: number }>(points: readonly T[], most: number): readonly T[] {
  if (points.length <= most) return points;
  const stretch = Math.ceil(points.length / (most / 2));
  const kept: T[] = [];
  for (let at = 0; at < points.length; at += stretch) {
    const part = points.slice(at, at + stretch);
    const low = part.reduce((a, b) => (b.y < a.y ? b : a));
    const high = part.reduce((a, b) => (b.y > a.y ? b : a));
    kept.push(...(part.indexOf(low) < part.indexOf(high) ? [low, high] : [high, low]));
  }
  return kept;
}
