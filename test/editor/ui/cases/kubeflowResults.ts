import { expect, it } from 'vitest';
import { shot } from '../support/shot.ts';
import { runMs, type Suite } from '../support/suite.ts';

/** What is shown of runs on a Kubeflow server that have ended. The suite has the demo's runs on "Cluster". */
export function kubeflowResults(suite: Suite): void {
  const described = async (run: string) => {
    const { chat } = suite.workbench;
    await chat.say(`@mlops describe ${run} on Cluster`);
    return chat.waitForAnswer(runMs);
  };
  const openResults = async () => {
    const { chat } = suite.workbench;
    const title = (await chat.buttons()).find((label) => label.startsWith('Results of')) ?? '';
    await chat.pressButton(title);
    await suite.workbench.results.wait(title.replace(/^Results of "?|"$/g, ''));
  };

  it('shows the results of a run, held against the last good one', async () => {
    expect(await described('deeper iris')).toContain('accuracy');
    await openResults();
    const { results } = suite.workbench;
    const metrics = await results.section('Metrics').locator('li').allInnerTexts();
    expect(metrics.map((text) => text.replace(/\s+/g, ' '))).toEqual([
      expect.stringMatching(/^accuracy 0\.96 ↑ up 0\.011 from 0\.949, better/),
    ]);
    expect(await results.rows('Artifacts')).toContainEqual(
      expect.stringMatching(/^model\s+Model\s+train-tree/),
    );
    await shot(suite.workbench, 'kubeflow-results');
  });

  it('opens an artifact from the store that the connection names, and offers no folder', async () => {
    const { results } = suite.workbench;
    await results
      .section('Artifacts')
      .getByRole('button', { name: /^Open model of/ })
      .click();
    await suite.workbench.editor.line(/the bytes of minio:/).waitFor();
    await shot(suite.workbench, 'kubeflow-artifact');
    await openResults();
    expect(await results.inside.getByRole('button', { name: 'Open folder' }).count()).toBe(0);
  });

  it('compares two runs', async () => {
    const { results, quickInput } = suite.workbench;
    await results.press('Compare with…');
    await quickInput.box.locator('.monaco-list-row', { hasText: 'iris of yesterday' }).click();
    await suite.workbench.page.keyboard.press('Enter');
    await results.inside.getByRole('heading', { level: 1, name: /iris of yesterday.*deeper iris/ }).waitFor();
    expect(await results.rows('Metrics')).toContainEqual(expect.stringMatching(/^accuracy\s+higher/));
    await shot(suite.workbench, 'kubeflow-compare');
  });

  it('names the exception that a run failed with', async () => {
    expect(await described('iris with an exception')).toContain('ValueError: on purpose');
    await openResults();
    const { results } = suite.workbench;
    expect(await results.section('What failed').innerText()).toContain('line 8 of train_tree');
    await shot(suite.workbench, 'kubeflow-failed');
    await results.press('Go to line');
    await expect.poll(() => suite.workbench.activeTab()).toMatch(/train-tree/);
  });

  it('leads to the line in the own file, where the pipeline comes from it', async () => {
    const { chat } = suite.workbench;
    await chat.say('@mlops run first-bug on Cluster');
    await chat.confirmations.wait(runMs);
    await chat.confirmations.allowOnce();
    expect(await chat.waitForAnswer(runMs)).toContain('ZeroDivisionError: float division by zero');
    await chat.pressButton('Go to line');
    await expect.poll(() => suite.workbench.activeTab()).toMatch(/first_bug\s*\.py/);
    await shot(suite.workbench, 'kubeflow-line');
  });
}
