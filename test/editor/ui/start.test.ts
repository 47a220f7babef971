import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Walkthrough } from '../harness/walkthrough.ts';
import { shot } from './support/shot.ts';
import { useEditor } from './support/suite.ts';
import { expectWelcome } from './support/welcome.ts';

describe('the first steps', () => {
  const suite = useEditor({
    workspace: 'empty',
    settings: { 'files.autoSave': 'off' },
    size: { width: 1900, height: 900 }, // wide enough for what stands beside the steps
  });
  const tree = () => suite.workbench.tree('Pipelines');
  const walkthrough = () => new Walkthrough(suite.workbench.page);
  const file = (name: string) => path.join(suite.place.workspace, name);
  const ended = (run: string, state: string) => expect.poll(() => suite.place.run(run)?.state).toBe(state);

  it('begin where the views say so', () => expectWelcome(suite.workbench, 'in-a-folder-without-pipelines'));

  it('are shown one by one, and copying the sample is the first that is done', async () => {
    const { quickInput } = suite.workbench;
    await suite.workbench.runCommand('MLOps: Get started');
    await walkthrough().step('Copy a pipeline with a bug').waitFor();
    await walkthrough().text('A pipeline with a bug').waitFor();
    await shot(suite.workbench, 'walkthrough');
    await walkthrough().press('Copy a pipeline with a bug', 'Copy the sample');
    await quickInput.titled('The sample pipeline first-bug');
    await quickInput.pick('Copy it into');
    await expect.poll(() => suite.workbench.activeTab()).toMatch(/first_bug\s*\.py/);
    expect(fs.readdirSync(file('first-bug')).toSorted()).toEqual(['first_bug.py', 'first_bug.yaml']);
    await suite.workbench.runCommand('MLOps: Get started');
    await expect.poll(() => walkthrough().done()).toEqual(['Copy a pipeline with a bug']);
    await walkthrough().text('A pipeline with a bug').waitFor();
    await shot(suite.workbench, 'walkthrough-first-done');
  });

  it('lead from a failure to a green run', async () => {
    const { dialogs } = suite.workbench;
    await tree()
      .row(/first-bug\W*first-bug/)
      .waitFor();
    await walkthrough().press('Run it', 'Run first-bug');
    expect((await dialogs.wait()).message).toBe('Run first-bug?');
    await dialogs.press('Run');
    await ended('first-bug-1', 'failed');
    const source = file('first-bug/first_bug.py');
    const text = fs.readFileSync(source, 'utf8');
    fs.writeFileSync(source, text.replace('revenue / orders', 'revenue / orders if orders else 0.0'));
    const later = new Date(Date.now() + 20_000); // people read the file before they mend it
    fs.utimesSync(source, later, later);
    await walkthrough().press('Run it again and see it green', 'Run again');
    expect((await dialogs.wait()).message).toBe('Run first-bug again, as in first-bug-1?');
    await dialogs.press('Run');
    await ended('first-bug-2', 'succeeded');
    await expect
      .poll(() => walkthrough().done())
      .toEqual(['Copy a pipeline with a bug', 'Run it', 'Run it again and see it green']);
    await shot(suite.workbench, 'walkthrough-green');
  });

  it('end in the chat, which tells of that run', async () => {
    const { chat, models } = suite.workbench;
    await models.waitFor('MLOps Basics');
    await walkthrough().press('Ask @mlops', 'Ask about the last run');
    expect(await chat.waitForAnswer()).toContain('first-bug-2 succeeded');
    await expect.poll(() => walkthrough().done()).toContain('Ask @mlops');
  });

  it('delete says what goes and what stays', async () => {
    const { dialogs } = suite.workbench;
    await tree().menu(/first-bug-1\W*failed/, 'Delete run');
    const { message, detail, buttons } = await dialogs.wait();
    expect(message).toBe('Delete first-bug-1?');
    expect(detail).toMatch(/^Its record and the logs of 3 tasks \([\d.]+ k?B\) go for good\./);
    expect(detail).toContain('Its 2 artifacts stay in artifacts/first-bug/first-bug-1/.');
    expect(detail).toContain('2 tasks of first-bug-2 were taken from it and keep their results.');
    expect(buttons).toContain('Delete');
    await shot(suite.workbench, 'delete-question');
    await dialogs.press('Delete');
    await tree()
      .row(/^first-bug-1/)
      .waitFor({ state: 'detached' });
    expect(suite.place.runs().map(({ id }) => id)).toEqual(['first-bug-2']);
    expect(suite.place.artifacts('first-bug-1')).not.toEqual([]);
  });

  it('a run shows its folder', async () => {
    const { dialogs } = suite.workbench;
    await tree().menu(/first-bug-2\W*best_average|first-bug-2\W*succeeded/, "Open the run's folder");
    const { message, detail, buttons } = await dialogs.wait();
    expect(message).toBe('The folder of first-bug-2');
    expect(detail).toBe(path.join(suite.place.home, 'runs', '2'));
    expect(buttons).toEqual(expect.arrayContaining(['Open in a new window', 'Copy path']));
    await dialogs.cancel();
  });

  it('a new pipeline is written, opened and run, and never over another', async () => {
    const { dialogs, quickInput } = suite.workbench;
    await suite.workbench.runCommand('MLOps: New pipeline');
    await quickInput.titled('New pipeline');
    await quickInput.type('My churn');
    await expect.poll(() => quickInput.question()).toBe('The name must begin with a small letter.');
    await shot(suite.workbench, 'new-pipeline-name');
    await quickInput.type('iris');
    await expect.poll(() => quickInput.question()).toBe('There is already a pipeline iris.');
    await quickInput.answer('churn');
    await expect.poll(() => suite.workbench.activeTab()).toMatch(/churn_pipeline\s*\.py/);
    expect(fs.readFileSync(file('churn_pipeline.py'), 'utf8')).toContain(
      'def churn_pipeline(rows: int = 1000',
    );
    await suite.workbench.code.lens('Run').waitFor();
    await shot(suite.workbench, 'new-pipeline');
    await tree().press(/churn\W*churn_pipeline\.py/, 'Run pipeline');
    expect((await dialogs.wait()).detail).toMatch(/rows = 1000/);
    await dialogs.press('Run');
    await ended('churn-3', 'succeeded');
    fs.writeFileSync(file('other_pipeline.py'), 'mine');
    await suite.workbench.runCommand('MLOps: New pipeline');
    await quickInput.titled('New pipeline');
    await quickInput.type('other');
    await expect.poll(() => quickInput.question()).toBe('other_pipeline.py is already there.');
    await quickInput.cancel();
    expect(fs.readFileSync(file('other_pipeline.py'), 'utf8')).toBe('mine');
  });
});
