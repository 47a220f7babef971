import { html, nothing, type TemplateResult } from 'lit';
import { taskLooks } from '../../../core/text/state.ts';
import { linkButton, stateIcon } from '../section.ts';
import type { ShownNode } from './shownNodes.ts';
import { afterWords, insideWords, kindWords, stateWords } from './words.ts';

/** What is drawn, as a list: each node with its state and what it waits for, groups above what is in them. */
export function graphList(
  nodes: readonly ShownNode[],
  more: {
    readonly now: number;
    readonly labelOf: (path: string) => string;
    readonly onPress: (shown: ShownNode) => void;
  },
): TemplateResult {
  return html`<ul class="graph-list">
    ${nodes.map((shown) => {
      const { row, condition, children } = shown.node;
      const kind = row.kind === 'task' ? nothing : html`<span class="quiet">${kindWords[row.kind]}</span> `;
      const group = children.length > 0;
      const open = () => more.onPress(shown);
      const after = afterWords(shown.incoming, more.labelOf);
      return html`<li style="padding-left: ${Math.min(shown.depth, 8) * 16}px">
        ${kind}${linkButton(row.label, open, group ? `${shown.open ? 'Close' : 'Open'} ${row.label}` : undefined)}
        ${condition === undefined ? nothing : html`<span class="quiet">if ${condition}</span>`}
        ${stateIcon(taskLooks[row.state])} ${stateWords(row, more.now)}
        <span class="quiet"
          >${[group && !shown.open ? insideWords(shown.node) : '', after].filter(Boolean).join(', ')}</span
        >
      </li>`;
    })}
  </ul>`;
}
