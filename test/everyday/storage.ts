import { readCases } from './suite.ts';

/** Sentences about buckets and objects. */
export const storage = readCases(`
# how much there is
how many objects are in datasets? => list_objects {"bucket":"datasets","count":true}
how many files do we have in artifacts => list_objects {"bucket":"artifacts","count":true}
how big is the bucket models? => list_objects {"bucket":"models","count":true}
how large is artifacts/iris/ => list_objects {"bucket":"artifacts","prefix":"iris/","count":true}
count the files in models/churn/ => list_objects {"bucket":"models","prefix":"churn/","count":true}
how much space do the buckets take? => list_objects {"count":true}
what types of files are in datasets => list_objects {"bucket":"datasets","count":true}
how much space does artifacts use => list_objects {"bucket":"artifacts","count":true}
wie viele Dateien liegen in datasets? => list_objects {"bucket":"datasets","count":true}
wie groß ist der Bucket models => list_objects {"bucket":"models","count":true}
wie viel Platz belegt artifacts? => list_objects {"bucket":"artifacts","count":true}
# in an order
show the newest files in datasets => list_objects {"bucket":"datasets","order":"newest"}
what are the latest uploads in models => list_objects {"bucket":"models","order":"newest"}
what are the largest files in artifacts? => list_objects {"bucket":"artifacts","order":"largest"}
show me the 5 biggest objects in models => list_objects {"bucket":"models","order":"largest","limit":5}
list the ten oldest files in artifacts/iris/ => list_objects {"bucket":"artifacts","prefix":"iris/","order":"oldest","limit":10}
biggest objects => list_objects {"order":"largest"}
which file in datasets is the oldest => list_objects {"bucket":"datasets","order":"oldest"}
which files are the largest => list_objects {"order":"largest"}
zeig mir die neuesten Dateien in datasets => list_objects {"bucket":"datasets","order":"newest"}
welche sind die größten Dateien in models? => list_objects {"bucket":"models","order":"largest"}
die 3 größten Objekte in artifacts => list_objects {"bucket":"artifacts","order":"largest","limit":3}
# of a type
list csv files in datasets => list_objects {"bucket":"datasets","type":"csv"}
show all parquet files => list_objects {"type":"parquet"}
are there any images in artifacts? => list_objects {"bucket":"artifacts","type":"image"}
which CSVs are in the datasets bucket => list_objects {"bucket":"datasets","type":"csv"}
largest csv file in datasets => list_objects {"bucket":"datasets","type":"csv","order":"largest"}
how many json files are in artifacts => list_objects {"bucket":"artifacts","type":"json","count":true}
welche CSV-Dateien gibt es in datasets? => list_objects {"bucket":"datasets","type":"csv"}
gibt es Bilder in artifacts => list_objects {"bucket":"artifacts","type":"image"}
# by name
search for report.html in artifacts => list_objects {"bucket":"artifacts","name":"report.html"}
where is diabetes.csv? => list_objects {"name":"diabetes.csv"}
find files named metrics => list_objects {"name":"metrics"}
find the file card.md => list_objects {"name":"card.md"}
find all objects with churn in the name => list_objects {"name":"churn"}
look for files called report in artifacts/iris/ => list_objects {"bucket":"artifacts","prefix":"iris/","name":"report"}
wo ist diabetes.csv? => list_objects {"name":"diabetes.csv"}
suche report.html in artifacts => list_objects {"bucket":"artifacts","name":"report.html"}
# of a time
list all datasets uploaded in the past month => list_objects {"type":"dataset","since":"past month"}
what was uploaded last week? => list_objects {"since":"last week","until":"last week"}
which files were changed yesterday in artifacts => list_objects {"bucket":"artifacts","since":"yesterday","until":"yesterday"}
objects in models since april => list_objects {"bucket":"models","since":"april"}
show files uploaded to datasets today => list_objects {"bucket":"datasets","since":"today"}
csv files in datasets from this week => list_objects {"bucket":"datasets","type":"csv","since":"this week"}
what was uploaded to datasets in the past 7 days => list_objects {"bucket":"datasets","since":"past 7 days"}
welche Dateien wurden gestern in artifacts geändert? => list_objects {"bucket":"artifacts","since":"yesterday","until":"yesterday"}
was wurde diese Woche hochgeladen => list_objects {"since":"this week"}
# about one object
show the metadata of datasets/diabetes.csv => read_object {"bucket":"datasets","key":"diabetes.csv","details":true}
what are the tags of models/churn/card.md? => read_object {"bucket":"models","key":"churn/card.md","details":true}
which versions of models/churn/card.md are there => read_object {"bucket":"models","key":"churn/card.md","details":true}
how big is datasets/diabetes.csv => read_object {"bucket":"datasets","key":"diabetes.csv","details":true}
when was datasets/diabetes.csv uploaded? => read_object {"bucket":"datasets","key":"diabetes.csv","details":true}
preview datasets/diabetes.csv => read_object {"bucket":"datasets","key":"diabetes.csv"}
what is in s3://datasets/diabetes.csv => read_object {"bucket":"datasets","key":"diabetes.csv"}
wie groß ist datasets/diabetes.csv => read_object {"bucket":"datasets","key":"diabetes.csv","details":true}
Metadaten von models/churn/card.md => read_object {"bucket":"models","key":"churn/card.md","details":true}
# links
give me a link to datasets/diabetes.csv => link_object {"bucket":"datasets","key":"diabetes.csv"}
create a download link for models/churn/card.md valid for 2 days => link_object {"bucket":"models","key":"churn/card.md","minutes":2880}
share datasets/diabetes.csv for 30 minutes => link_object {"bucket":"datasets","key":"diabetes.csv","minutes":30}
presigned url for artifacts/iris/iris-12/report.html => link_object {"bucket":"artifacts","key":"iris/iris-12/report.html"}
erstelle einen Link auf datasets/diabetes.csv => link_object {"bucket":"datasets","key":"diabetes.csv"}
teile models/churn/card.md für 3 Stunden => link_object {"bucket":"models","key":"churn/card.md","minutes":180}
# upload
upload data/train.csv to datasets => upload_object {"file":"data/train.csv","bucket":"datasets"}
upload results.json to artifacts/reports/ => upload_object {"file":"results.json","bucket":"artifacts","key":"reports/"}
put notes.md into models/churn/notes.md => upload_object {"file":"notes.md","bucket":"models","key":"churn/notes.md"}
lade data/train.csv nach datasets hoch => upload_object {"file":"data/train.csv","bucket":"datasets"}
# copy and move
copy datasets/diabetes.csv to models/diabetes.csv => copy_object {"bucket":"datasets","key":"diabetes.csv","to":"models/diabetes.csv"}
copy models/churn/card.md to artifacts/ => copy_object {"bucket":"models","key":"churn/card.md","to":"artifacts/"}
move datasets/diabetes.csv to artifacts/old/ => copy_object {"bucket":"datasets","key":"diabetes.csv","to":"artifacts/old/","move":true}
rename models/churn/card.md to models/churn/readme.md => copy_object {"bucket":"models","key":"churn/card.md","to":"models/churn/readme.md","move":true}
kopiere datasets/diabetes.csv nach models/diabetes.csv => copy_object {"bucket":"datasets","key":"diabetes.csv","to":"models/diabetes.csv"}
verschiebe datasets/diabetes.csv nach artifacts/ => copy_object {"bucket":"datasets","key":"diabetes.csv","to":"artifacts/","move":true}
# delete
delete datasets/diabetes.csv => delete_objects {"bucket":"datasets","keys":["diabetes.csv"]}
remove the file models/churn/card.md => delete_objects {"bucket":"models","keys":["churn/card.md"]}
delete everything under artifacts/iris/ => delete_objects {"bucket":"artifacts","prefix":"iris/"}
delete all files in models/churn/ => delete_objects {"bucket":"models","prefix":"churn/"}
delete the bucket artifacts => delete_objects {"bucket":"artifacts","all":true}
lösche datasets/diabetes.csv => delete_objects {"bucket":"datasets","keys":["diabetes.csv"]}
lösche alles unter artifacts/iris/ => delete_objects {"bucket":"artifacts","prefix":"iris/"}
# charts
plot the loss from artifacts/churn/metrics.csv => plot_object {"bucket":"artifacts","key":"churn/metrics.csv","columns":["loss"]}
plot loss and accuracy of artifacts/churn/metrics.csv => plot_object {"bucket":"artifacts","key":"churn/metrics.csv","columns":["loss","accuracy"]}
chart accuracy against epoch in artifacts/churn/metrics.csv => plot_object {"bucket":"artifacts","key":"churn/metrics.csv","columns":["accuracy"],"x":"epoch"}
plot artifacts/churn/metrics.csv => plot_object {"bucket":"artifacts","key":"churn/metrics.csv"}
zeichne den loss aus artifacts/churn/metrics.csv => plot_object {"bucket":"artifacts","key":"churn/metrics.csv","columns":["loss"]}
# where objects come from
which run made artifacts/iris/iris-12/report.html? => trace_object {"object":"artifacts/iris/iris-12/report.html"}
where does models/churn/model.joblib come from => trace_object {"object":"models/churn/model.joblib"}
which run produced model.joblib => trace_object {"object":"model.joblib"}
what produced artifacts/iris/iris-12/report.html => trace_object {"object":"artifacts/iris/iris-12/report.html"}
with which parameters was models/churn/model.joblib trained => trace_object {"object":"models/churn/model.joblib"}
welcher Lauf hat artifacts/iris/iris-12/report.html erzeugt? => trace_object {"object":"artifacts/iris/iris-12/report.html"}
woher kommt models/churn/model.joblib => trace_object {"object":"models/churn/model.joblib"}
what changed between artifacts/iris/iris-11/report.html and artifacts/iris/iris-12/report.html => compare_objects {"bucket":"artifacts","key":"iris/iris-11/report.html","other":"artifacts/iris/iris-12/report.html"}
compare artifacts/a.csv with artifacts/b.csv => compare_objects {"bucket":"artifacts","key":"a.csv","other":"artifacts/b.csv"}
diff datasets/old.csv datasets/diabetes.csv => compare_objects {"bucket":"datasets","key":"old.csv","other":"datasets/diabetes.csv"}
# {"object": "datasets/diabetes.csv", "bucket": "datasets/"}
how big is it => read_object {"bucket":"datasets","key":"diabetes.csv","details":true}
what made it? => trace_object {"object":"datasets/diabetes.csv"}
which run made this object => trace_object {"object":"datasets/diabetes.csv"}
give me a link to it => link_object {"bucket":"datasets","key":"diabetes.csv"}
delete this file => delete_objects {"bucket":"datasets","keys":["diabetes.csv"]}
show its metadata => read_object {"bucket":"datasets","key":"diabetes.csv","details":true}
`);

