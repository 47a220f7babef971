import { readCases } from './suite.ts';

/** Sentences about what a server keeps: schedules, experiments, uploads, versions. */
export const onServer = readCases(`
# schedules
run iris every weekday at 6 => schedule_pipeline {"pipeline":"iris","when":"every weekday at 6"}
schedule churn for every night at 2 => schedule_pipeline {"pipeline":"churn","when":"every night at 2"}
please run churn each monday at 9 am => schedule_pipeline {"pipeline":"churn","when":"each monday at 9 am"}
can you retrain iris every day at 7? => schedule_pipeline {"pipeline":"iris","when":"every day at 7"}
run iris every hour => schedule_pipeline {"pipeline":"iris","when":"every hour"}
let iris run every night => schedule_pipeline {"pipeline":"iris","when":"every night"}
starte iris jeden werktag um 6 uhr => schedule_pipeline {"pipeline":"iris","when":"jeden werktag um 6 uhr"}
which schedules are there? => list_schedules
what is scheduled? => list_schedules
what runs by itself? => list_schedules
what runs automatically => list_schedules
show me the schedules => list_schedules
when does churn run next? => list_schedules
is iris scheduled? => list_schedules
stop the schedule nightly => schedule_pipeline {"schedule":"nightly","enabled":false}
turn off the nightly schedule => schedule_pipeline {"schedule":"nightly","enabled":false}
turn the nightly schedule off => schedule_pipeline {"schedule":"nightly","enabled":false}
turn the nightly schedule back on => schedule_pipeline {"schedule":"nightly","enabled":true}
resume the schedule nightly => schedule_pipeline {"schedule":"nightly","enabled":true}
delete the schedule nightly => delete_schedule {"schedule":"nightly"}
get rid of the nightly schedule => delete_schedule {"schedule":"nightly"}
welche zeitpläne gibt es => list_schedules
stoppe den zeitplan nightly => schedule_pipeline {"schedule":"nightly","enabled":false}
lösche den zeitplan nightly => delete_schedule {"schedule":"nightly"}
don't run churn every night any more => -
# experiments
which experiments do I have? => list_experiments
show me all experiments => list_experiments
what experiments are there on the server => list_experiments
welche experimente gibt es => list_experiments
list archived experiments => list_experiments {"archived":true}
make a new experiment named depth-study => change_experiment {"action":"create","experiment":"depth-study"}
start an experiment called depth-study => change_experiment {"action":"create","experiment":"depth-study"}
archive the experiment depth-study => change_experiment {"action":"archive","experiment":"depth-study"}
put the experiment depth-study into the archive => change_experiment {"action":"archive","experiment":"depth-study"}
bring the experiment depth-study back => change_experiment {"action":"unarchive","experiment":"depth-study"}
bring back the experiment depth-study => change_experiment {"action":"unarchive","experiment":"depth-study"}
delete the experiment depth-study => delete_pipeline {"experiment":"depth-study"}
throw away the experiment depth-study => delete_pipeline {"experiment":"depth-study"}
get rid of the experiment depth-study => delete_pipeline {"experiment":"depth-study"}
what ran in the experiment depth-study? => list_runs {"experiment":"depth-study"}
show runs of the experiment depth-study => list_runs {"experiment":"depth-study"}
lege ein experiment namens depth-study an => change_experiment {"action":"create","experiment":"depth-study"}
lösche das experiment depth-study => delete_pipeline {"experiment":"depth-study"}
# uploads and versions
upload churn => upload_pipeline {"pipeline":"churn"}
upload iris to the server => upload_pipeline {"pipeline":"iris"}
put churn on the server => upload_pipeline {"pipeline":"churn"}
publish the churn pipeline => upload_pipeline {"pipeline":"churn"}
push my iris pipeline to kubeflow => upload_pipeline {"pipeline":"iris"}
make a new version of churn on the server => upload_pipeline {"pipeline":"churn"}
lade iris hoch => upload_pipeline {"pipeline":"iris"}
which versions does iris have? => list_pipelines {"versions":"iris"}
how many versions of churn are there => list_pipelines {"versions":"churn"}
what is the newest version of churn? => list_pipelines {"versions":"churn"}
did anybody upload iris yet? => -
why would I upload churn => -
`);
