import { expect, it } from 'vitest';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import { compiledPlan, showsMore } from './compiledPlan.ts';
import { planRun } from './planRun.ts';

const never = new AbortController().signal;
const backend = new FakePipelineBackend();
backend.addPython({ name: 'talk' });
const again = () => planRun(backend, { pipeline: 'talk', parameters: {}, cache: true }, never);

it('installs the compiler that the question showed, and then compiles', async () => {
  const asked = await again();
  const state = { installed: false };
  const compiler = {
    packages: ['kfp'],
    bytes: 1,
    isInstalled: async () => state.installed,
    install: async () => void (state.installed = true),
  };
  Object.assign(backend, { compiler });
  const plan = await compiledPlan(
    backend,
    asked,
    async () => (state.installed ? again() : Promise.reject(new MlopsError('unsupported', 'no SDK'))),
    never,
  );
  expect(plan.preparation.compiles).toBeUndefined();
  expect(state.installed).toBe(true);
});

it('shows more with other values, more packages or a task that will fail, not with fewer packages', async () => {
  const asked = await again();
  const { preparation } = asked;
  const installing = (...install: readonly string[]) => ({
    ...asked,
    preparation: { ...preparation, install },
  });
  expect(showsMore(installing('a', 'b'), installing('a'))).toBe(false);
  expect(showsMore(installing('a'), installing('a', 'b'))).toBe(true);
  expect(showsMore(asked, { ...asked, values: { times: 3 } })).toBe(true);
  const note = { what: 'unfilled_text', message: 'Task a will fail.' };
  expect(showsMore(asked, { ...asked, preparation: { ...preparation, notes: [note] } })).toBe(true);
});
