import { named, type Question, textParagraph } from '../domain/question.ts';
import type { SignInKind } from '../domain/signIn.ts';

/** What a connection contacts, reads and runs. */
export interface Contact {
  readonly name: string;
  readonly endpoint: string;
  readonly signIn: SignInKind;
  readonly tokenFile?: string;
  /** The address of its pages for the browser. */
  readonly page?: string;
}

/** What a yes to a connection of a workspace is for. Another address, sign-in or file is not covered. */
export function contactContent({ endpoint, signIn, tokenFile = '', page = '' }: Contact): string {
  return JSON.stringify({ endpoint, signIn, tokenFile, page });
}

/** The question before a connection that came with a workspace, or in a file, is contacted. */
export function allowQuestion({ name, endpoint, signIn, tokenFile, page }: Contact): Question {
  return {
    title: ['Connect to ', named(name), ' at ', named(endpoint), '?'],
    verb: 'Connect',
    paragraphs: [
      textParagraph(
        'You did not add this connection yourself. What you run there, and what you sign in with, goes to this address.',
      ),
      ...(tokenFile === undefined
        ? []
        : [textParagraph('The token in ', named(tokenFile), ' is sent there, too.')]),
      ...(page === undefined ? [] : [textParagraph('Its pages for the browser are at ', named(page), '.')]),
      ...(signIn === 'none' || signIn === 'tokenFile' ? [] : [textParagraph(signInWords[signIn])]),
    ],
  };
}

const signInWords = {
  token: 'It asks for a token.',
  password: 'It asks for your user and password.',
  cookie: 'It asks for the cookie of your session.',
} as const;
