import { describe, expect, it } from 'vitest';
import { offeredSchema } from './offeredSchema.ts';

describe('the schema that a model is offered', () => {
  it('keeps what a call is made by, and leaves out bounds that a refusal names', () => {
    const run = { type: 'string', minLength: 1, maxLength: 200, description: 'The run.' };
    const wait = { type: 'integer', minimum: 0, maximum: 120 };
    const values = { type: 'object', additionalProperties: {} };
    expect(
      offeredSchema({
        type: 'object',
        properties: { run, wait, values },
        required: ['run'],
        additionalProperties: false,
      }),
    ).toEqual({
      type: 'object',
      properties: { run: { type: 'string', description: 'The run.' }, wait, values },
      required: ['run'],
    });
  });

  it('is as it was where there are no fields', () => {
    expect(offeredSchema({ type: 'object' })).toEqual({ type: 'object' });
  });
});
