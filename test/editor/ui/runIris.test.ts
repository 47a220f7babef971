import { describe, expect, it } from 'vitest';
import { runMs, useEditor } from './support/suite.ts';

describe('a sentence runs the sample', () => {
  const suite = useEditor({ workspace: 'samples', model: 'MLOps Basics' });

  it('lists what can be run', async () => {
    const { chat } = suite.workbench;
    await suite.workbench.tree('Pipelines').open();
    await chat.say('@mlops list pipelines');
    const answer = await chat.waitForAnswer();
    console.log(answer);
    expect(answer).toContain('iris (iris/iris.yaml)');
    console.log(await chat.references(), await chat.followUps());
  });

  it('runs it with one parameter set', async () => {
    const { chat } = suite.workbench;
    await chat.say('@mlops run the iris pipeline with max_depth 2');
    console.log(await chat.confirmations.wait());
    await chat.confirmations.allowOnce();
    console.log(await suite.workbench.tree('Pipelines').rows());
    console.log(await chat.waitForAnswer(runMs));
    console.log(await chat.references(), await chat.followUps(), await chat.buttons());
    console.log(await suite.workbench.tree('Pipelines').rows());
    await suite.workbench.screenshot('x');
  });
});
