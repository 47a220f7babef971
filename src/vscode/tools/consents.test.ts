import { beforeEach, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../core/domain/json.ts';
import type { Confirmation } from '../../core/tools/tool.ts';
import { Consents } from './consents.ts';

const minute = 60_000;
const stop = 'mlops_stop_run';
const last = { run: 'last' };
const about = (input: JsonObject, more: Partial<Confirmation> = {}) => ({
  confirmation: { question: { title: ['Sure?'], verb: 'Yes', paragraphs: [] }, input, ...more },
  shown: true,
  roundTripMs: 5,
});

let consents: Consents;

beforeEach(() => {
  consents = new Consents();
});

it('a confirmed call runs once, with what was shown', () => {
  consents.note(stop, last, about({ run: 'iris-12' }), 0);
  expect(consents.take(stop, last)?.input).toEqual({ run: 'iris-12' });
  expect(consents.take(stop, last)).toBeUndefined();
});

it('a call without a question has no consent', () => {
  consents.note(stop, { run: '12' }, about({ run: 'iris-12' }), 0);
  expect(consents.take(stop, { run: '13' })).toBeUndefined();
  expect(consents.take('mlops_delete_runs', { run: '12' })).toBeUndefined();
});

it('a declined question is removed, and the next question has a new key', () => {
  consents.note(stop, last, about({ run: 'iris-12' }), 0);
  const declined = consents.drop(stop, last);
  expect(consents.take(stop, last)).toBeUndefined();
  consents.note(stop, last, about({ run: 'iris-12' }), 1);
  expect(consents.take(stop, last)?.key).not.toBe(declined?.key);
});

it('asking twice about the same call leaves one question, marked when the two differ', () => {
  const again = (input: JsonObject, now: number) =>
    consents.note(stop, last, about(input), now, consents.drop(stop, last));
  again({ run: 'iris-12' }, 0);
  again({ run: 'iris-12' }, 1);
  expect(consents.take(stop, last)?.mixed).toBe(false);
  again({ run: 'iris-12' }, 2);
  again({ run: 'iris-13' }, 3);
  expect(consents.take(stop, last)).toMatchObject({ mixed: true, input: { run: 'iris-13' } });
  expect(consents.take(stop, last)).toBeUndefined();
  again({ run: 'iris-12' }, 4);
  again({ run: 'iris-13' }, 4 + 11 * minute);
  expect(consents.take(stop, last)?.mixed).toBe(false);
});

it('a question about other code counts as another question', () => {
  consents.note(stop, last, about({ run: 'a' }, { agreed: 'one' }), 0);
  consents.note(stop, last, about({ run: 'a' }, { agreed: 'two' }), 1, consents.drop(stop, last));
  expect(consents.take(stop, last)?.mixed).toBe(true);
});

it('a yes is remembered for exactly the same call, and only if it may stand', () => {
  const run = (standing: Json) => about({}, { standing }).confirmation;
  const iris = run({ pipeline: 'iris.yaml', values: { depth: 3 } });
  consents.keepAgreement('mlops_run_pipeline', iris);
  consents.keepAgreement(stop, about({}).confirmation);
  expect(consents.hasAgreed('mlops_run_pipeline', iris)).toBe(true);
  expect(consents.hasAgreed('mlops_run_pipeline', run({ pipeline: 'iris.yaml', values: { depth: 4 } }))).toBe(
    false,
  );
  expect(consents.hasAgreed(stop, iris)).toBe(false);
  expect(consents.hasAgreed(stop, about({}).confirmation)).toBe(false);
});
