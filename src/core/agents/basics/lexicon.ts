/**
 * The words by which a sentence's meaning is found, English and German (umlauts written out), by what they stand for. A word may
 * stand for several things.
 */
const lexicon = {
  // What is asked.
  what: 'what whats was',
  which: 'which welche welcher welches welchen',
  how: 'how wie',
  why: 'diagnose debug analyse analyze why warum woran wodurch weshalb wieso reason cause grund ursache',
  when: 'when wann',
  time: 'longer much remaining left eta long duration runtime minutes seconds hours time dauer dauerte lange zeit',
  date: 'yesterday today tonight morning week weekend month monday tuesday wednesday thursday friday saturday sunday gestern heute woche monat',
  often: 'often times count oft haeufig viele',
  any: 'any anything something some exist exists available there etwas irgendwelche gibt gab vorhanden verfuegbar everything every alle alles all',
  does: 'support supports built made goes does do work works take takes need needs use uses accept accepts happen happens macht machen tut tun braucht nimmt funktioniert geht',
  did: 'kam raus heraus reach reached achieve achieved write wrote happened passiert did done go went had got get worked perform performed performing took used turn lief liefen ging gemacht gelaufen',
  known: 'know known kenne kennst',
  // What is talked about.
  pipeline: 'flow dag pipeline workflow',
  pipelines: 'flows dags pipelines workflows',
  run: 'trial attempt run experiment job execution training lauf durchlauf training experiment',
  runs: 'trials attempts runs experiments jobs executions trainings laeufe laeufen durchlaeufe experimente history historie verlauf',
  log: 'logged stderr console trace log logs logfile output stdout protokoll protokolle ausgabe ausgaben',
  prints: 'emitted emit print prints printed say said ausgegeben geschrieben gedruckt',
  parameter:
    'werte type types range ranges flag flags config configuration configurable configure configures tune tunable choices allowed variable variables setzen parameter parameters param params argument arguments args option options setting settings input inputs hyperparameter hyperparameters knob knobs configured configure einstellung einstellungen optionen default defaults values standardwert',
  metric:
    'performance accurate figures mse mae kpi metric metrics accuracy score scores f1 auc precision recall loss rmse r2 result results outcome figures numbers metriken genauigkeit ergebnis ergebnisse kennzahlen',
  artifact:
    'report reports artifact artifacts model models produce produced output outputs artefakt artefakte modell',
  task: 'task tasks step steps stage stages component components schritt schritte schritten aufgabe aufgaben',
  package: 'package packages dependencies requirements pakete abhaengigkeiten',
  bucket: 'minio s3 bucket buckets storage store stored speicher kept abgelegt',
  object: 'object objects file files content contents inside objekt objekte datei dateien inhalt liegt',
  lines: 'line lines zeile zeilen',
  compiler: 'compiler sdk kfp',
  connection:
    'connection connections connect connects connecting reach reachable unreachable login signin offline verbindung verbindungen verbinden verbunden erreiche erreichen erreichbar anmeldung',
  server: 'kubeflow cluster server',
  // What is wanted.
  list: 'gimme lemme enumerate fetch present list lists show shows display give see view get overview zeig zeige zeigen liste auflisten nenne gib uebersicht',
  describe:
    'docs doc usage readme check understand schema signature purpose inspect outline erklaeren beschreiben verstehen describe explain details detail about info information tell more beschreibe beschreib erklaere erklaer erzaehle mehr ueber details summary summarise summarize',
  compare:
    'anders differently contrast compare compares compared comparison diff difference differences different differ versus vs vergleiche vergleich vergleichen unterschied unterschiede unterscheidet',
  stuck: 'stuck hang hangs hanging waiting waits blocked haengt haengen wartet klemmt steckt',
  wait: 'monitor track await till bis wait watch follow until warte warten beobachte verfolge',
  read: 'read open cat print lies lese oeffne',
  search: 'search grep find mention mentions contain contains look suche such finde enthaelt erwaehnt',
  // How things are.
  status: 'progress fortschritt status state stand zustand doing',
  active:
    'aktiv aktive aktiven active running runing ongoing unfinished progress current currently still laufend laufende laufenden laeuft laufen gerade aktuell',
  succeeded:
    'worked succeeded successful success succeed passed erfolgreich erfolgreiche erfolgreichen geklappt good',
  failed:
    'died dead bug buggy failing failed fail fails failing failure failures error errors crash crashed crashes broke broken break breaks wrong problem problems exception traceback fehlgeschlagen fehlgeschlagene fehlgeschlagenen fehler abgestuerzt schief schiefgelaufen schiefgegangen problem kaputt gescheitert',
  stopped:
    'stopped cancelled canceled aborted terminated killed gestoppt abgebrochen abgebrochene abgebrochenen',
  ended: 'finished finish done complete completed over through ready ended fertig beendet durch',
  best: 'best highest lowest top beste bester besten bestes',
  better:
    'up rise rose dropped increase increased decrease decreased better worse improve improved improvement improves besser schlechter verbessert',
  changed: 'changed change changes geaendert veraendert aenderung aenderungen',
  // Which one.
  last: 'last latest newest recent letzte letzter letzten letztes neueste neuester neuesten juengste',
  recently: 'recently lately neulich kuerzlich zuletzt',
  previous: 'previous before earlier vorige vorigen voriger vorherige vorherigen vorletzte vorletzten davor',
  two: 'two both beide beiden zwei',
  it: 'it its that this these them him ihn ihm es das dies dieser diesen diesem diese sie',
  again: 'again anew repeat repeated nochmal nochmals erneut wiederholt',
} as const satisfies Record<string, string>;

