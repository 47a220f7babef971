import { html, nothing, type TemplateResult } from 'lit';
import type { ArtifactRow } from '../../core/results/artifactRows.ts';
import type { RunResults } from '../../core/results/runResults.ts';
import { linkButton, section } from './section.ts';
import type { ViewContext } from './store.ts';

/** The artifacts of the tasks; those in the store can be opened. */
export function artifactsSection(
  { artifacts }: RunResults,
  view: ViewContext,
): TemplateResult | typeof nothing {
  if (artifacts.length === 0) return nothing;
  return section(
    'Artifacts',
    html`<table>
      <thead>
        <tr>
          <th scope="col">Artifact</th>
          <th scope="col">Type</th>
          <th scope="col">Task</th>
          <th scope="col">About it</th>
        </tr>
      </thead>
      <tbody>
        ${view.rowsSoFar(artifacts).map((artifact) => artifactRow(artifact, view))}
      </tbody>
    </table>`,
  );
}

function artifactRow(
  { name, type, task, facts, uri, object }: ArtifactRow,
  view: ViewContext,
): TemplateResult {
  const open =
    object === undefined
      ? html`${name}`
      : linkButton(name, () => view.send({ type: 'openObject', object }), `Open ${name} of ${task}`);
  return html`<tr>
    <th scope="row">${open}</th>
    <td>${type}</td>
    <td>${task}</td>
    <td class="quiet">
      ${facts} ${object === undefined && uri !== '' ? html`<span class="address">${uri}</span>` : nothing}
    </td>
  </tr>`;
}
