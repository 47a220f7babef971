import type { NamedRun } from '../../core/domain/run.ts';
import { html, nothing, type TemplateResult } from 'lit';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-toolbar-button/index.js';
import type { RunResults } from '../../core/results/runResults.ts';
import { runLooks } from '../../core/text/state.ts';
import { duration } from '../../core/text/units.ts';
import type { Offered, PanelAction } from './contract.ts';
import { linkButton, stateIcon } from './section.ts';
import type { ViewContext } from './store.ts';

/** The run, its state, and the buttons for it. */
export function runHeader(
  results: RunResults,
  { mayChange, hasFolder }: Offered,
  view: ViewContext,
): TemplateResult {
  const look = runLooks[results.state];
  return html`<header class="run">
    <div class="title">
      <h1>${results.label}</h1>
      <p class="state ${results.state}" role="status">${stateIcon(look)}<strong>${look.word}</strong></p>
      <p class="quiet">${times(results, view.now())}</p>
    </div>
    <p class="quiet">${origin(results, view)}</p>
    ${results.preparationStatus === undefined ? nothing : html`<p class="preparing">${results.preparationStatus}</p>`}
    <div class="actions" role="toolbar" aria-label="What to do with this run">
      ${mayChange ? changes(results.active, view) : nothing}
      ${button('Compare with…', 'git-compare', 'compareWith', view, true)}
      ${tool('Copy as Markdown', 'copy', 'copyMarkdown', view)}
      ${tool('Ask @mlops about this run', 'comment-discussion', 'ask', view)}
      ${hasFolder ? tool('Open folder', 'folder-opened', 'openFolder', view) : nothing}
      ${mayChange && !results.active ? tool('Delete run', 'trash', 'delete', view) : nothing}
    </div>
  </header>`;
}

function changes(active: boolean, view: ViewContext): TemplateResult {
  if (active) return button('Stop', 'debug-stop', 'stop', view);
  return html`${button('Run again', 'debug-rerun', 'runAgain', view)}
  ${button('Run again with…', 'settings', 'runAgainWith', view, true)}`;
}

/** The pipeline, the run's own name if it has one, its start, and the run it is compared with. */
function origin(results: RunResults, view: ViewContext): TemplateResult {
  const { file, pipeline, name, run, startedAt, createdAt, withoutCache, previous } = results;
  const open = () => act(view, 'openPipeline');
  const ownName = name === pipeline || name === run ? nothing : html` · ${name}`;
  return html`${linkButton(file ?? pipeline, open)}${ownName} · begun
  ${new Date(startedAt ?? createdAt).toLocaleString()}${withoutCache ? ' · without cache' : ''}${
    previous === undefined ? nothing : against(previous, view)
  }`;
}

function against(previous: NamedRun, view: ViewContext): TemplateResult {
  const open = () => view.send({ type: 'action', action: 'openRun', run: previous.id });
  return html` · held against ${linkButton(previous.label, open)}, the last good run`;
}

function times(results: RunResults, now: number): string {
  const { counts, startedAt, createdAt, endedAt } = results;
  const time = duration((endedAt ?? now) - (startedAt ?? createdAt));
  const cached = counts.cached === 0 ? '' : `, ${counts.cached} cached`;
  return `${time} · ${counts.succeeded} of ${counts.total} tasks${cached}`;
}

function act(view: ViewContext, action: PanelAction): void {
  view.send({ type: 'action', action });
}

function button(
  text: string,
  icon: string,
  action: PanelAction,
  view: ViewContext,
  secondary = false,
): TemplateResult {
  return html`<vscode-button icon=${icon} ?secondary=${secondary} @click=${() => act(view, action)}
    >${text}</vscode-button
  >`;
}

function tool(label: string, icon: string, action: PanelAction, view: ViewContext): TemplateResult {
  return html`<vscode-toolbar-button
    icon=${icon}
    label=${label}
    title=${label}
    @click=${() => act(view, action)}
  ></vscode-toolbar-button>`;
}
