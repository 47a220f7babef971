// Authors choose the names of parameters: those of properties that every object has must work like any other.
import { beforeEach, describe, expect, it } from 'vitest';
import { aRun } from '../../../test/fakes/aRun.ts';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import type { Parameter } from '../domain/pipeline.ts';
import { toolDeps } from '../../../test/fakes/toolDeps.ts';
import { openForm, noteOn, valuesToRun } from '../pipelines/parameterForm.ts';
import { comparisonOf } from '../runs/comparison.ts';
import { renderQuestionMarkdown } from '../text/renderQuestionMarkdown.ts';
import { findTool } from './table.ts';
import type { ToolDeps } from './tool.ts';

const signal = new AbortController().signal;
const names = ['constructor', 'toString', 'hasOwnProperty', 'valueOf'];
const parameters = names.map((name): Parameter => ({ name, type: 'integer', required: false, default: 3 }));
const optional = names.map((name): Parameter => ({ name, type: 'integer', required: false }));
let backend: FakePipelineBackend;
let deps: ToolDeps;

beforeEach(() => {
  backend = new FakePipelineBackend();
  deps = toolDeps(backend);
  backend.addPipeline({ name: 'odd', parameters });
});

/** What is asked, as the chat shows it, and what runs after a yes. */
async function ask(input: unknown) {
  const asked = await findTool('mlops_run_pipeline')?.prepare(input, deps, signal);
  return asked && { ...renderQuestionMarkdown(asked.question), input: asked.input };
}

describe('parameters named like properties of every object', () => {
  it.each(names)('%s is shown in the question with its default', async (name) => {
    const asked = await ask({ pipeline: 'odd' });
    expect(asked?.message).toContain(`\`${name}\` = \`3\``);
    expect(asked?.message).not.toMatch(/Set:|native code|undefined|not set/);
  });

  it.each(names)(
    '%s is shown in the question with the value that was set, and runs with it',
    async (name) => {
      const given: unknown = JSON.parse(`{"pipeline": "odd", "parameters": {"${name}": 7}, "wait": 0}`);
      const asked = await ask(given);
      expect(asked?.message).toContain(`Set: \`${name}\` = \`7\``);
      await findTool('mlops_run_pipeline')?.call(asked?.input ?? {}, deps, signal);
      const [run] = [...backend.runs.values()];
      expect(Object.entries(run?.parameters ?? {})).toContainEqual([name, 7]);
    },
  );

  it('have no value in the form until one is given', () => {
    const form = openForm(optional, { values: {}, when: 'last time' });
    expect(valuesToRun(form)).toEqual({});
    expect(optional.map((parameter) => noteOn(form, parameter))).toEqual(['', '', '', '']);
  });

  it('are missing in the comparison with a run that did not have them', () => {
    const before = aRun({ parameters: {} });
    const after = aRun({ parameters: Object.fromEntries(names.map((name) => [name, 1])) });
    const rows = comparisonOf([before, after]).parameters;
    expect(rows.map(({ name, values }) => [name, ...values])).toEqual(
      names.map((name) => [name, undefined, 1]),
    );
  });
});
