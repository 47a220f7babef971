import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readPipelineFile } from './readPipelineFile.ts';

const conformance = new URL('../../../test/conformance/local/pipelines/', import.meta.url);
const fixture = (name: string) => readFileSync(new URL(`${name}.yaml`, conformance), 'utf8');
const plain = fixture('loopif');

const specOf = (text: string) => {
  const document = readPipelineFile(text);
  if (document.kind !== 'pipeline') throw new Error(JSON.stringify(document));
  return document.specification;
};
const problemOf = (text: string) => {
  const document = readPipelineFile(text);
  if (document.kind !== 'problem') throw new Error(`${document.kind}, not a problem`);
  return document.problem;
};
/** The line, from 1, on which a piece of text begins. */
const lineOf = (text: string, piece: string) => text.slice(0, text.indexOf(piece)).split('\n').length;

describe('readPipelineFile', () => {
  it('reads a bare PipelineSpec', () => {
    const file = specOf(plain);
    expect(file.spec.pipelineInfo.name).toBe('loopif');
    expect(file.line).toBe(lineOf(plain, 'pipelineInfo:'));
    expect(file.platform).toBeUndefined();
  });

  it('reads a PipelineSpec with a platform document, whichever comes first', () => {
    const platform =
      'platforms:\n  kubernetes:\n    deploymentSpec:\n      executors:\n        exec-say:\n          secretAsEnv: []\n';
    expect(specOf(`${plain}---\n${platform}`).platform?.platforms?.['kubernetes']).toBeDefined();
    expect(specOf(`${platform}---\n${plain}`).platform?.platforms?.['kubernetes']).toBeDefined();
  });

  it('reads a PipelineSpec as JSON and wrapped as servers return it', () => {
    const json = specOf(plain).json;
    expect(specOf(JSON.stringify(json)).spec).toEqual(specOf(plain).spec);
    const wrapped = JSON.stringify({ pipeline_spec: json, platform_spec: { platforms: {} } });
    expect(specOf(wrapped).spec).toEqual(specOf(plain).spec);
    expect(specOf(wrapped).platform).toEqual({ platforms: {} });
    expect(specOf(JSON.stringify({ pipelineSpec: json, runtimeConfig: {} })).spec.pipelineInfo.name).toBe(
      'loopif',
    );
  });

  it.each(['constructor', 'toString'])('accepts %s as an ordinary name', (name) => {
    const named = plain.replaceAll(/\bsay\b/g, name);
    expect(named).not.toBe(plain);
    expect(specOf(named).spec.pipelineInfo.name).toBe('loopif');
    const unknown = plain.replace('name: comp-say', `name: ${name}`);
    expect(problemOf(unknown).message).toContain(`names the component ${name}, which is not there.`);
  });

  it('refuses the name __proto__, which the checks and views would miss', () => {
    const text = plain.replace(
      'root:\n',
      'root:\n  inputDefinitions:\n    parameters:\n      __proto__: {parameterType: STRING}\n',
    );
    const { message, line } = problemOf(text);
    expect(message).toBe('Nothing in a pipeline can be named __proto__.');
    expect(line).toBe(lineOf(text, '__proto__'));
  });

  it('reads numbers and texts as the SDK writes them', () => {
    const text = `${plain}  inputDefinitions:\n`.replace(
      'schemaVersion',
      '  inputDefinitions:\n    parameters:\n      a: {parameterType: STRING, defaultValue: 1e3}\n      b: {parameterType: STRING, defaultValue: 0o17}\n      c: {parameterType: NUMBER_DOUBLE, defaultValue: 1.0e-05}\nschemaVersion',
    );
    const parameters = specOf(text.replace(/ {2}inputDefinitions:\n$/, '')).spec.root.inputDefinitions
      ?.parameters;
    expect(Object.values(parameters ?? {}).map((parameter) => parameter.defaultValue)).toEqual([
      '1e3',
      '0o17',
      0.00001,
    ]);
  });

  it.each([
    ['a deployment', 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: deploymentSpec}\nspec: {}\n'],
    [
      'a custom resource that holds such words',
      'apiVersion: x/v1\nkind: Foo\npipelineInfo: {name: a}\ndeploymentSpec: {}\n',
    ],
    ['a chart with templates', 'deploymentSpec_x: {{ .Values.pipelineInfo }}\nfoo: {{- end }}\n'],
    ['a compose file', 'services:\n  web:\n    image: x\n'],
    ['an OpenAPI file', 'openapi: 3.0.0\ncomponents: {schemas: {}}\npaths: {}\n# schemaVersion\n'],
    [
      'a workflow of Argo that is nobody’s pipeline',
      'apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata: {name: x}\n',
    ],
    ['a platform document alone', 'platforms:\n  kubernetes:\n    deploymentSpec: {executors: {}}\n'],
    ['text', 'pipelineInfo'],
    ['an empty file', ''],
  ])('does not take %s for a pipeline', (_, text) => {
    expect(readPipelineFile(text)).toEqual({ kind: 'other' });
  });

  it('recognises a workflow that Kubeflow Pipelines 1 compiled', () => {
    const text =
      'apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata:\n  generateName: churn-\n  annotations: {pipelines.kubeflow.org/kfp_sdk_version: 1.8.22}\n';
    expect(problemOf(text)).toMatchObject({
      what: 'legacy_pipeline',
      name: 'churn',
      message: 'Compiled with Kubeflow Pipelines 1.8.22, as a workflow of Argo.',
    });
  });
});

