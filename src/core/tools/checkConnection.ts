import * as z from 'zod';
import { checkUpText } from '../connections/checkUpText.ts';
import { checkUp } from '../connections/doctor.ts';
import { defineTool } from './tool.ts';

/** "Why can't I reach the server", "I can't connect to kubeflow". */
const cannotReach =
  /^(?:(?:why|how come) )?(?:(?:i|we) )?(?:can(?:no|')?t|can not|couldn't|could not|can|could|don't|am unable to)(?: (?:i|we))?(?: not)? (?:get|reach|connect|access|sign ?in|log ?in|talk)(?: through)?(?: to| into| at)?(?: (?:the|my|our))? ?(?:connection|server|cluster|kubeflow(?: server| cluster)?)$/i;
const cannotReachGerman =
  /^(?:(?:warum|wieso|weshalb) )?(?:erreiche ich|ich erreiche)(?: (?:den|das|die|meinen|unseren))? (?:server|cluster|kubeflow) nicht$/i;

export const checkConnectionTool = defineTool({
  name: 'mlops_check_connection',
  title: 'Check a connection',
  userDescription: 'Checks step by step why a connection does not work, and says what to do.',
  modelDescription:
    'Checks a connection step by step (address, sign-in, version, rights, Python) and returns the first fault with its fix. For when a connection fails; not for failed runs.',
  effect: 'read',
  input: z.strictObject({}),
  progress: () => 'Checking the connection',
  run: (_, deps, signal) => checkUp(deps.connection, signal, deps.report),
  render: checkUpText,
  mentions: () => [],
  examples: [
    { say: 'check the connection', means: {}, does: 'what is wrong with it, and what to do' },
    { say: "why can't I reach the server", means: {} },
  ],
  sentences: [
    {
      pattern:
        /^(?:check|test|diagnose|examine|debug|verify)(?: (?:the|my|this|our))? (?:connections?|sign-?in|login|access|server|cluster)(?: to (?:the )?(?:server|cluster|kubeflow))?$/i,
      means: () => ({}),
    },
    {
      pattern:
        /^(?:bitte )?(?:über)?(?:prüfe?|teste?|checke?)(?: bitte| mal)* (?:die|meine|unsere) verbindung$/i,
      means: () => ({}),
    },
    { pattern: cannotReach, means: () => ({}) },
    { pattern: cannotReachGerman, means: () => ({}) },
    {
      pattern:
        /^(?:what(?:'s| is) wrong with|does|is|why (?:does|is))(?: the| my| our)? (?:connection|sign-?in|server|cluster|kubeflow)(?: server| cluster)?(?: (?:not|work|working|reachable|there|up|ok|okay|down|broken|unreachable|available))*$/i,
      means: () => ({}),
    },
  ],
});
