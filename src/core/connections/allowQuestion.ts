import { named, type Paragraph, type Phrase, type Question, textParagraph } from '../domain/question.ts';
import type { SignInKind } from '../domain/signIn.ts';
import { shownValue } from '../text/values.ts';
import type { KubeReach } from './kubeReach.ts';

/** What a connection contacts, reads and runs. */
export interface Contact {
  readonly name: string;
  readonly endpoint: string;
  readonly signIn: SignInKind;
  readonly tokenFile?: string;
  /** The address of its pages for the browser. */
  readonly page?: string;
  /** The name of the connection whose store has its artifacts. */
  readonly store?: string;
  /** The kube context that leads there; without `kubeconfig` the person's own has it. */
  readonly kube?: { readonly context: string; readonly kubeconfig?: string };
}

/** What a yes to a connection of a workspace is for. Another address, sign-in, file or context is not covered. */
export function contactContent({
  endpoint,
  signIn,
  tokenFile = '',
  page = '',
  kube,
  store,
}: Contact): string {
  return JSON.stringify({ endpoint, signIn, tokenFile, page, kube, store });
}

/** What the yes covers of a kube context, which its kubeconfig may change. */
export function reachContent({
  server,
  command,
  variables,
  files,
  others,
  checksCertificate,
}: KubeReach): string {
  return JSON.stringify({ server, command, variables, files, others, checksCertificate });
}

/**
 * The question before a connection that came with a workspace, or in a file, is contacted. `reach` is where its kube context
 * leads to.
 */
export function allowQuestion(contact: Contact, reach?: KubeReach): Question {
  const { name, endpoint, signIn, tokenFile, page, kube, store } = contact;
  const at = reach?.server ?? endpoint;
  const by: Phrase = kube === undefined ? [] : [' by the kube context ', named(kube.context)];
  return {
    title: ['Connect to ', named(name), ...by, ' at ', named(at), '?'],
    verb: 'Connect',
    paragraphs: [
      textParagraph(
        'You did not write this yourself. What you run there, and what you sign in with, goes to this address.',
      ),
      ...(kube?.kubeconfig === undefined
        ? []
        : [textParagraph('The kubeconfig is ', named(kube.kubeconfig), '.')]),
      ...(reach === undefined ? [] : reachParagraphs(reach)),
      ...(tokenFile === undefined
        ? []
        : [textParagraph('The token in ', named(tokenFile), ' is sent there, too.')]),
      ...(page === undefined ? [] : [textParagraph('Its pages for the browser are at ', named(page), '.')]),
      ...(store === undefined
        ? []
        : [textParagraph('Artifacts that it names are opened from your store ', named(store), '.')]),
      ...(signIn === 'none' || signIn === 'tokenFile' ? [] : [textParagraph(signInWords[signIn])]),
    ],
  };
}

function reachParagraphs(reach: KubeReach): readonly Paragraph[] {
  const { command, variables, files, others, checksCertificate } = reach;
  const set = variables.map(({ name, value }) => `${name}=${shownValue(name, value, 200)}`);
  return [
    ...about('To sign in there, this command runs on this machine: ', command && [command.join(' ')]),
    ...about('Variables of the command: ', set),
    ...about('These files sign in there: ', files),
    ...about('It contacts, too: ', others),
    ...(checksCertificate
      ? []
      : [textParagraph('Its certificate is not checked: any server may pass for it.')]),
  ];
}

/** A sentence that ends in names; none without them. */
function about(words: string, names: readonly string[] = []): readonly Paragraph[] {
  return names.length === 0 ? [] : [textParagraph(words, { series: names.map(named) }, '.')];
}

const signInWords = {
  token: 'It asks for a token.',
  password: 'It asks for your user and password.',
  cookie: 'It asks for the cookie of your session.',
} as const;
