import { readCases } from './suite.ts';

/** Sentences that are no order, or that no tool carries out: nothing may come of them. */
export const outside = readCases(`
# idioms
run me through the plan for today => -
run it by my boss first => -
stop asking => -
stop it with the questions => -
stop bothering me => -
kill time => -
cancel culture is a thing => -
drop it => -
run => -
let it run => -
start over => -
start from scratch => -
the clock is running => -
give it a rest => -
# what is not a run
delete the artifacts of iris-12 => -
delete the log of iris-12 => -
delete iris => -
delete everything => -
delete all failed runs => -
stop all runs => -
remove the parameter max_depth from iris => -
install numpy => -
stop the music => -
start a pizza order => -
run the dishwasher => -
delete my account => -
cancel my subscription => -
run fraud-detection => -
run iris with a friend => -
run iris with max_depht=3 and pepperoni 4 => -
# negations
don't run iris => -
do not delete iris-12 => -
never stop churn-4 => -
I don't want to run churn => -
please do not cancel churn-4 => -
bitte iris nicht starten => -
lösche iris-12 nicht => -
# questions and musings
should I run iris? => -
what happens if I delete iris-12? => -
can I delete iris-12 safely? => -
would it help to stop churn-4 => -
is it okay to run churn now? => -
who deleted iris-9? => -
soll ich churn-4 stoppen? => -
was passiert, wenn ich iris-12 lösche => -
if iris-12 is bad, delete it => -
I ran iris yesterday => -
maybe we should start churn later => -
# questions about how things are done
how do I write a pipeline? => search_docs {"queries":["how do I write a pipeline"]}
how can I install kubeflow on my cluster => search_docs {"queries":["how can I install kubeflow on my cluster"]}
what is a support vector machine => -
where is the documentation => -
how do I delete a run => search_docs {"queries":["how do I delete a run"]}
what does the C parameter of an SVM mean mathematically => search_docs {"queries":["what does the C parameter of an SVM mean mathematically"]} | describe_pipeline {"pipeline":"diabetes-svm"}
explain gradient descent => -
what is the meaning of life => -
# something else
make me a sandwich => -
what's the weather like => -
deploy the model to production => -
write a unit test for train.py => -
tell me a joke => -
thanks a lot => -
asdf => -
wie wird das Wetter morgen => -
create a new bucket called results => -
schedule churn for tomorrow at 8 => -
`);
