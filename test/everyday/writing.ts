import { readCases } from './suite.ts';

/** Sentences that want to change something. */
export const writing = readCases(`
# the paper's
Run a new experiment using sigmoid kernel => run_pipeline {"pipeline":"diabetes-svm","parameters":{"kernel":"sigmoid"}}
# starting
run iris => run_pipeline {"pipeline":"iris"}
start the churn pipeline => run_pipeline {"pipeline":"churn"}
can you run the nightly ingest? => run_pipeline {"pipeline":"nightly-ingest"}
I'd like to start iris with max depth 4 => run_pipeline {"pipeline":"iris","parameters":{"max_depth":"4"}}
please launch diabetes-svm with an rbf kernel => run_pipeline {"pipeline":"diabetes-svm","parameters":{"kernel":"rbf"}}
run the diabetes svm with kernel linear and C = 10 => run_pipeline {"pipeline":"diabetes-svm","parameters":{"kernel":"linear","C":"10"}}
run churn with 200 trees => run_pipeline {"pipeline":"churn","parameters":{"n_trees":"200"}}
run iris with 50 trees and a depth of 5 => run_pipeline {"pipeline":"iris","parameters":{"n_estimators":"50","max_depth":"5"}}
train iris using entropy => run_pipeline {"pipeline":"iris","parameters":{"criterion":"entropy"}}
try iris with max_depth=8, test_size=0.3 => run_pipeline {"pipeline":"iris","parameters":{"max_depth":"8","test_size":"0.3"}}
execute iris without cache => run_pipeline {"pipeline":"iris","cache":false}
go ahead and run churn => run_pipeline {"pipeline":"churn"}
let's run churn with learning rate 0.1 => run_pipeline {"pipeline":"churn","parameters":{"learning_rate":"0.1"}}
fire up iris => run_pipeline {"pipeline":"iris"}
start a run of diabetes-svm => run_pipeline {"pipeline":"diabetes-svm"}
start a new churn run with region south => run_pipeline {"pipeline":"churn","parameters":{"region":"south"}}
run nightly-ingest for day 2026-11-27 => run_pipeline {"pipeline":"nightly-ingest","parameters":{"day":"2026-11-27"}}
run iris with shuffle off => run_pipeline {"pipeline":"iris","parameters":{"shuffle":"false"}}
could you please execute iris with criterion gini and shuffle true? => run_pipeline {"pipeline":"iris","parameters":{"criterion":"gini","shuffle":"true"}}
run iris with max_depth 3 and wait => run_pipeline {"pipeline":"iris","parameters":{"max_depth":"3"},"wait":120}
run iris, but with a test size of 0.25 => run_pipeline {"pipeline":"iris","parameters":{"test_size":"0.25"}}
run iris-12 again => run_pipeline {"like":"iris-12"}
rerun iris-12 with max_depth 4 => run_pipeline {"like":"iris-12","parameters":{"max_depth":"4"}}
repeat the last run => run_pipeline {"like":"last"}
run it again => run_pipeline {"like":"last"}
run the last one again with max_depth 5 => run_pipeline {"like":"last","parameters":{"max_depth":"5"}} | -
run iris once more => run_pipeline {"like":"iris"} | run_pipeline {"like":"iris-12"}
I want to run churn => run_pipeline {"pipeline":"churn"}
run the pipeline iris with max_depth of 3 => run_pipeline {"pipeline":"iris","parameters":{"max_depth":"3"}}
diabetes-svm with C 3, run it => run_pipeline {"pipeline":"diabetes-svm","parameters":{"C":"3"}} | -
run Iris with Max_Depth 3 => run_pipeline {"pipeline":"iris","parameters":{"max_depth":"3"}}
run diabetes with gamma auto => run_pipeline {"pipeline":"diabetes-svm","parameters":{"gamma":"auto"}}
# stopping and deleting
stop churn-4 => stop_run {"run":"churn-4"}
cancel churn-4 please => stop_run {"run":"churn-4"}
please stop the running churn run => stop_run {"run":"churn-4"}
kill the run churn-4 => stop_run {"run":"churn-4"}
can you stop churn-4? => stop_run {"run":"churn-4"}
delete iris-11 => delete_runs {"run":"iris-11"}
remove run iris-11 => delete_runs {"run":"iris-11"}
please delete the last failed run => delete_runs {"run":"last failed"}
throw iris-11 away => delete_runs {"run":"iris-11"} | -
install the compiler => install_compiler
please install the kfp sdk => install_compiler
# in German
starte iris => run_pipeline {"pipeline":"iris"}
starte iris mit max_depth 3 => run_pipeline {"pipeline":"iris","parameters":{"max_depth":"3"}}
bitte führe churn mit 200 Bäumen aus => run_pipeline {"pipeline":"churn","parameters":{"n_trees":"200"}} | -
führe iris aus => run_pipeline {"pipeline":"iris"}
kannst du diabetes-svm mit kernel rbf starten? => run_pipeline {"pipeline":"diabetes-svm","parameters":{"kernel":"rbf"}}
lass churn laufen => run_pipeline {"pipeline":"churn"}
starte iris ohne Cache => run_pipeline {"pipeline":"iris","cache":false}
wiederhole iris-12 => run_pipeline {"like":"iris-12"}
starte iris-12 nochmal mit max_depth 4 => run_pipeline {"like":"iris-12","parameters":{"max_depth":"4"}}
stoppe churn-4 => stop_run {"run":"churn-4"}
bitte churn-4 abbrechen => stop_run {"run":"churn-4"}
lösche iris-12 => delete_runs {"run":"iris-12"}
lösche bitte den Lauf iris-11 => delete_runs {"run":"iris-11"}
installiere den Compiler => install_compiler
# sloppy typing
rnu iris => run_pipeline {"pipeline":"iris"} | -
strat churn => run_pipeline {"pipeline":"churn"} | -
start diabetes-svm with kernl rbf => run_pipeline {"pipeline":"diabetes-svm","parameters":{"kernel":"rbf"}}
runn iris with max_depth 3 => run_pipeline {"pipeline":"iris","parameters":{"max_depth":"3"}}
delte iris-11 => delete_runs {"run":"iris-11"} | -
stopp churn-4 => stop_run {"run":"churn-4"}
run iris wiht max_depth 3 => run_pipeline {"pipeline":"iris","parameters":{"max_depth":"3"}}
# {"pipeline":"diabetes-svm","run":"diabetes-svm-7","against":"diabetes-svm-6"}
Run a new experiment using the sigmoid kernel => run_pipeline {"pipeline":"diabetes-svm","parameters":{"kernel":"sigmoid"}}
same but with C 10 => run_pipeline {"like":"diabetes-svm-7","parameters":{"C":"10"}}
the same again with kernel poly => run_pipeline {"like":"diabetes-svm-7","parameters":{"kernel":"poly"}}
again => run_pipeline {"like":"diabetes-svm-7"}
run it once more => run_pipeline {"like":"diabetes-svm-7"}
again, but with C 5 => run_pipeline {"like":"diabetes-svm-7","parameters":{"C":"5"}}
run it with kernel linear => run_pipeline {"pipeline":"diabetes-svm","parameters":{"kernel":"linear"}}
try it with C 100 => run_pipeline {"pipeline":"diabetes-svm","parameters":{"C":"100"}}
nochmal mit C 10 => run_pipeline {"like":"diabetes-svm-7","parameters":{"C":"10"}}
delete it => delete_runs {"run":"diabetes-svm-7"}
# {"pipeline":"churn","run":"churn-4"}
stop it => stop_run {"run":"churn-4"}
cancel that => stop_run {"run":"churn-4"}
brich ihn ab => stop_run {"run":"churn-4"}
`);