/** What a word may stand for. */
export type Concept = keyof typeof lexicon;

/** Words that hold a sentence together. */
const fillers = new Set(
  `a an the of for from in on at to and or but with by as my our your their me i we you us please pls plz so far then now just also here right moment yet so into ones help thing things more than only over deal whole entire nach wo woher where when
  let lets let's is are was were has have be been being can could will would like want am 'm i'm ve 've got
  hey hi ok okay well far ever else other own
  der die das den dem des ein eine einen einem einer von vom im am in an auf bei beim zu zum zur mit und oder aber fuer aus seit hier mir mich ich wir du ihr man bitte mal
  jetzt denn doch noch schon so sich kann koennen kannst hab habe hat haben ist sind war waren wurde wurden es dann
  thanks thank ml
  what's who's that's`.split(/\s+/),
);

const words = new Map<string, Concept[]>();
for (const [concept, listed] of Object.entries(lexicon))
  for (const word of listed.split(/\s+/)) words.set(word, [...(words.get(word) ?? []), concept as Concept]);

/** Whether it is one of our words as it stands. */
export function isWord(word: string): boolean {
  return words.has(word) || fillers.has(word);
}

/** True for a word that only holds a sentence together. */
export function isFiller(word: string): boolean {
  return fillers.has(word);
}

/** What a word stands for; a word of four or more letters may have one letter wrong. */
export function conceptsOf(word: string): readonly Concept[] {
  const exactly = words.get(word);
  if (exactly !== undefined || fillers.has(word)) return exactly ?? [];
  const near = [...words].find(([known]) => known.length > 3 && isNear(word, known));
  return near?.[1] ?? [];
}

/** Whether two words differ in one letter, or in two that changed places; the longer one has four letters or more. */
export function isNear(a: string, b: string): boolean {
  if (Math.max(a.length, b.length) < 4 || Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  const isSwap = restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2);
  // Of short words, many differ in one letter: "life", "line", "file".
  const isOther = restA.slice(1) === restB.slice(1) && Math.max(a.length, b.length) > 4;
  return isOther || restA.slice(1) === restB || restA === restB.slice(1) || (restA.length > 1 && isSwap);
}
