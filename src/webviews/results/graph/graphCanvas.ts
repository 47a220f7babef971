import { html, nothing, svg, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { taskLooks } from '../../../core/text/state.ts';
import { stateIcon } from '../section.ts';
import type { Layout, PlacedBox, PlacedEdge } from './layoutTypes.ts';
import { isDirection, nextBox } from './nextBox.ts';
import type { ShownGraph, ShownNode } from './shownNodes.ts';
import { insideWords, kindIcons, nodeWords, stateWords } from './words.ts';
import { drag } from './zoom.ts';

/** What is drawn, and what its parts do. */
export interface Canvas {
  readonly shown: ShownGraph;
  readonly layout: Layout;
  readonly zoom: number;
  readonly now: number;
  /** The node that the Tab key leads to. */
  readonly focused: string;
  readonly labelOf: (path: string) => string;
  /** The first of the nodes, as many as this frame draws. */
  readonly soFar: <T>(items: readonly T[]) => readonly T[];
  readonly onFocus: (path: string) => void;
  readonly onPress: (shown: ShownNode) => void;
  readonly onLog: (path: string) => void;
  readonly onZoom: (factor: number, at?: { readonly x: number; readonly y: number }) => void;
}

/** The graph as a picture whose nodes are buttons: arrow keys go from one to the next. */
export function graphCanvas(canvas: Canvas): TemplateResult {
  const { layout, zoom, shown } = canvas;
  const places = new Map(layout.boxes.map((box) => [box.id, box]));
  const wheel = (event: WheelEvent) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    canvas.onZoom(event.deltaY < 0 ? 1.15 : 1 / 1.15, { x: event.clientX, y: event.clientY });
  };
  return html`<div
    class="graph"
    role="group"
    aria-label="Graph of the tasks"
    aria-describedby="graph-keys"
    @wheel=${wheel}
    @pointerdown=${drag}
    @keydown=${(event: KeyboardEvent) => keyPressed(event, canvas)}
    @focusin=${(event: FocusEvent) => focusMoved(event, canvas)}
  >
    <div class="space" style="width: ${layout.width * zoom + 2}px; height: ${layout.height * zoom + 2}px">
      <div
        class="content"
        style="width: ${layout.width}px; height: ${layout.height}px; transform: scale(${zoom})"
      >
        ${guard([layout, shown.shape], () => edges(layout, shown))}
        ${repeat(
          canvas.soFar(shown.nodes),
          ({ node }) => node.row.path,
          (one) => node(one, places.get(one.node.row.path), canvas),
        )}
      </div>
    </div>
  </div>`;
}

function node(
  shown: ShownNode,
  place: PlacedBox | undefined,
  canvas: Canvas,
): TemplateResult | typeof nothing {
  if (place === undefined) return nothing;
  const { row, condition, children } = shown.node;
  const group = children.length > 0;
  const words = nodeWords(shown, canvas.now, canvas.labelOf);
  const at = `left: ${place.x}px; top: ${place.y}px; width: ${place.width}px; height: ${place.height}px`;
  const state = group ? groupWords(shown) : stateWords(row, canvas.now);
  return html`<div
    class="box ${group ? 'group' : 'leaf'} ${shown.open ? 'open' : ''} ${row.state}"
    style=${at}
  >
    <button
      type="button"
      data-node=${row.path}
      tabindex=${row.path === canvas.focused ? 0 : -1}
      aria-label=${words}
      aria-expanded=${group ? String(shown.open) : nothing}
      title=${words}
      @click=${() => canvas.onPress(shown)}
      @dblclick=${() => (row.hasLog ? canvas.onLog(row.path) : undefined)}
    >
      <span class="name">
        ${group ? icon(shown.open ? 'chevron-down' : 'chevron-right') : nothing}${icon(kindIcons[row.kind])}
        <span class="cut">${condition === undefined ? row.label : `if ${condition}`}</span>
      </span>
      <span class="says">${stateIcon(taskLooks[row.state])}<span class="cut">${state}</span></span>
    </button>
  </div>`;
}

function groupWords({ open, node }: ShownNode): string {
  return open ? node.row.word : `${node.row.word} · ${insideWords(node)}`;
}

function icon(name: string | undefined): TemplateResult | typeof nothing {
  return name === undefined
    ? nothing
    : html`<span class="codicon codicon-${name}" aria-hidden="true"></span>`;
}

function edges(layout: Layout, { nodes }: ShownGraph): TemplateResult {
  const known = new Map(
    nodes.flatMap(({ incoming }) => incoming.map((edge) => [`${edge.from}\n${edge.to}`, edge] as const)),
  );
  return html`<svg width=${layout.width} height=${layout.height} aria-hidden="true">
    <defs>
      <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
        <path d="M0 0 8 4 0 8z"></path>
      </marker>
    </defs>
    ${layout.edges.map((edge) => {
      const passes = known.get(`${edge.from}\n${edge.to}`)?.passes ?? [];
      return svg`<path class=${passes.length === 0 ? 'order' : 'data'} d=${curve(edge)} marker-end="url(#arrow)"></path>`;
    })}
  </svg>`;
}

/** A line through the points of an edge, rounded between them. */
function curve({ points }: PlacedEdge): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  const end = rest.at(-1);
  const bends = rest.slice(0, -1).map(({ x, y }, index) => {
    const next = rest[index + 1] ?? { x, y };
    const last = index === rest.length - 2;
    const to = last ? next : { x: (x + next.x) / 2, y: (y + next.y) / 2 };
    return `Q${x} ${y} ${to.x} ${to.y}`;
  });
  return `M${first.x} ${first.y}${bends.join('')}${bends.length === 0 && end ? `L${end.x} ${end.y}` : ''}`;
}

function focusMoved({ target }: FocusEvent, canvas: Canvas): void {
  const path = pathOf(target);
  if (path !== undefined && path !== canvas.focused) canvas.onFocus(path);
}

function pathOf(target: EventTarget | null): string | undefined {
  return target instanceof HTMLElement ? target.dataset['node'] : undefined;
}

function keyPressed(event: KeyboardEvent, canvas: Canvas): void {
  const path = pathOf(event.target);
  if (path === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === '+' || event.key === '-') {
    canvas.onZoom(event.key === '+' ? 1.25 : 0.8);
  } else if (event.key === 'l') {
    canvas.onLog(path);
  } else {
    const next = leadsTo(event.key, path, canvas);
    if (next === undefined || !(event.currentTarget instanceof HTMLElement)) return;
    focusNode(event.currentTarget, next);
  }
  event.preventDefault();
}

function leadsTo(key: string, path: string, { layout, shown }: Canvas): string | undefined {
  if (key === 'Home') return shown.nodes[0]?.node.row.path;
  if (key === 'End') return shown.nodes.at(-1)?.node.row.path;
  return isDirection(key) ? (nextBox(layout.boxes, path, key) ?? path) : undefined;
}

function focusNode(graph: HTMLElement, path: string): void {
  for (const button of graph.querySelectorAll<HTMLElement>('[data-node]')) {
    if (button.dataset['node'] === path) button.focus();
  }
}
