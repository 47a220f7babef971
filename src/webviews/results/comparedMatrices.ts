import { html, type TemplateResult } from 'lit';
import { sameMatrices, type SameMatrices } from '../../core/results/sameMatrices.ts';
import { sourceOf } from './chartsSection.ts';
import { matrixFigure, matrixLegend } from './matrixFigure.ts';
import { section } from './section.ts';
import type { ViewContext, Model } from './store.ts';

/** Most runs whose matrices are drawn side by side. */
const mostMatrices = 4;

/** The confusion matrices that several of the compared runs have, side by side. */
export function comparedMatrices({ charts }: Model, view: ViewContext): readonly TemplateResult[] {
  return sameMatrices(charts).map((same) =>
    section(`Confusion matrices of ${sourceOf(same.source)}`, sideBySide(same, view)),
  );
}

function sideBySide({ matrices }: SameMatrices, view: ViewContext): TemplateResult {
  if (matrices.length > mostMatrices)
    return html`<p>
      ${matrices.length} runs have one. They are drawn for at most ${mostMatrices}: compare fewer runs to see
      them.
    </p>`;
  return html`<p class="quiet">${matrixLegend}</p>
    <div class="beside">
      ${matrices.map(
        ({ run, chart, index }) =>
          html`<div>
            <h3>${run}</h3>
            ${matrixFigure(chart, index, view, run)}
          </div>`,
      )}
    </div>`;
}