describe('an error in a broken pipeline', () => {
  it('names the line of a YAML syntax error', () => {
    const text = plain.replace('        say:\n', '        say:\n       bad: [\n');
    const problem = problemOf(text);
    expect(problem).toMatchObject({ what: 'not_yaml', name: 'loopif' });
    expect(Math.abs((problem.line ?? 0) - lineOf(text, 'bad: ['))).toBeLessThan(2);
  });

  it('names what is missing or has the wrong type, with its line', () => {
    const text = plain.replace('          componentRef:\n            name: comp-say\n', '');
    expect(problemOf(text)).toEqual({
      what: 'not_a_pipeline',
      name: 'loopif',
      message: 'components.comp-condition-3.dag.tasks.say.componentRef is missing.',
      line: lineOf(text, '        say:'),
    });
    const typed = plain.replace(
      '          dependentTasks:\n          - num\n',
      '          dependentTasks: num\n',
    );
    expect(problemOf(typed)).toMatchObject({
      message: 'components.comp-for-loop-2.dag.tasks.condition-3.dependentTasks must be a list.',
      line: lineOf(typed, 'dependentTasks: num'),
    });
  });

  it('names a pipeline without a root', () => {
    expect(problemOf('pipelineInfo:\n  name: half\n')).toMatchObject({
      name: 'half',
      message: 'root is missing.',
    });
    expect(problemOf('pipelineInfo:\n')).toMatchObject({
      message: 'pipelineInfo must be an object.',
      line: 1,
    });
  });

  it.each<[string, string, string, string, string]>([
    [
      'a component',
      'name: comp-say\n',
      'name: comp-sai\n',
      'Task say names the component comp-sai, which is not there.',
      'componentRef',
    ],
    [
      'an executor',
      'executorLabel: exec-num',
      'executorLabel: exec-nun',
      'Component comp-num names the executor exec-nun, which is not there.',
      'executorLabel: exec-nun',
    ],
    [
      'a task waited for',
      '- num\n',
      '- nun\n',
      'Task condition-3 waits for the task nun, which is not there.',
      '- nun',
    ],
    [
      'a producer',
      'producerTask: num',
      'producerTask: nun',
      'Task condition-3 waits for the task nun, which is not there.',
      'pipelinechannel--num-Output:\n                taskOutputParameter',
    ],
    [
      'an output',
      'outputParameterKey: Output',
      'outputParameterKey: Outputs',
      'Task condition-3 takes the output Outputs of num, which has no such output.',
      'pipelinechannel--num-Output:\n                taskOutputParameter',
    ],
    [
      'a parameter',
      'componentInputParameter: pipelinechannel--loop-item-param-1',
      'componentInputParameter: nothing',
      'Task num takes the parameter nothing, which is not there.',
      'x:\n                componentInputParameter',
    ],
  ])('names %s that does not exist', (_, from, to, message, near) => {
    const text = plain.replace(from, to);
    const place = _ === 'a component' ? text.indexOf('componentRef:') : text.indexOf(near);
    expect(problemOf(text)).toEqual({
      what: 'broken_reference',
      name: 'loopif',
      message,
      line: text.slice(0, place).split('\n').length,
    });
  });

  it('names tasks that wait for each other and components that contain themselves', () => {
    const waiting = plain.replace(
      '        num:\n          cachingOptions',
      '        num:\n          dependentTasks: [condition-3]\n          cachingOptions',
    );
    expect(problemOf(waiting).message).toBe(
      'The tasks wait for each other in a circle: condition-3 → num → condition-3.',
    );
    const inside = plain
      .replace('            name: comp-num\n', '            name: comp-for-loop-2\n')
      .replace('outputParameterKey: Output', 'outputParameterKey: x');
    expect(problemOf(inside).what).toBe('broken_reference');
    const nested = fixture('nested').replaceAll('name: comp-num\n', 'name: comp-inner\n');
    expect(problemOf(nested).what).toBe('broken_reference');
  });
});

describe('hostile files are handled quickly', () => {
  const head = 'pipelineInfo: {name: x}\n';
  it.each<[string, () => string]>([
    ['brackets without end', () => `${head}x: ${'['.repeat(200_000)}`],
    ['braces without end', () => `${head}x: ${'{a: '.repeat(100_000)}`],
    [
      'indentation without end',
      () => head + Array.from({ length: 3000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
    ],
    ['dashes without end', () => `${head}x:\n${'- '.repeat(50_000)}a`],
    [
      'aliases of aliases',
      () =>
        `${head}a0: &a0 [x,x,x,x,x,x,x,x,x]\n${Array.from({ length: 30 }, (_, n) => `a${n + 1}: &a${n + 1} [${`*a${n},`.repeat(9)}]`).join('\n')}\n`,
    ],
    ['a map of many keys', () => head + Array.from({ length: 40_000 }, (_, n) => `key_${n}: v\n`).join('')],
    ['many aliases to a long text', () => `${head}a: &a ${'x'.repeat(9000)}\nb:\n${'- *a\n'.repeat(990)}`],
    ['an alias to itself', () => `${head}root: &r\n  dag: *r\n`],
    ['documents without end', () => `${head}---\n`.repeat(5000)],
    ['too many bytes', () => head + 'a'.repeat(9_000_000)],
    [
      'a key that every object has',
      () => 'pipelineInfo: {name: x}\nroot: {dag: {tasks: {a: {componentRef: {name: constructor}}}}}\n',
    ],
    ['a key that changes objects', () => 'pipelineInfo: {name: x}\n"__proto__": {polluted: yes}\nroot: {}\n'],
  ])('%s', (_, make) => {
    const text = make();
    const before = performance.now();
    expect(problemOf(text).message).not.toBe('');
    expect(performance.now() - before).toBeLessThan(3000);
    expect({}).not.toHaveProperty('polluted');
  });
});
