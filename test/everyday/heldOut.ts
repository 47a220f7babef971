import { readCases } from './suite.ts';

/** Sentences that were written before the words and rules, and were not looked at while these were made. */
export const heldOut = readCases(`
# somebody new to the team
could you tell me which pipelines we've got here? => list_pipelines
I'm curious what workflows exist => list_pipelines
do we have something for churn? => list_pipelines {"text":"churn"} | describe_pipeline {"pipeline":"churn"}
what settings can I change in diabetes-svm => describe_pipeline {"pipeline":"diabetes-svm"}
what values are allowed for the kernel in the diabetes svm? => describe_pipeline {"pipeline":"diabetes-svm"}
explain the nightly ingest to me => describe_pipeline {"pipeline":"nightly-ingest"}
which steps does churn go through => describe_pipeline {"pipeline":"churn"}
what's the default learning rate of churn => describe_pipeline {"pipeline":"churn"}
# a data scientist
kick off iris with entropy => run_pipeline {"pipeline":"iris","parameters":{"criterion":"entropy"}}
launch diabetes-svm, kernel poly, C 0.5 => run_pipeline {"pipeline":"diabetes-svm","parameters":{"kernel":"poly","C":"0.5"}}
train churn with a learning rate of 0.05 => run_pipeline {"pipeline":"churn","parameters":{"learning_rate":"0.05"}}
please execute the iris pipeline without using the cache => run_pipeline {"pipeline":"iris","cache":false}
start churn with 300 trees for region north => run_pipeline {"pipeline":"churn","parameters":{"n_trees":"300","region":"north"}}
repeat iris-10 => run_pipeline {"like":"iris-10"}
redo iris-10 with max depth 6 => run_pipeline {"like":"iris-10","parameters":{"max_depth":"6"}}
run iris with max_depht 3 => run_pipeline {"pipeline":"iris","parameters":{"max_depth":"3"}} | -
# somebody on call
did anything break overnight? => list_runs {"state":"failed"}
which jobs are still going => list_runs {"state":"active"}
what's the state of churn-4 => describe_run {"run":"churn-4"}
has churn-4 finished yet? => describe_run {"run":"churn-4"}
what made iris-11 crash => diagnose_run {"run":"iris-11"}
reason for the failure of diabetes-svm-7? => diagnose_run {"run":"diabetes-svm-7"}
where did the diabetes run go wrong => diagnose_run {"run":"diabetes-svm-7"}
give me the logs for iris-11 => read_task_log {"run":"iris-11"}
last 50 lines of the evaluate log of iris-11 => read_task_log {"run":"iris-11","task":"evaluate","tail":50}
is there a warning in the log of train in iris-12 => read_task_log {"run":"iris-12","task":"train","search":"warning"}
let me know when churn-4 is done => wait_for_run {"run":"churn-4"}
abort churn-4 => stop_run {"run":"churn-4"}
get rid of iris-11 => delete_runs {"run":"iris-11"}
# a manager
how well did the newest iris run do? => describe_run {"run":"iris-12"}
did iris get better? => compare_runs {"run":"iris-12"}
difference between iris-10 and iris-12 => compare_runs {"run":"iris-12","with":"iris-10"}
what runs did we have for churn => list_runs {"pipeline":"churn"}
how many runs failed? => list_runs {"state":"failed"}
show me what is stored in datasets => list_objects {"bucket":"datasets"}
where are the models kept => list_objects {"bucket":"models"} | list_objects
open models/churn/card.md => read_object {"bucket":"models","key":"churn/card.md"}
# Germans
welche Pipelines habe ich? => list_pipelines
was macht die Pipeline nightly-ingest? => describe_pipeline {"pipeline":"nightly-ingest"}
Starte bitte churn mit n_trees 100 => run_pipeline {"pipeline":"churn","parameters":{"n_trees":"100"}}
lass iris nochmal laufen => run_pipeline {"like":"iris"} | run_pipeline {"like":"iris-12"}
welche Läufe sind fehlgeschlagen? => list_runs {"state":"failed"}
läuft gerade was? => list_runs {"state":"active"}
zeig das Log von train in iris-12 => read_task_log {"run":"iris-12","task":"train"}
vergleiche iris-12 mit iris-10 => compare_runs {"run":"iris-12","with":"iris-10"}
brich churn-4 ab => stop_run {"run":"churn-4"}
welche Buckets gibt es? => list_objects
# sloppy typing
shwo me the pipelines => list_pipelines
lsit runs => list_runs
desribe iris => describe_pipeline {"pipeline":"iris"}
why did iris-11 fial => diagnose_run {"run":"iris-11"}
comapre iris-12 and iris-10 => compare_runs {"run":"iris-10","with":"iris-12"} | compare_runs {"run":"iris-12","with":"iris-10"}
# outside of what it can do
run a quick sanity check of my code => -
never delete iris-12 => -
what would happen if I stopped churn-4? => -
delete all my emails => -
kill two birds with one stone => -
how do I write my own component? => search_docs {"queries":["how do I write my own component"]}
don't start anything yet => -
soll ich iris löschen? => -
`);
