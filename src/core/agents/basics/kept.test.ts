// What MLOps Basics makes of sentences about what a server keeps, and of the same words where nothing is kept.
import { describe, expect, it } from 'vitest';
import { sameJson } from '../../domain/json.ts';
import { findTool } from '../../tools/table.ts';
import { onServer } from '../../../../test/everyday/server.ts';
import { aWorld } from '../../../../test/everyday/world.ts';
import { keeping } from '../../../../test/fakes/keeping.ts';
import { type Case, readCases } from '../../../../test/everyday/suite.ts';
import { lookAround } from './lookAround.ts';
import { understand } from './understand.ts';

const signal = new AbortController().signal;

const cases = readCases(`
upload churn => upload_pipeline {"pipeline":"churn"}
please upload the churn pipeline => upload_pipeline {"pipeline":"churn"}
publish iris as a new version => upload_pipeline {"pipeline":"iris"}
upload iris as version deeper => upload_pipeline {"pipeline":"iris","version":"deeper"}
upload nonsense => -
list versions of churn => list_pipelines {"versions":"churn"}
which versions of churn are there? => list_pipelines {"versions":"churn"}
what versions does churn have => list_pipelines {"versions":"churn"}
run churn version 2 => run_pipeline {"pipeline":"churn version 2"}
run churn v2 with n_trees 5 => run_pipeline {"pipeline":"churn v2","parameters":{"n_trees":"5"}}
run nonsense version 2 => -
retry iris-11 => change_runs {"action":"retry","run":"iris-11"}
retry the last failed run => change_runs {"action":"retry","run":"last failed"}
please retry run diabetes-svm-7 => change_runs {"action":"retry","run":"diabetes-svm-7"}
list versions of nonsense => -
retry iris-12 => run_pipeline {"like":"iris-12"}
rerun iris-11 => run_pipeline {"like":"iris-11"}
list failed runs of this week => list_runs {"state":"failed","since":"this week","until":"this week"}
archive iris-11 => change_runs {"action":"archive","run":"iris-11"}
unarchive iris-11 => change_runs {"action":"unarchive","run":"iris-11"}
archive the old stuff => -
list archived runs => list_runs {"archived":true}
list experiments => list_experiments {}
create an experiment called depth-study => change_experiment {"action":"create","experiment":"depth-study"}
archive the experiment depth-study => change_experiment {"action":"archive","experiment":"depth-study"}
run iris in the experiment depth-study => run_pipeline {"pipeline":"iris","experiment":"depth-study"}
run iris with max_depth 3 in experiment depth-study => run_pipeline {"pipeline":"iris","parameters":{"max_depth":"3"},"experiment":"depth-study"}
list runs in the experiment depth-study => list_runs {"experiment":"depth-study"}
list failed runs of experiment depth-study => list_runs {"experiment":"depth-study","state":"failed"}
delete churn version 2 => delete_pipeline {"pipeline":"churn version 2"}
delete the pipeline churn => delete_pipeline {"pipeline":"churn"}
delete the experiment depth-study => delete_pipeline {"experiment":"depth-study"}
delete iris-11 => delete_runs {"run":"iris-11"}
# {"run":"iris-11","pipeline":"iris"}
retry it => change_runs {"action":"retry","run":"iris-11"}
archive it => change_runs {"action":"archive","run":"iris-11"}
upload it => upload_pipeline {"pipeline":"iris"}
same but with max_depth 5 => run_pipeline {"like":"iris-11","parameters":{"max_depth":"5"}}
`);

it.each(cases)('"$say"', async ({ say, focus, wanted }) => {
  const { backend } = aWorld();
  keeping(backend);
  const known = await lookAround({ backend: async () => backend }, say, focus, signal);
  const call = understand(say, focus, { known });
  const [one] = wanted;
  expect(call).toEqual(one);
});

describe('sentences about a server', () => {
  const heard = async ({ say, focus }: Case) => {
    const { backend } = aWorld();
    keeping(backend);
    const known = await lookAround({ backend: async () => backend }, say, focus, signal);
    const understood = understand(say, focus, { known });
    return typeof understood === 'object' ? understood : undefined;
  };
  const isRight = ({ wanted }: Case, call: Awaited<ReturnType<typeof heard>>) =>
    call === undefined
      ? wanted.length === 0
      : wanted.some(({ tool, input }) => call.tool === tool && sameJson({ ...call.input }, input));

  it('are understood as they are meant, nine of ten, and none as a change that it does not mean', async () => {
    const judged = await Promise.all(onServer.map(async (one) => ({ one, call: await heard(one) })));
    const wrong = judged.filter(({ one, call }) => !isRight(one, call));
    const told = wrong.map(({ one, call }) => `${one.say} => ${JSON.stringify(call)}`);
    expect(told.slice(onServer.length / 10)).toEqual([]);
    const harmful = wrong.filter(({ call }) => call !== undefined && findTool(call.tool)?.effect !== 'read');
    expect(harmful.map(({ one }) => one.say)).toEqual([]);
  });
});

it('runs again what cannot go on', async () => {
  const { backend } = aWorld();
  const known = await lookAround({ backend: async () => backend }, 'retry iris-11', {}, signal);
  expect(understand('retry iris-11', {}, { known })).toEqual({
    tool: 'mlops_run_pipeline',
    input: { like: 'iris-11' },
  });
});

it('takes the connection from "to Cluster"', () => {
  expect(understand('upload churn to Cluster', {}, { places: ['This machine', 'Cluster'] })).toEqual({
    tool: 'mlops_upload_pipeline',
    input: { pipeline: 'churn', connection: 'Cluster' },
  });
});
