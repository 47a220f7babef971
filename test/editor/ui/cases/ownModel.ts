import { beforeAll, describe, expect, it } from 'vitest';
import type { ModelTurn, ScriptedEndpoint } from '../../harness/openaiServer.ts';
import { toolResults } from '../support/requests.ts';
import { pickOwnModel } from '../support/ownModel.ts';
import { shot } from '../support/shot.ts';
import { runMs, startMs, type Suite } from '../support/suite.ts';

const call = (name: string, input: object) => ({ name, arguments: input });
const run = (parameters: object) => call('mlops_run_pipeline', { pipeline: 'iris', parameters });

/** A model that does everything wrong once before it does it right. */
const script: readonly ModelTurn[] = [
  { calls: [call('mlops_start_pipeline', { pipeline: 'iris' })] },
  { calls: [run({ max_dept: 3 })] },
  { calls: [call('mlops_describe_pipeline', { pipeline: 'iris' }), call('mlops_list_runs', {})] },
  { cutAfter: 'I am going to run it with ' },
  { calls: [run({ max_depth: 3 }), run({ max_depth: 3 })] },
  { text: 'It reached an accuracy of 0.97.' },
];

export function ownModelCases(suite: Suite, endpoint: ScriptedEndpoint): void {
  describe('a model of one’s own that errs', () => {
    beforeAll(async () => {
      await suite.startOver();
      endpoint.forget();
      endpoint.add(...script);
    }, startMs);

    it('recovers, and starts one run', async () => {
      const { chat } = suite.workbench;
      await suite.workbench.tree('Pipelines').open();
      await pickOwnModel(suite.workbench);
      await chat.say('@mlops run the iris pipeline with max_depth 3');
      const { title, message } = await chat.confirmations.wait(runMs);
      expect(title).toBe('Run iris on This machine?');
      expect(message).toContain('Set: max_depth = 3');
      expect(endpoint.left()).toBe(1); // every mistake was answered, and nobody was asked about one
      await chat.confirmations.allowOnce();
      const answer = await chat.waitForAnswer(runMs);
      expect(answer).toContain('It reached an accuracy of 0.97.');
      await shot(suite.workbench, 'own-model');
      expect(suite.place.runs().map(({ id, state }) => `${id} ${state}`)).toEqual(['iris-1 succeeded']);
      expect(endpoint.left()).toBe(0);
    });

    it('was told how to do better each time', () => {
      const [first, second, ...others] = endpoint.requests.map(({ messages }) => toolResults(messages));
      expect(first).toEqual([]);
      expect(second).toEqual([
        expect.stringMatching(/There is no tool mlops_start_pipeline\. .*mlops_run_pipeline/),
      ]);
      expect(others.map((results) => results.length)).toEqual([2, 4, 4, 6]);
      const last = others.at(-1) ?? [];
      expect(last[1]).toMatch(/max_dept\b.*max_depth/s);
      expect(last[2]).toContain('max_depth');
      expect(last[3]).toContain('There are no runs yet.');
      expect(last[4]).toMatch(/`iris-1` succeeded[\s\S]*accuracy \*\*0\.967\*\*/);
      expect(last[5]).toContain('was made before in this answer and is not made again');
    });

    it('is told that a call was skipped, and that it shall not be repeated', async () => {
      const { chat } = suite.workbench;
      endpoint.add({ calls: [run({ max_depth: 2 })] }, { text: 'Then I leave it.' });
      await chat.say('@mlops run iris with max_depth 2');
      await chat.confirmations.wait(runMs);
      await chat.confirmations.skip();
      expect(await chat.waitForAnswer(runMs)).toContain('Then I leave it.');
      expect(toolResults(endpoint.requests.at(-1)?.messages ?? []).at(-1)).toMatch(
        /skipped this call.*Do not make it again/,
      );
      expect(suite.place.runs()).toHaveLength(1);
    });
  });
}
