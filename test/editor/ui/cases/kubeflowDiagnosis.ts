import { expect, it } from 'vitest';
import type { Demo } from '../../../servers/kfp/demo.ts';
import { shot } from '../support/shot.ts';
import { runMs, type Suite } from '../support/suite.ts';

/** Why runs of a Kubeflow server failed, and what others wait for. The suite has the demo's runs on "Cluster". */
export function kubeflowDiagnosis(suite: Suite, server: Demo): void {
  const answerTo = async (sentence: string) => {
    const { chat } = suite.workbench;
    // A toast of an earlier run would lie over the button that sends.
    await suite.workbench.runCommand('Notifications: Clear All Notifications');
    await chat.say(`@mlops ${sentence}`);
    return chat.waitForAnswer(runMs);
  };

  it('says why a run failed, with the line of the code', async () => {
    // Ends what still goes on, so that no toast of it lies over the chat.
    server.advance(120_000);
    const answer = await answerTo('why did iris with an exception fail on Cluster');
    expect(answer).toMatch(/failed in train-tree.*its code raised ValueError/);
    expect(answer).toContain('at line 8 of train_tree');
    expect(answer).toMatch(/Not seen: its pods and their events/);
    await shot(suite.workbench, 'kubeflow-why');
  });

  it('shows what a step waits for in the chat, the tree and the results', async () => {
    await server.play('gpu that nobody has', 'unschedulable-gpu-stays', 0.05);
    server.advance(15_000 / 0.05);
    const { chat, results } = suite.workbench;
    const described = await answerTo('describe gpu that nobody has on Cluster');
    expect(described).toMatch(/shell waiting: .*Unschedulable: 0\/3 nodes are available/);
    const button = (await chat.buttons()).find((label) => label.startsWith('Results of')) ?? '';
    await chat.pressButton(button);
    await results.wait(button.replace(/^Results of "|"$/g, ''));
    expect(await results.rows('Tasks')).toContainEqual(
      expect.stringMatching(/shell[\s\S]*waiting[\s\S]*Unschedulable: 0\/3 nodes/),
    );
    await shot(suite.workbench, 'kubeflow-waits-results');
    const tree = suite.workbench.tree('Pipelines');
    await tree.open();
    await tree.expand('Cluster');
    await tree.expand('Other runs');
    await tree.expand(/^gpu that nobody has/);
    await tree.row(/^shell/).waitFor();
    expect(await tree.row(/^shell/).innerText()).toMatch(/waiting.*Unschedulable/);
    await shot(suite.workbench, 'kubeflow-waits-tree');
    expect(await answerTo('what is gpu that nobody has waiting for on Cluster')).toMatch(
      /has not failed; it waits[\s\S]*shell cannot begin: .*nvidia\.com\/gpu/,
    );
    await shot(suite.workbench, 'kubeflow-waits');
  });

  it('offers the diagnosis when a run fails, which asks in the chat', async () => {
    const { notifications } = suite.workbench;
    const ended = /iris that will fail.* failed in train-tree: ValueError/;
    // A window that nobody uses does not look.
    await suite.workbench.tree('Pipelines').row('Other runs').click();
    await server.play('iris that will fail', 'user-exception', 3);
    await expect
      .poll(() => notifications.texts(), { timeout: runMs })
      .toContainEqual(expect.stringMatching(ended));
    const { buttons } = await notifications.wait(ended);
    expect(buttons).toContain('Diagnose');
    await shot(suite.workbench, 'kubeflow-failed-toast');
    await notifications.press(ended, 'Diagnose');
    // The button asks by itself: what was said last, as the tests know it, is another sentence.
    await suite.workbench.page
      .locator('.interactive-session .monaco-list-row.response')
      .filter({ hasText: /iris that will fail\S* failed in train-tree/ })
      .first()
      .waitFor({ timeout: runMs });
    await shot(suite.workbench, 'kubeflow-diagnosed');
  });
}
