import { describe, expect, it } from 'vitest';
import { axeProblems } from '../support/axe.ts';
import { shot } from '../support/shot.ts';
import { runMs, type Suite } from '../support/suite.ts';

const panelThemes = { dark: 'vscode-dark', light: 'vscode-light', hc: 'vscode-high-contrast' } as const;

/** The graph in the results of a run, on the connection *Cluster* with its recorded runs. */
export function kubeflowGraph(suite: Suite): void {
  describe('the graph of a run', () => {
    const node = (path: string) => suite.workbench.results.inside.locator(`[data-node="${path}"]`);

    async function open(run: string): Promise<void> {
      const { chat } = suite.workbench;
      await chat.say(`@mlops describe run ${run} on Cluster`);
      await chat.waitForAnswer(runMs);
      await chat.pressButton(new RegExp(`^Results of "${run}`));
    }

    it('shows each iteration of a loop, and leads to the task that failed', async () => {
      await open('loop in which one fails');
      await node('for-loop-2[1]/shell').waitFor();
      expect(await node('for-loop-2[1]/shell').innerText()).toContain('failed');
      expect(await node('for-loop-2[2]/shell').innerText()).toContain('succeeded');
      for (const theme of ['dark', 'light', 'hc'] as const) {
        await suite.workbench.switchTheme(theme);
        await suite.workbench.results.waitForTheme(panelThemes[theme]);
        expect(await axeProblems(suite.workbench)).toEqual([]);
        await suite.workbench.screenshot('graph-loop', { theme });
      }
      await suite.workbench.switchTheme('light');
      await node('for-loop-2[1]/shell').click();
      await expect
        .poll(() =>
          suite.workbench.results.inside.locator('tr:focus-within').first().getAttribute('data-task'),
        )
        .toBe('for-loop-2[1]/shell');
    });

    it('goes on with a run of pipelines in a pipeline', async () => {
      await open('nested pipeline');
      await node('inner-part/train-tree').waitFor();
      await shot(suite.workbench, 'graph-nested');
    });
  });
}
