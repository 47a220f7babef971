import { describe, expect, it } from 'vitest';
import type { Json } from '../../domain/json.ts';
import { understand } from './understand.ts';

const focus = { pipeline: 'iris', run: 'iris-12', against: 'iris-3', bucket: 'artifacts/iris/' };

const sentences: readonly (readonly [string, string, Record<string, Json>])[] = [
  ['list pipelines', 'list_pipelines', {}],
  ['what pipelines are there?', 'list_pipelines', {}],
  ['Which pipelines can I run', 'list_pipelines', {}],
  ['show me the pipelines', 'list_pipelines', {}],
  ['list pipelines about churn', 'list_pipelines', { text: 'churn' }],
  ['describe iris', 'describe_pipeline', { pipeline: 'iris' }],
  ['describe pipeline "it\'s mine/2"', 'describe_pipeline', { pipeline: "it's mine/2" }],
  ['what are the parameters of the iris pipeline?', 'describe_pipeline', { pipeline: 'iris' }],
  ['what does iris do', 'describe_pipeline', { pipeline: 'iris' }],
  ['run iris', 'run_pipeline', { pipeline: 'iris' }],
  [
    'run the iris pipeline with max_depth 3',
    'run_pipeline',
    { pipeline: 'iris', parameters: { max_depth: '3' } },
  ],
  [
    'run the iris pipeline with max_depth 3.',
    'run_pipeline',
    { pipeline: 'iris', parameters: { max_depth: '3' } },
  ],
  [
    'please run iris with max_depth=3 and tell me how it did',
    'run_pipeline',
    { pipeline: 'iris', parameters: { max_depth: '3' } },
  ],
  [
    'run iris with test_size 0.25, criterion entropy and shuffle False',
    'run_pipeline',
    { pipeline: 'iris', parameters: { test_size: '0.25', criterion: 'entropy', shuffle: 'False' } },
  ],
  [
    'run iris with features ["a", "b and c"], class_weight {"x": 1, "y": [2]}',
    'run_pipeline',
    { pipeline: 'iris', parameters: { features: '["a", "b and c"]', class_weight: '{"x": 1, "y": [2]}' } },
  ],
  [
    'run iris max_depth=3 seed=1',
    'run_pipeline',
    { pipeline: 'iris', parameters: { max_depth: '3', seed: '1' } },
  ],
  [
    'run iris max_depth=3, seed=1',
    'run_pipeline',
    { pipeline: 'iris', parameters: { max_depth: '3', seed: '1' } },
  ],
  ['run iris with max_depth set to 4', 'run_pipeline', { pipeline: 'iris', parameters: { max_depth: '4' } }],
  ['run churn with 200 trees', 'run_pipeline', { pipeline: 'churn', parameters: { trees: '200' } }],
  [
    'run iris with message "hello, world"',
    'run_pipeline',
    { pipeline: 'iris', parameters: { message: 'hello, world' } },
  ],
  [
    'run ship with version 1.10, sha 12345e7 and day 2026-11-27',
    'run_pipeline',
    { pipeline: 'ship', parameters: { version: '1.10', sha: '12345e7', day: '2026-11-27' } },
  ],
  [
    'run ship with sha 80e5005 and id 90071992547409931234',
    'run_pipeline',
    { pipeline: 'ship', parameters: { sha: '80e5005', id: '90071992547409931234' } },
  ],
  ['run iris with postcode=,', 'run_pipeline', { pipeline: 'iris', parameters: { postcode: '' } }],
  [
    'run iris name=, without cache, please',
    'run_pipeline',
    { pipeline: 'iris', parameters: { name: '' }, cache: false },
  ],
  [
    'run iris with day=now, file=. and match=?',
    'run_pipeline',
    { pipeline: 'iris', parameters: { day: 'now', file: '.', match: '?' } },
  ],
  ['run iris with day=now', 'run_pipeline', { pipeline: 'iris', parameters: { day: 'now' } }],
  ['run iris with mode=uncached', 'run_pipeline', { pipeline: 'iris', parameters: { mode: 'uncached' } }],
  ['run iris with match=?', 'run_pipeline', { pipeline: 'iris', parameters: { match: '?' } }],
  ['run iris with file=.', 'run_pipeline', { pipeline: 'iris', parameters: { file: '.' } }],
  ['describe snow', 'describe_pipeline', { pipeline: 'snow' }],
  ['run iris without cache', 'run_pipeline', { pipeline: 'iris', cache: false }],
  [
    'run iris with max_depth 3 without cache',
    'run_pipeline',
    { pipeline: 'iris', parameters: { max_depth: '3' }, cache: false },
  ],
  [
    'run iris with max_depth 3 and wait 5 s',
    'run_pipeline',
    { pipeline: 'iris', parameters: { max_depth: '3' }, wait: 5 },
  ],
  ['run iris and wait', 'run_pipeline', { pipeline: 'iris', wait: 120 }],
  [
    'run iris with max_depth 3, and wait for the end',
    'run_pipeline',
    { pipeline: 'iris', parameters: { max_depth: '3' }, wait: 120 },
  ],
  ['run it again', 'run_pipeline', { like: 'iris-12' }],
  ['run doubled-again with n 3', 'run_pipeline', { pipeline: 'doubled-again', parameters: { n: '3' } }],
  ['run doubled-again again', 'run_pipeline', { like: 'doubled-again' }],
  ['run it again with max_depth 4', 'run_pipeline', { like: 'iris-12', parameters: { max_depth: '4' } }],
  ['rerun it with test_size 0.3', 'run_pipeline', { like: 'iris-12', parameters: { test_size: '0.3' } }],
  ['rerun the last one', 'run_pipeline', { like: 'last' }],
  ['rerun', 'run_pipeline', { like: 'iris-12' }],
  ['run iris-3 again without cache', 'run_pipeline', { like: 'iris-3', cache: false }],
  ['run the churn pipeline once more', 'run_pipeline', { like: 'churn' }],
  ['list runs', 'list_runs', {}],
  ['show my failed runs', 'list_runs', { state: 'failed' }],
  ['list runs of iris that failed', 'list_runs', { pipeline: 'iris', state: 'failed' }],
  ["what's running?", 'list_runs', { state: 'active' }],
  ['how did 12 do?', 'describe_run', { run: '12' }],
  ['how did it go', 'describe_run', { run: 'iris-12' }],
  ['status of the last run', 'describe_run', { run: 'last' }],
  ['describe run iris-12', 'describe_run', { run: 'iris-12' }],
  ['show iris-12', 'describe_run', { run: 'iris-12' }],
  ['12', 'describe_run', { run: '12' }],
  ['show the artifacts of iris-12', 'describe_run', { run: 'iris-12' }],
  ['why did run 12 fail', 'diagnose_run', { run: '12' }],
  ['why did the last run fail', 'diagnose_run', { run: 'last failed' }],
  ['explain 12', 'describe_run', { run: '12' }],
  ['explain why 12 failed', 'diagnose_run', { run: '12' }],
  ['what went wrong?', 'diagnose_run', { run: 'iris-12' }],
  ['what happened', 'describe_run', { run: 'iris-12' }],
  ['diagnose churn-7', 'diagnose_run', { run: 'churn-7' }],
  ['what is it waiting for?', 'diagnose_run', { run: 'iris-12' }],
  ['what is churn-7 waiting for', 'diagnose_run', { run: 'churn-7' }],
  ['why is churn-7 stuck', 'diagnose_run', { run: 'churn-7' }],
  ['what does it wait for', 'diagnose_run', { run: 'iris-12' }],
  ['what did it return?', 'describe_run', { run: 'iris-12' }],
  ['what did the last run return', 'describe_run', { run: 'last' }],
  ['what was the result', 'describe_run', { run: 'iris-12' }],
  ['what were the results of 12', 'describe_run', { run: '12' }],
  ['what came out', 'describe_run', { run: 'iris-12' }],
  ['what came out of iris-3', 'describe_run', { run: 'iris-3' }],
  ['show the metrics', 'describe_run', { run: 'iris-12' }],
  ['show the log of the last failed run', 'read_task_log', { run: 'last failed' }],
  ['describe the last good run', 'describe_run', { run: 'last good' }],
  ['why did it fail?', 'diagnose_run', { run: 'iris-12' }],
  ['what went wrong in iris-12', 'diagnose_run', { run: 'iris-12' }],
  ['show the log of train in run 12', 'read_task_log', { run: '12', task: 'train' }],
  ['logs of iris-12', 'read_task_log', { run: 'iris-12' }],
  ['show the log of the last run', 'read_task_log', { run: 'last' }],
  ['show the log of train of iris-12', 'read_task_log', { run: 'iris-12', task: 'train' }],
  [
    'show the last 20 lines of the log of train',
    'read_task_log',
    { run: 'iris-12', task: 'train', tail: 20 },
  ],
  ['search "loss" in the log of train in 12', 'read_task_log', { run: '12', task: 'train', search: 'loss' }],
  ['compare 12 with 11', 'compare_runs', { run: '12', with: '11' }],
  ['compare 11 and 12', 'compare_runs', { run: '12', with: '11' }],
  ['compare 11 vs 12', 'compare_runs', { run: '12', with: '11' }],
  ['compare it with iris-3', 'compare_runs', { run: 'iris-12', with: 'iris-3' }],
  ['what changed', 'compare_runs', { run: 'iris-12' }],
  ['run gate with file .', 'run_pipeline', { pipeline: 'gate', parameters: { file: '.' } }],
  ['install the pipeline compiler', 'install_compiler', {}],
  ['wait for 12', 'wait_for_run', { run: '12' }],
  ['stop 12', 'stop_run', { run: '12' }],
  ['stop it', 'stop_run', { run: 'iris-12' }],
  ['cancel the run', 'stop_run', { run: 'iris-12' }],
  ['delete run 12', 'delete_runs', { run: '12' }],
  ['list buckets', 'list_objects', {}],
  ['list objects in artifacts', 'list_objects', { bucket: 'artifacts' }],
  [
    'list objects in artifacts/iris/iris-12/',
    'list_objects',
    { bucket: 'artifacts', prefix: 'iris/iris-12/' },
  ],
  [
    'read artifacts/iris/iris-12/report.html',
    'read_object',
    { bucket: 'artifacts', key: 'iris/iris-12/report.html' },
  ],
];

