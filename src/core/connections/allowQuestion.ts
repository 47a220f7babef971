import { named, type Paragraph, type Phrase, type Question, textParagraph } from '../domain/question.ts';
import { shownValue } from '../text/values.ts';
import type { Contact } from './contact.ts';
import type { KubeReach } from './kubeReach.ts';

/**
 * The question before a connection that came with a workspace, or in a file, is contacted. `reach` is where its kube context
 * leads to.
 */
export function allowQuestion(contact: Contact, reach?: KubeReach): Question {
  const { name, endpoint, kube } = contact;
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
      ...contactParagraphs(contact),
    ],
  };
}

function contactParagraphs({
  signIn,
  tokenFile,
  page,
  store,
  serviceAccount,
}: Contact): readonly Paragraph[] {
  return [
    ...(tokenFile === undefined
      ? []
      : [textParagraph('The token in ', named(tokenFile), ' is sent there, too.')]),
    ...(page === undefined ? [] : [textParagraph('Its pages for the browser are at ', named(page), '.')]),
    ...(store === undefined
      ? []
      : [textParagraph('Artifacts that it names are opened from your store ', named(store), '.')]),
    ...(serviceAccount === undefined
      ? []
      : [
          textParagraph(
            'With your rights in the cluster, it gets tokens of the service account ',
            named(serviceAccount),
            ' and sends them to Kubeflow Pipelines.',
          ),
        ]),
    ...(signIn === 'none' || signIn === 'tokenFile' ? [] : [textParagraph(signInWords[signIn])]),
  ];
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
