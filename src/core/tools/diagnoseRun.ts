import * as z from 'zod';
import { diagnoseRun } from '../diagnosis/diagnoseRun.ts';
import { mainFinding, renderDiagnosis } from '../diagnosis/renderDiagnosis.ts';
import { resolveRun } from '../runs/findRun.ts';
import { lastFailedRun } from '../runs/lastFailedRun.ts';
import { runIn } from '../sentences/words.ts';
import { code, nameText } from '../text/markdown.ts';
import { runField } from './fields.ts';
import { mentionsOfRun } from './runResult.ts';
import { defineTool } from './tool.ts';

export const diagnoseRunTool = defineTool({
  name: 'mlops_diagnose_run',
  title: 'Diagnose a run',
  userDescription: 'Finds why a run failed or what it waits for: first failing task, cause, line, next step.',
  modelDescription:
    'Why a run failed, or what a run that does not go on waits for: first failing task, cause, line of code, evidence, next step.',
  effect: 'read',
  input: z.strictObject({ run: runField }),
  progress: ({ run }) => `Diagnosing ${nameText(run)}`,
  run: async ({ run }, deps, signal) => {
    const backend = await deps.backend();
    const { clock, sourceFiles } = deps;
    const id = await resolveRun(backend, run, signal);
    const diagnosis = await diagnoseRun({ backend, clock, ...(sourceFiles && { sourceFiles }) }, id, signal);
    const fine = mainFinding(diagnosis) === undefined;
    return { diagnosis, lastFailed: fine ? await lastFailedRun(backend, signal) : undefined };
  },
  render: ({ diagnosis, lastFailed }) => {
    const other = lastFailed === undefined ? '' : ` The last run that failed is ${code(lastFailed.label)}.`;
    return renderDiagnosis(diagnosis) + other;
  },
  mentions: ({ diagnosis, lastFailed }) => {
    const [first, ...others] = mentionsOfRun(diagnosis.run);
    if (first?.kind !== 'run') return [];
    const failedTask = diagnosis.failures[0]?.path;
    return [
      {
        ...first,
        ...(failedTask === undefined ? {} : { failedTask }),
        ...(lastFailed === undefined ? {} : { lastFailed: { id: lastFailed.id, label: lastFailed.label } }),
      },
      ...others,
    ];
  },
  examples: [
    { say: 'why did iris-12 fail', means: { run: 'iris-12' }, does: 'the task, the cause and the line' },
    { say: 'diagnose iris-12', means: { run: 'iris-12' } },
    { say: 'what is iris-12 waiting for', means: { run: 'iris-12' }, does: 'what a run that is stuck needs' },
  ],
  sentences: [
    {
      pattern:
        /^(?:why did|why do(?:es)?|why is|why has|what went wrong (?:in|with)|explain why|diagnose|debug) ?(?<what>.*?)(?: (?:fail(?:ed|ing|s)?|break(?:ing)?|crash(?:ed|ing)?|stop(?:ped)?|did fail|stuck|waiting|hang(?:ing|s)?|not (?:going on|starting|running)))?$/i,
      means: ({ what = '' }, focus) => {
        const run = runIn(what, focus);
        // Whoever asks why the last run failed means the last one that did fail.
        return { run: run === 'last' ? 'last failed' : run };
      },
    },
    { pattern: /^what (?:went wrong|failed)$/i, means: (_, focus) => ({ run: runIn('', focus) }) },
    {
      pattern: /^what(?: is|'s| does) (?<what>.*?)(?: waits?| waiting| stuck| hanging)(?: for| on)?$/i,
      means: ({ what = '' }, focus) => ({ run: runIn(what, focus) }),
    },
  ],
});
