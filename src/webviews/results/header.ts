import type { NamedRun } from '../../core/domain/run.ts';
import { html, nothing, type TemplateResult } from 'lit';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-toolbar-button/index.js';
import type { RunResults } from '../../core/results/runResults.ts';
import { runLooks } from '../../core/text/state.ts';
import { duration } from '../../core/text/units.ts';
import type { PanelAction } from './contract.ts';
import { linkButton, stateIcon } from './section.ts';
import type { Hands } from './store.ts';

/** Which run this is, how it stands, and what can be done with it. */
export function runHeader(results: RunResults, mayChange: boolean, hands: Hands): TemplateResult {
  const look = runLooks[results.state];
  return html`<header class="run">
    <div class="title">
      <h1>${results.label}</h1>
      <p class="state ${results.state}" role="status">${stateIcon(look)}<strong>${look.word}</strong></p>
      <p class="quiet">${times(results, hands.now())}</p>
    </div>
    <p class="quiet">${origin(results, hands)}</p>
    ${results.preparationStatus === undefined ? nothing : html`<p class="preparing">${results.preparationStatus}</p>`}
    <div class="actions" role="toolbar" aria-label="What to do with this run">
      ${mayChange ? changes(results.active, hands) : nothing}
      ${button('Compare with…', 'git-compare', 'compareWith', hands, true)}
      ${tool('Copy as Markdown', 'copy', 'copyMarkdown', hands)}
      ${tool('Ask @mlops about this run', 'comment-discussion', 'ask', hands)}
      ${tool('Open folder', 'folder-opened', 'openFolder', hands)}
      ${mayChange && !results.active ? tool('Delete run', 'trash', 'delete', hands) : nothing}
    </div>
  </header>`;
}

function changes(active: boolean, hands: Hands): TemplateResult {
  if (active) return button('Stop', 'debug-stop', 'stop', hands);
  return html`${button('Run again', 'debug-rerun', 'runAgain', hands)}
  ${button('Run again with…', 'settings', 'runAgainWith', hands, true)}`;
}

/** The pipeline, the run's own name where it has one, when it began, and what it is held against. */
function origin(results: RunResults, hands: Hands): TemplateResult {
  const { file, pipeline, name, run, startedAt, createdAt, withoutCache, previous } = results;
  const open = () => act(hands, 'openPipeline');
  const ownName = name === pipeline || name === run ? nothing : html` · ${name}`;
  return html`${linkButton(file ?? pipeline, open)}${ownName} · begun
  ${new Date(startedAt ?? createdAt).toLocaleString()}${withoutCache ? ' · without cache' : ''}${
    previous === undefined ? nothing : against(previous, hands)
  }`;
}

function against(previous: NamedRun, hands: Hands): TemplateResult {
  const open = () => hands.send({ type: 'action', action: 'openRun', run: previous.id });
  return html` · held against ${linkButton(previous.label, open)}, the last good run`;
}

function times(results: RunResults, now: number): string {
  const { counts, startedAt, createdAt, endedAt } = results;
  const time = duration((endedAt ?? now) - (startedAt ?? createdAt));
  const cached = counts.cached === 0 ? '' : `, ${counts.cached} cached`;
  return `${time} · ${counts.succeeded} of ${counts.total} tasks${cached}`;
}

function act(hands: Hands, action: PanelAction): void {
  hands.send({ type: 'action', action });
}

function button(
  text: string,
  icon: string,
  action: PanelAction,
  hands: Hands,
  secondary = false,
): TemplateResult {
  return html`<vscode-button icon=${icon} ?secondary=${secondary} @click=${() => act(hands, action)}
    >${text}</vscode-button
  >`;
}

function tool(label: string, icon: string, action: PanelAction, hands: Hands): TemplateResult {
  return html`<vscode-toolbar-button
    icon=${icon}
    label=${label}
    title=${label}
    @click=${() => act(hands, action)}
  ></vscode-toolbar-button>`;
}
