import { expect, test } from 'vitest';
import { nameProblem, newPipeline } from './newPipeline.ts';

test.each([
  ['', 'A pipeline needs a name.'],
  ['2churn', 'The name must begin with a small letter.'],
  ['Churn', 'The name must begin with a small letter.'],
  ['my churn', 'The name may hold small letters, digits and hyphens.'],
  ['../x', 'The name must begin with a small letter.'],
  ['a/../x', 'The name may hold small letters, digits and hyphens.'],
  ['churn-', 'The name must not end with a hyphen.'],
  ['iris', 'There is already a pipeline iris.'],
  ['x'.repeat(61), 'The name may have 60 characters at most.'],
])('rejects %j as the name of a new pipeline', (name, problem) =>
  expect(nameProblem(name, ['iris'])).toBe(problem),
);

test.each(['churn', 'class', 'json', 'my-churn-2'])('accepts %s as the name of a new pipeline', (name) =>
  expect(nameProblem(name, ['iris'])).toBeUndefined(),
);

test('names file and function unlike any Python module or keyword', () => {
  expect(newPipeline('random')).toMatchObject({ name: 'random', file: 'random_pipeline.py' });
  expect(newPipeline('class').text).toContain('def class_pipeline(');
  expect(newPipeline('my-pipeline')).toMatchObject({ file: 'my_pipeline.py' });
  expect(newPipeline('my-pipeline').text).toContain('@dsl.pipeline(name="my-pipeline"');
});
