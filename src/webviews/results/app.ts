import { html, type TemplateResult } from 'lit';
import { artifactsSection } from './artifacts.ts';
import { chartsSection } from './chartsSection.ts';
import { comparisonView } from './comparisonView.ts';
import { failuresSection } from './failures.ts';
import { graphSection } from './graph/graphSection.ts';
import { runHeader } from './header.ts';
import { metricsSection } from './metrics.ts';
import { parametersSection } from './parameters.ts';
import { reportsSection } from './reports.ts';
import type { ViewContext, Model } from './store.ts';
import { notesSection } from './section.ts';
import { tasksSection } from './tasks.ts';

/** The whole panel. */
export function app(model: Model, view: ViewContext): TemplateResult {
  const { state } = model;
  if (state === undefined) return html`<p class="quiet" role="status">Reading the run …</p>`;
  if (state.kind === 'failure')
    return html`<main class="empty">
      <h1>${state.message}</h1>
      <p>${state.hint}</p>
    </main>`;
  if (state.kind === 'comparison') return comparisonView(state.comparison, model, view);
  const { results } = state;
  return html`
    ${runHeader(results, state, view)}
    <main>
      ${failuresSection(results, view)} ${metricsSection(results)} ${parametersSection(results)}
      ${graphSection(results, model, view)} ${tasksSection(results, view)} ${chartsSection(model, view)}
      ${reportsSection(results, model, view)} ${artifactsSection(results, view)}
      ${notesSection('Notes', results.notes)} ${notesSection('Left out', results.cut)}
    </main>
  `;
}
