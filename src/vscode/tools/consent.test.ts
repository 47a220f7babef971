import { beforeEach, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../core/domain/json.ts';
import type { Confirmation } from '../../core/tools/tool.ts';
import { dropTicket, hasAgreed, keepAgreement, noteAsked, takeTicket } from './consent.ts';

const minute = 60_000;
const stop = 'mlops_stop_run';
const last = { run: 'last' };
const about = (input: JsonObject, more: Partial<Confirmation> = {}) => ({
  confirmation: { question: { title: ['Sure?'], verb: 'Yes', paragraphs: [] }, input, ...more },
  shown: true,
});

beforeEach(() => {
  dropTicket(stop, last);
});

it('what was asked about runs once, with what was shown', () => {
  noteAsked(stop, last, about({ run: 'iris-12' }), 0);
  expect(takeTicket(stop, last)?.input).toEqual({ run: 'iris-12' });
  expect(takeTicket(stop, last)).toBeUndefined();
});

it('a call that nobody was asked about has no consent', () => {
  noteAsked(stop, { run: '12' }, about({ run: 'iris-12' }), 0);
  expect(takeTicket(stop, { run: '13' })).toBeUndefined();
  expect(takeTicket('mlops_delete_run', { run: '12' })).toBeUndefined();
});

it('a question that was declined is gone, and the next one has a key of its own', () => {
  noteAsked(stop, last, about({ run: 'iris-12' }), 0);
  const declined = dropTicket(stop, last);
  expect(takeTicket(stop, last)).toBeUndefined();
  noteAsked(stop, last, about({ run: 'iris-12' }), 1);
  expect(takeTicket(stop, last)?.key).not.toBe(declined?.key);
});

it('the same call asked twice leaves one question, which knows when they differ', () => {
  const again = (input: JsonObject, now: number) =>
    noteAsked(stop, last, about(input), now, dropTicket(stop, last));
  again({ run: 'iris-12' }, 0);
  again({ run: 'iris-12' }, 1);
  expect(takeTicket(stop, last)?.mixed).toBe(false);
  again({ run: 'iris-12' }, 2);
  again({ run: 'iris-13' }, 3);
  expect(takeTicket(stop, last)).toMatchObject({ mixed: true, input: { run: 'iris-13' } });
  expect(takeTicket(stop, last)).toBeUndefined();
  again({ run: 'iris-12' }, 4);
  again({ run: 'iris-13' }, 4 + 11 * minute);
  expect(takeTicket(stop, last)?.mixed).toBe(false);
});

it('a question about other code is another question', () => {
  noteAsked(stop, last, about({ run: 'a' }, { agreed: 'one' }), 0);
  noteAsked(stop, last, about({ run: 'a' }, { agreed: 'two' }), 1, dropTicket(stop, last));
  expect(takeTicket(stop, last)?.mixed).toBe(true);
});

it('a yes stands for the very same thing alone, and only where there is such', () => {
  const run = (standing: Json) => about({}, { standing }).confirmation;
  const iris = run({ pipeline: 'iris.yaml', values: { depth: 3 } });
  keepAgreement('mlops_run_pipeline', iris);
  keepAgreement(stop, about({}).confirmation);
  expect(hasAgreed('mlops_run_pipeline', iris)).toBe(true);
  expect(hasAgreed('mlops_run_pipeline', run({ pipeline: 'iris.yaml', values: { depth: 4 } }))).toBe(false);
  expect(hasAgreed(stop, iris)).toBe(false);
  expect(hasAgreed(stop, about({}).confirmation)).toBe(false);
});
