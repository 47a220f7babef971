import { html, nothing, type TemplateResult } from 'lit';
import type { FailureRow, RunResults } from '../../core/results/runResults.ts';
import { section } from './section.ts';
import type { ViewContext } from './store.ts';

/** Why the run failed: the error and its line, with buttons to both. */
export function failuresSection(results: RunResults, view: ViewContext): TemplateResult | typeof nothing {
  if (results.failures.length === 0) return nothing;
  return section(
    'What failed',
    results.failures.map((failure) => failureBox(failure, view)),
  );
}

function failureBox(
  { task, type, message, hint, line, text, file, function: name }: FailureRow,
  view: ViewContext,
) {
  const act = (action: 'goToLine' | 'openLog') =>
    view.send({ type: 'action', action, ...(task === undefined ? {} : { task }) });
  return html`<div class="failure">
    <p>
      <strong>${task ?? 'The run'}</strong>
      ${line === undefined ? nothing : html`<span class="quiet">line ${line} of ${file ?? name ?? 'its source'}</span>`}
    </p>
    ${text === undefined ? nothing : html`<pre class="line">${text}</pre>`}
    <pre class="message">${type}: ${message}</pre>
    ${hint === undefined ? nothing : html`<p>${hint}</p>`}
    ${
      task === undefined
        ? nothing
        : html`<div class="actions">
            ${
              line === undefined
                ? nothing
                : html`<vscode-button icon="go-to-file" @click=${() => act('goToLine')}
                    >Go to line</vscode-button
                  >`
            }
            <vscode-button secondary icon="output" @click=${() => act('openLog')}>Show log</vscode-button>
          </div>`
    }
  </div>`;
}
