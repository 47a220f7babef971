import * as z from 'zod';
import type { Focus } from '../domain/focus.ts';
import { renderTrace } from '../lineage/renderTrace.ts';
import type { TracedObject } from '../lineage/traceObject.ts';
import { objectIn } from '../sentences/objectNamed.ts';
import { objectPath, unquote } from '../sentences/words.ts';
import { nameText } from '../text/markdown.ts';
import { mentionOfSummary } from './runResult.ts';
import { originOf } from './originOf.ts';
import { defineTool } from './tool.ts';

export const traceObjectTool = defineTool({
  name: 'mlops_trace_object',
  title: 'Show what made an object',
  userDescription: 'Shows the run, the task and the parameters that made an object.',
  modelDescription:
    'Tells which run and task made an object, with its parameters and metrics, by the records of runs. Objects of a run: mlops_describe_run.',
  effect: 'read',
  input: z.strictObject({
    object: z.string().min(1).max(1200).describe('"bucket/key", or the end of its key, "model.joblib".'),
  }),
  progress: ({ object }) => `Looking for what made ${nameText(object)}`,
  run: async ({ object }, deps, signal) => {
    const wanted = tracedObject(object);
    return { wanted, ...(await originOf(wanted, deps, signal)) };
  },
  render: ({ wanted, trace, place }) => renderTrace(wanted, trace, place),
  mentions: ({ trace: { origin }, connection }) => {
    const run = origin?.maker?.run ?? origin?.taken;
    return [
      ...(run === undefined ? [] : [{ ...mentionOfSummary(run), ...(connection && { connection }) }]),
      ...(origin === undefined ? [] : [{ kind: 'object', ...origin.artifact.object } as const]),
    ];
  },
  examples: [
    {
      say: 'which run made artifacts/iris/iris-12/train/model',
      means: { object: 'artifacts/iris/iris-12/train/model' },
      does: 'the run, task and parameters behind an object',
    },
  ],
  sentences: [
    {
      pattern:
        /^(?:(?:which|what) (?:run|task|pipeline|parameters|job)|what|who) (?:made|produced|created|wrote|generated|trained|built) (?<object>.+)$/i,
      means: ({ object }, focus) => traceOf(object, focus),
    },
    {
      pattern:
        /^(?:where does (?<from>.+?) come from|(?:with )?(?:which|what) parameters (?:was|were|made) (?<with>.+?)(?: (?:trained|made|produced|created|with))?|(?:show )?(?:the )?(?:lineage|origin|provenance|run) (?:of|behind|for) (?<of>.+))$/i,
      means: ({ from, with: by, of }, focus) => traceOf(from ?? by ?? of, focus),
    },
    {
      pattern:
        /^(?:welcher (?:lauf|task) hat (?<object>.+?) (?:erzeugt|gemacht|geschrieben|trainiert|erstellt)|woher (?:kommt|stammt) (?<from>.+))$/i,
      means: ({ object, from }, focus) => traceOf(object ?? from, focus),
    },
  ],
});

/** A path, what is in focus, or the name of a file: anything else may be something that no run wrote. */
function traceOf(text: string | undefined, focus: Focus): { readonly object: string } | undefined {
  const object = objectIn(text, focus);
  if (object !== undefined) return { object: [object.bucket, object.key].join('/') };
  const name = unquote((text ?? '').replace(/^(?:the|die|das) /i, ''));
  return /^[^\s/]+\.[a-z]\w{0,11}$/i.test(name) ? { object: name } : undefined;
}

/** The object of a path; a text without a bucket is a name. */
function tracedObject(text: string): TracedObject {
  const { bucket, rest } = objectPath(text);
  return rest === '' ? { name: bucket } : { bucket, key: rest };
}
