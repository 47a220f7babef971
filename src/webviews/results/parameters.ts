import { html, nothing, type TemplateResult } from 'lit';
import type { ParameterRow, RunResults } from '../../core/results/runResults.ts';
import { section } from './section.ts';

/** Parameters, those that differ from the last good run first, and what the pipeline returned. */
export function parametersSection(results: RunResults): unknown {
  const { parameters, outputs, previous } = results;
  const changed = parameters.filter((row) => row.before !== undefined);
  const head =
    previous === undefined || parameters.length === 0
      ? nothing
      : changed.length === 0
        ? html`<p class="quiet">The same as in ${previous.label}.</p>`
        : nothing;
  return html`
    ${parameters.length === 0 ? nothing : section('Parameters', html`${head}${rows(parameters, previous?.label)}`)}
    ${outputs.length === 0 ? nothing : section('Returned', rows(outputs, undefined))}
  `;
}

function rows(parameters: readonly ParameterRow[], previous: string | undefined): TemplateResult {
  const compares = parameters.some((row) => row.before !== undefined);
  return html`<table>
    <thead>
      <tr>
        <th scope="col">Name</th>
        <th scope="col">Value</th>
        ${compares ? html`<th scope="col">In ${previous}</th>` : nothing}
      </tr>
    </thead>
    <tbody>
      ${parameters.map(
        (row) =>
          html`<tr class=${row.before === undefined ? '' : 'differs'}>
            <th scope="row">${row.name}</th>
            <td><code>${row.value}</code></td>
            ${compares ? html`<td>${row.before === undefined ? html`<span class="quiet">same</span>` : html`<code>${row.before}</code>`}</td>` : nothing}
          </tr>`,
      )}
    </tbody>
  </table>`;
}
