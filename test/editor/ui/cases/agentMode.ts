import { beforeAll, describe, expect, it } from 'vitest';
import type { ScriptedEndpoint } from '../../harness/openaiServer.ts';
import { toolResults } from '../support/requests.ts';
import { pickOwnModel } from '../support/ownModel.ts';
import { shot } from '../support/shot.ts';
import { runMs, startMs, type Suite } from '../support/suite.ts';

const run = (input: object) => ({ calls: [{ name: 'mlops_run_pipeline', arguments: input }] });

export function agentModeCases(suite: Suite, endpoint: ScriptedEndpoint): void {
  describe("the editor's own agent mode", () => {
    beforeAll(async () => {
      await suite.startOver();
      endpoint.forget();
    }, startMs);
    const lastResult = () => toolResults(endpoint.requests.at(-1)?.messages ?? []).at(-1);

    it('runs a pipeline with our tool, after the confirmation', async () => {
      const { chat } = suite.workbench;
      await suite.workbench.tree('Pipelines').open();
      await pickOwnModel(suite.workbench);
      endpoint.add(run({ pipeline: 'iris', parameters: { max_depth: 3 } }), { text: 'Accuracy is 0.97.' });
      await chat.say('Run the iris pipeline with max_depth 3');
      const { title, message } = await chat.confirmations.wait(runMs);
      expect(title).toBe('Run iris on This machine?');
      expect(message).toContain('Set: max_depth = 3');
      expect(endpoint.requests[0]?.tools).toContain('mlops_run_pipeline');
      expect(suite.place.runs()).toEqual([]);
      await shot(suite.workbench, 'agent-confirm');
      await chat.confirmations.allowOnce();
      expect(await chat.waitForAnswer(runMs)).toContain('Accuracy is 0.97.');
      expect(lastResult()).toMatch(/`iris-1` succeeded[\s\S]*accuracy \*\*0\.967\*\*/);
      expect(suite.place.run('iris-1')).toMatchObject({ state: 'succeeded', arguments: { max_depth: 3 } });
      await shot(suite.workbench, 'agent-answer');
    });

    it('answers input that does not fit, and asks nobody', async () => {
      const { chat } = suite.workbench;
      endpoint.add(run({ pipelin: 'iris' }), (request) => ({
        text: toolResults(request.messages).at(-1) ?? '',
      }));
      await chat.say('Run iris, but call it wrongly');
      expect(await chat.waitForAnswer(runMs)).toMatch(/input/i);
      expect(lastResult()).toMatch(/invalid.*additional properties/);
    });

    it('answers a parameter that does not exist with the right one, and asks nobody', async () => {
      const { chat } = suite.workbench;
      endpoint.add(run({ pipeline: 'iris', parameters: { max_dept: 3 } }), { text: 'I mistyped it.' });
      await chat.say('Run iris with a mistyped parameter');
      expect(await chat.waitForAnswer(runMs)).toContain('I mistyped it.');
      expect(lastResult()).toMatch(/max_dept\b.*max_depth/s);
    });

    it('starts nothing when the person skips, and the model is told', async () => {
      const { chat } = suite.workbench;
      endpoint.add(run({ pipeline: 'iris' }), { text: 'As you like.' });
      await chat.say('Run iris once more');
      await chat.confirmations.wait(runMs);
      await chat.confirmations.skip();
      await expect.poll(() => lastResult()).toMatch(/skip/i);
      await chat.waitForAnswer(runMs);
      expect(suite.place.runs()).toHaveLength(1);
    });
  });
}