describe('MLOps Basics understands plain sentences', () => {
  it.each(sentences)('%s', (sentence, tool, input) => {
    expect(understand(sentence, focus)).toEqual({ tool: `mlops_${tool}`, input });
  });

  it.each(['help', 'what can you do?', 'hello'])('%s asks for help', (sentence) => {
    expect(understand(sentence, {})).toBe('help');
  });

  it.each(['make me a sandwich', 'the weather is fine', ''])('"%s" is not understood', (sentence) => {
    expect(understand(sentence, {})).toBeUndefined();
  });

  it.each(['more', 'next', 'show the rest', 'show me more', 'the next page', 'next 50'])(
    '"%s" is the next page of the list shown last',
    (sentence) => {
      const more = 'mlops_list_runs {"state":"failed","page":"20"}';
      expect(understand(sentence, { more })).toEqual({
        tool: 'mlops_list_runs',
        input: { state: 'failed', page: '20' },
      });
    },
  );

  it.each([
    ['run this', 'run_pipeline', { pipeline: 'iris' }],
    ['run this file with max_depth 3', 'run_pipeline', { pipeline: 'iris', parameters: { max_depth: '3' } }],
    ['run this pipeline again', 'run_pipeline', { like: 'iris' }],
    ['what does this pipeline do?', 'describe_pipeline', { pipeline: 'iris' }],
    ['describe this', 'describe_pipeline', { pipeline: 'iris' }],
    ['describe this file', 'describe_pipeline', { pipeline: 'iris' }],
    ['explain this pipeline', 'describe_pipeline', { pipeline: 'iris' }],
    ['why does this line fail?', 'diagnose_run', { run: 'iris' }],
    ['how did this go', 'describe_run', { run: 'iris' }],
  ])('with a pipeline alone in focus, "%s" is about it', (sentence, tool, input) => {
    expect(understand(sentence, { pipeline: 'iris' })).toEqual({ tool: `mlops_${tool}`, input });
  });

  it.each(['why does this line fail', 'why is this failing', 'why does this pipeline break'])(
    'with a run in focus, "%s" is about that run',
    (sentence) => {
      const input = { run: 'iris-12' };
      expect(understand(sentence, focus)).toEqual({ tool: 'mlops_diagnose_run', input });
    },
  );

  it('without a focus "it" is the newest run', () => {
    expect(understand('stop it', {})).toEqual({ tool: 'mlops_stop_run', input: { run: 'last' } });
  });
});
