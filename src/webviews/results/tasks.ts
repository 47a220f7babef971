import { html, nothing, type TemplateResult } from 'lit';
import type { RunResults } from '../../core/results/runResults.ts';
import type { TimelineRow } from '../../core/results/timelineRows.ts';
import { taskLooks } from '../../core/text/state.ts';
import { duration } from '../../core/text/units.ts';
import { linkButton, section, stateIcon } from './section.ts';
import type { ViewContext } from './store.ts';

/** The range of the time axis, in milliseconds since 1970. */
interface Span {
  readonly from: number;
  readonly to: number;
  readonly now: number;
}

/** The tasks, each with a bar for its time: a small timeline beside the words. */
export function tasksSection(results: RunResults, view: ViewContext): TemplateResult | typeof nothing {
  if (results.tasks.length === 0) return nothing;
  const now = view.now();
  const from = results.startedAt ?? results.createdAt;
  const length = Math.max((results.endedAt ?? now) - from, 1);
  // While the run is active the axis grows in steps, so that the bars of finished tasks do not move.
  const span = { from, to: from + (results.active ? roundedUp(length) : length), now };
  return section(
    'Tasks',
    html`<table class="tasks">
      <thead>
        <tr>
          <th scope="col">Task</th>
          <th scope="col" class="says">State</th>
          <th scope="col" class="short">Time</th>
          <th scope="col" class="wide">${duration(length)} ${results.active ? 'so far' : 'in all'}</th>
          <th scope="col" class="short"><span class="unseen">Log</span></th>
        </tr>
      </thead>
      <tbody>
        ${view.rowsSoFar(results.tasks).map((task) => taskRow(task, span, view))}
      </tbody>
    </table>`,
  );
}

/** Rounds up to 1, 1.5, 2, 3, 5 or 7 times a power of ten. */
function roundedUp(ms: number): number {
  const power = 10 ** Math.floor(Math.log10(ms));
  return power * ([1, 1.5, 2, 3, 5, 7].find((step) => step * power >= ms) ?? 10);
}

function taskRow(task: TimelineRow, span: Span, view: ViewContext): TemplateResult {
  const look = taskLooks[task.state];
  const { startedAt } = task;
  const ran = startedAt !== undefined && task.cachedFrom === undefined;
  const time = ran ? (task.endedAt ?? span.now) - startedAt : undefined;
  const openLog = () => view.send({ type: 'action', action: 'openLog', task: task.path });
  return html`<tr class=${task.state} data-task=${task.path}>
    <th scope="row" style="padding-left: ${8 + Math.min(task.depth, 8) * 16}px" title=${task.path}>
      ${task.label}
    </th>
    <td>
      ${stateIcon(look)}
      ${task.word}${task.note === '' ? nothing : html` <span class="quiet">${task.note}</span>`}
    </td>
    <td class="number">${time === undefined ? '' : duration(time)}</td>
    <td class="wide">
      ${startedAt === undefined || time === undefined ? nothing : bar(startedAt, time, task, span)}
    </td>
    <td>${task.hasLog ? linkButton('Log', openLog, `Log of ${task.path}`) : nothing}</td>
  </tr>`;
}

function bar(
  startedAt: number,
  time: number,
  { state, kind }: TimelineRow,
  { from, to }: Span,
): TemplateResult {
  const share = (ms: number) => Math.min(100, Math.max(0, (100 * ms) / (to - from)));
  const left = share(startedAt - from);
  const width = Math.max(0.3, Math.min(share(time), 100 - left));
  const leaf = kind === 'task' || kind === 'importer';
  return html`<div class="track" aria-hidden="true">
    <div
      class="bar ${state} ${leaf ? '' : 'group'}"
      style="left: ${left.toFixed(2)}%; width: ${width.toFixed(2)}%"
    ></div>
  </div>`;
}
