import { beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../../core/domain/json.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import { renderQuestionPlain } from '../../core/text/renderQuestionPlain.ts';
import type { Confirmation } from '../../core/tools/tool.ts';
import { Consents } from './consents.ts';
import { type ChangingCall, consentFor } from './consentFor.ts';

const minute = 60_000;
const pipeline = 'iris.yaml';
let questions: string[];
let answer: boolean;
let consents: Consents;
let call: ChangingCall;

const confirmation = (title: string, standing: Json = pipeline): Confirmation => ({
  question: { title: [title], verb: 'Run', paragraphs: [] },
  input: { pipeline, shown: true },
  agreed: `code of ${title}`,
  standing,
});
/** The editor prepares the call, and shows its question unless it was told to approve it. */
const prepared = (title: string, now: number, shown = true) =>
  consents.note(call.name, call.input, { confirmation: confirmation(title), shown, roundTripMs: 5 }, now);
const consent = (now: number, more: Partial<ChangingCall> = {}, prepare = async () => confirmation('anew')) =>
  consentFor(
    { ...call, ...more },
    {
      consents,
      now,
      prepare,
      ask: async (question) => {
        questions.push(renderQuestionPlain(question).title);
        return answer;
      },
    },
  );

beforeEach(() => {
  consents = new Consents();
  questions = [];
  answer = true;
  call = {
    ...{ name: 'mlops_run_pipeline', input: { pipeline }, effect: 'write', inChat: true },
    ...{ hasRead: false, named: true },
  };
});

describe('consent to a call whose question the editor shows', () => {
  it('needs no question of ours, and runs what was shown once', async () => {
    prepared('Run?', 0);
    expect(await consent(2000)).toMatchObject({ input: { pipeline, shown: true }, agreed: 'code of Run?' });
    expect(questions).toEqual([]);
    answer = false;
    expect(await consent(2001)).toBeUndefined();
    expect(questions).toEqual(['anew']);
  });

  it('is not given by a declined question, even when preparing the call again fails', async () => {
    prepared('Run?', 0);
    consents.drop(call.name, call.input);
    const failing = async () => {
      throw new MlopsError('unreachable', 'Not now.');
    };
    await expect(consent(2000, {}, failing)).rejects.toThrow('Not now.');
    answer = false;
    expect(await consent(2001)).toBeUndefined();
  });

  it('is requested again, with what is true now, when the question is too old', async () => {
    prepared('Run?', 0);
    expect(await consent(11 * minute)).toMatchObject({ agreed: 'code of anew' });
    expect(questions).toEqual(['anew']);
  });

  it('is requested in our dialog when the answer came too fast for a person', async () => {
    prepared('Run?', 0);
    expect(await consent(20)).toBeDefined();
    expect(questions).toEqual(['Run?']);
  });
});

describe('consent to a call whose question the editor does not show', () => {
  it('is requested in our dialog once for exactly the same thing', async () => {
    prepared('Run?', 0, false);
    expect(await consent(20)).toBeDefined();
    prepared('Run?', 100, false);
    expect(await consent(120)).toBeDefined();
    expect(questions).toEqual(['Run?']);
  });

  it('is requested again after the turn has read a result', async () => {
    prepared('Run?', 0, false);
    await consent(20);
    prepared('Run?', 100, false);
    expect(await consent(120, { hasRead: true })).toBeDefined();
    expect(questions).toEqual(['Run?', 'Run?']);
  });

  it('is requested again where the sentence names something else', async () => {
    prepared('Run?', 0, false);
    await consent(20);
    prepared('Run?', 100, false);
    expect(await consent(120, { named: false })).toBeDefined();
    expect(questions).toEqual(['Run?', 'Run?']);
  });

  it('is not given by a no, and a no is not remembered', async () => {
    answer = false;
    prepared('Run?', 0, false);
    expect(await consent(20)).toBeUndefined();
    prepared('Run?', 100, false);
    expect(await consent(120)).toBeUndefined();
    expect(questions).toEqual(['Run?', 'Run?']);
  });

  it('is not requested twice where the tool asks by itself', async () => {
    prepared('Delete?', 0, false);
    expect(await consent(20, { effect: 'destroy' })).toBeDefined();
    expect(questions).toEqual([]);
  });
});