/** Sentences that nobody looked at while the rules for buckets and objects were made. */
export const storageHeldOut = readCases(`
number of objects in artifacts => list_objects {"bucket":"artifacts","count":true}
what's the total size of datasets/ => list_objects {"bucket":"datasets","count":true}
is there a parquet file in datasets? => list_objects {"bucket":"datasets","type":"parquet"}
list the 20 newest objects in artifacts/iris => list_objects {"bucket":"artifacts","prefix":"iris","order":"newest","limit":20}
what's the smallest file in models => list_objects {"bucket":"models","order":"smallest"}
show me files changed since monday in datasets => list_objects {"bucket":"datasets","since":"monday"}
files modified in the last 3 days => list_objects {"since":"last 3 days"}
locate card.md => list_objects {"name":"card.md"}
any csv in artifacts? => list_objects {"bucket":"artifacts","type":"csv"}
welche Modelle wurden letzten Monat hochgeladen? => list_objects {"type":"model","since":"last month","until":"last month"}
wie viele Objekte sind in artifacts/iris/ => list_objects {"bucket":"artifacts","prefix":"iris/","count":true}
älteste Dateien in models => list_objects {"bucket":"models","order":"oldest"}
show details of models/churn/card.md => read_object {"bucket":"models","key":"churn/card.md","details":true}
how old is models/churn/card.md => read_object {"bucket":"models","key":"churn/card.md","details":true}
can you share artifacts/iris/iris-12/report.html with a link for a day => link_object {"bucket":"artifacts","key":"iris/iris-12/report.html","minutes":1440}
I need a link to models/churn/card.md => link_object {"bucket":"models","key":"churn/card.md"}
please upload train.csv to datasets/2026/ => upload_object {"file":"train.csv","bucket":"datasets","key":"2026/"}
mv datasets/diabetes.csv datasets/old/diabetes.csv => copy_object {"bucket":"datasets","key":"diabetes.csv","to":"datasets/old/diabetes.csv","move":true}
could you delete models/churn/card.md please => delete_objects {"bucket":"models","keys":["churn/card.md"]}
rm datasets/diabetes.csv => delete_objects {"bucket":"datasets","keys":["diabetes.csv"]}
draw the learning_rate in artifacts/churn/metrics.csv => plot_object {"bucket":"artifacts","key":"churn/metrics.csv","columns":["learning_rate"]}
graph accuracy over step from artifacts/churn/metrics.csv => plot_object {"bucket":"artifacts","key":"churn/metrics.csv","columns":["accuracy"],"x":"step"}
what run wrote artifacts/iris/iris-12/report.html => trace_object {"object":"artifacts/iris/iris-12/report.html"}
who made models/churn/card.md => trace_object {"object":"models/churn/card.md"}
which parameters made models/churn/model.joblib => trace_object {"object":"models/churn/model.joblib"}
difference between models/churn/card.md and models/churn/old.md => compare_objects {"bucket":"models","key":"churn/card.md","other":"models/churn/old.md"}
`);

/** Sentences that name buckets or objects and order nothing that a tool does. */
export const storageOutside = readCases(`
don't delete datasets/diabetes.csv => -
should I delete artifacts/iris/? => -
what happens if I delete the bucket models => -
delete datasets => -
delete all buckets => -
delete everything => -
delete the old files => -
never share models/churn/card.md => -
I copied datasets/diabetes.csv to models/ yesterday => -
can I move datasets/diabetes.csv safely? => -
upload the model to production => -
copy that => -
share your thoughts => -
plot twist => -
plot the course => -
put the kettle on => -
find me a job => -
how do I upload a file to datasets => search_docs {"queries":["how do I upload a file to datasets"]}
lösche datasets/diabetes.csv nicht => -
make models/churn/card.md public => -
encrypt datasets/diabetes.csv => -
train on datasets/diabetes.csv => -
compress artifacts/iris/ => -
`);
