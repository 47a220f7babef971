import * as Plot from '@observablehq/plot';
import type { ConfusionMatrix, RocCurve } from '../../core/results/classification.ts';
import { figure } from '../../core/text/values.ts';
import { curveLook } from '../shared/curveLook.ts';

/** Most classes of a matrix that is drawn cell by cell; a larger one is drawn as one picture. */
const mostCells = 30;
/** Opacity of the fullest cell, at which its figure is still readable. */
const strongest = 0.5;
/** Most classes whose counts are written into the cells. */
const written = 12;

interface NamedCurve {
  /** The label of the line; empty when there is only one. */
  readonly name: string;
  readonly chart: RocCurve;
}

/** A confusion matrix as a heat map; each row is shaded by its shares. */
export function matrixPlot(matrix: ConfusionMatrix): Element {
  return matrix.labels.length <= mostCells ? cellPlot(matrix) : pixelPlot(matrix);
}

function cellPlot({ labels, rows }: ConfusionMatrix): Element {
  const cells = rows.flatMap((row, index) => {
    const sum = row.reduce((total, count) => total + count, 0);
    // Classes may have equal names, so cells are placed by number.
    return row.map((count, column) => ({ at: index, column, count, share: sum === 0 ? 0 : count / sum }));
  });
  const side = Math.max(24, Math.min(64, 480 / labels.length));
  const longest = Math.max(...labels.map((label) => label.length));
  const margin = Math.min(160, 20 + longest * 7);
  const name = (index: number) => shortened(labels[index] ?? '', 20);
  return Plot.plot({
    width: labels.length * side + margin + 20,
    height: labels.length * side + margin + 20,
    marginLeft: margin,
    marginBottom: margin,
    style: { background: 'transparent', fontSize: '12px' },
    x: {
      type: 'band',
      label: null,
      tickFormat: name,
      tickRotate: longest * 7 > side ? -45 : 0,
      tickSize: 0,
    },
    y: { type: 'band', label: null, tickFormat: name, tickSize: 0 },
    marks: [
      Plot.cell(cells, {
        x: 'column',
        y: 'at',
        fill: 'var(--vscode-charts-blue)',
        fillOpacity: ({ share }: (typeof cells)[number]) => share * strongest,
        stroke: 'var(--vscode-widget-border, transparent)',
        title: ({ at, column, count, share }: (typeof cells)[number]) =>
          `${labels[at]} taken for ${labels[column]}: ${figure(count)} (${figure(share * 100)} %)`,
      }),
      ...(labels.length <= written
        ? [
            Plot.text(cells, {
              x: 'column',
              y: 'at',
              text: ({ count }: (typeof cells)[number]) => figure(count),
              fill: 'var(--vscode-editor-foreground)',
            }),
          ]
        : []),
    ],
    opacity: { type: 'identity' },
  });
}

/** One pixel for each cell, so that hundreds of classes need only one picture. */
function pixelPlot({ labels, rows }: ConfusionMatrix): Element {
  const size = labels.length;
  const canvas = document.createElement('canvas');
  canvas.width = size;
  canvas.height = size;
  const context = canvas.getContext('2d');
  if (context !== null) {
    context.fillStyle = themeColor('--vscode-charts-blue', '#3794ff');
    rows.forEach((row, index) => {
      const sum = row.reduce((total, count) => total + count, 0);
      row.forEach((count, column) => {
        // The square root makes single mistakes among hundreds visible.
        context.globalAlpha = sum === 0 ? 0 : Math.sqrt(Math.max(0, count / sum));
        context.fillRect(column, index, 1, 1);
      });
    });
  }
  return Plot.plot({
    width: 520,
    height: 520,
    marginLeft: 56,
    marginBottom: 40,
    style: { background: 'transparent', fontSize: '12px' },
    x: { domain: [0, size], label: 'predicted (number of the class)' },
    y: { domain: [size, 0], label: 'true' },
    marks: [
      Plot.image([0], {
        x: size / 2,
        y: size / 2,
        width: 520 - 56 - 20,
        height: 520 - 40 - 20,
        src: () => canvas.toDataURL(),
        preserveAspectRatio: 'none',
        imageRendering: 'pixelated',
      }),
      Plot.frame({ stroke: 'currentColor', strokeOpacity: 0.4 }),
    ],
  });
}

/** ROC curves in one picture, distinguished by colour and dashes. */
export function rocPlot(curves: readonly NamedCurve[]): Element {
  return Plot.plot({
    width: 460,
    height: 400,
    marginLeft: 48,
    marginBottom: 42,
    marginRight: curves.length > 1 ? 90 : 16,
    style: { background: 'transparent', fontSize: '12px' },
    x: { domain: [0, 1], label: 'false positive rate', ticks: 5 },
    y: { domain: [0, 1], label: 'true positive rate', ticks: 5, grid: true },
    marks: [
      Plot.line(
        [
          [0, 0],
          [1, 1],
        ],
        { stroke: 'currentColor', strokeOpacity: 0.4, strokeDasharray: '3 3' },
      ),
      ...curves.map(({ name, chart }, index) =>
        Plot.line(chart.points, {
          x: 'falsePositiveRate',
          y: 'truePositiveRate',
          strokeWidth: 2,
          ...curveLook(index),
          title: () => name,
        }),
      ),
    ],
  });
}

function themeColor(name: string, otherwise: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim() || otherwise;
}

function shortened(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
