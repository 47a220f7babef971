import { html, nothing, type TemplateResult } from 'lit';
import type { RunResults } from '../../../core/results/runResults.ts';
import { linkButton, section } from '../section.ts';
import type { Model, ViewContext } from '../store.ts';
import { graphCanvas } from './graphCanvas.ts';
import { graphList } from './graphList.ts';
import type { Layout } from './layoutTypes.ts';
import { type ShownGraph, type ShownNode, shownNodes } from './shownNodes.ts';
import { nodeWords } from './words.ts';
import { bounded, firstZoom, fitting, zoomAround } from './zoom.ts';

const listKey = 'graph as a list';
const groupKey = (path: string) => `graph ${path}`;

/** The tasks as a graph, or as a list of the same content. */
export function graphSection(
  results: RunResults,
  model: Model,
  view: ViewContext,
): TemplateResult | typeof nothing {
  const { graph } = results;
  if (graph === undefined || graph.children.length === 0) return nothing;
  const shown = shownNodes(graph, (path) => model.open.get(groupKey(path)));
  if (shown === undefined) return tooLarge(graph.children.length);
  const drawing = drawingOf(shown, results, view);
  if (model.open.get(listKey) === true) {
    const button = tool('Show as a graph', 'type-hierarchy', () => view.setOpen(listKey, false));
    return section('Graph', graphList(shown.nodes, drawing), button);
  }
  const { layout, current } = view.graph.layoutOf(shown);
  if (layout === undefined)
    return section('Graph', html`<p class="quiet" role="status">Drawing the graph …</p>`);
  if (layout === 'none') return tooLarge(shown.nodes.length);
  return section('Graph', body(drawing, layout, view, current), tools(layout, view));
}

function tooLarge(nodes: number): TemplateResult {
  return section(
    'Graph',
    html`<p class="quiet">${nodes} nodes are too many to draw. The tasks are listed below.</p>`,
  );
}

interface Drawing {
  readonly shown: ShownGraph;
  readonly now: number;
  readonly labelOf: (path: string) => string;
  readonly onPress: (shown: ShownNode) => void;
  readonly onLog: (path: string) => void;
}

function drawingOf(shown: ShownGraph, results: RunResults, view: ViewContext): Drawing {
  const labels = new Map(shown.nodes.map(({ node }) => [node.row.path, node.row.label]));
  const onLog = (task: string) => {
    const has = shown.nodes.some(({ node }) => node.row.path === task && node.row.hasLog);
    if (has) view.send({ type: 'action', action: 'openLog', task });
  };
  const listed = new Set(results.tasks.map(({ path }) => path));
  return {
    shown,
    now: view.now(),
    labelOf: (path) => labels.get(path) ?? path,
    onLog,
    onPress({ node, open }) {
      const { path } = node.row;
      if (node.children.length > 0) view.setOpen(groupKey(path), !open);
      else if (listed.has(path)) goToRow(path);
      else onLog(path);
    },
  };
}

/** Leads to a task among the tasks below, and to the button for its log. */
function goToRow(path: string): void {
  for (const row of document.querySelectorAll<HTMLElement>('tr[data-task]')) {
    if (row.dataset['task'] !== path) continue;
    row.tabIndex = -1;
    row.scrollIntoView({ block: 'center' });
    (row.querySelector<HTMLElement>('button') ?? row).focus({ preventScroll: true });
  }
}

function body(drawing: Drawing, layout: Layout, view: ViewContext, current: boolean): TemplateResult {
  const { shown } = drawing;
  const { graph } = view;
  const isThere = shown.nodes.some(({ node }) => node.row.path === graph.focused());
  const focused = isThere ? (graph.focused() ?? '') : (shown.nodes[0]?.node.row.path ?? '');
  const zoom = graph.zoom() ?? firstZoom(layout, view.size());
  const canvas = graphCanvas({
    ...drawing,
    layout,
    zoom,
    focused,
    soFar: view.rowsSoFar,
    onFocus: graph.focus,
    onZoom: (factor, at) =>
      zoomTo(bounded(zoom * factor), view, { from: zoom, ...(at === undefined ? {} : { at }) }),
  });
  const about = isThere ? shown.nodes.find(({ node }) => node.row.path === focused) : undefined;
  return html`<figure class="graph-figure" ?data-late=${!current}>
    ${canvas}
    <figcaption class="quiet">
      ${
        about === undefined
          ? html`<span id="graph-keys"
              >Arrows pass outputs on; dashed ones only set the order. Arrow keys move, Enter leads to the
              task, L to its log, + and − change the size.</span
            >`
          : html`<span id="graph-keys">${nodeWords(about, drawing.now, drawing.labelOf)}</span>
              ${about.node.row.hasLog ? linkButton('Log', () => drawing.onLog(focused), `Log of ${focused}`) : nothing}`
      }
    </figcaption>
  </figure>`;
}

function tools(layout: Layout, view: ViewContext): TemplateResult {
  const from = view.graph.zoom() ?? firstZoom(layout, view.size());
  const by = (factor: number) => () => zoomTo(bounded(from * factor), view, { from });
  const fit = () =>
    zoomTo(fitting(layout, { ...view.size(), height: scroller()?.clientHeight ?? 400 }), view, { from });
  return html`<div class="graph-tools" role="toolbar" aria-label="The graph">
    ${tool('Smaller', 'zoom-out', by(0.8))} ${tool('Larger', 'zoom-in', by(1.25))}
    ${tool('Show all of it', 'screen-full', fit)}
    ${tool('Show as a list', 'list-unordered', () => view.setOpen(listKey, true))}
  </div>`;
}

function tool(label: string, icon: string, press: () => void): TemplateResult {
  return html`<vscode-toolbar-button
    icon=${icon}
    label=${label}
    title=${label}
    @click=${press}
  ></vscode-toolbar-button>`;
}

const scroller = () => document.querySelector<HTMLElement>('.graph') ?? undefined;

function zoomTo(
  to: number,
  { graph }: ViewContext,
  more: { readonly from: number; readonly at?: { readonly x: number; readonly y: number } },
): void {
  const element = scroller();
  if (element === undefined) return graph.setZoom(to);
  zoomAround(element, { to, ...more }, () => graph.setZoom(to));
}
