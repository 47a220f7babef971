import * as vscode from 'vscode';
import type { SignIn } from '../../adapters/kubeflow/signIn/signIn.ts';
import type { ConnectionInfo } from '../../core/domain/connection.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import { inform } from '../window/messages.ts';

const signIn = 'Sign in';

/** The same sign-in; the first time that it no longer works, a notification offers to sign in again. */
export function tellingSignedOut(sign: SignIn, { id }: ConnectionInfo): SignIn {
  let told = false;
  const tell = (error: unknown) => {
    if (told || !(error instanceof MlopsError) || error.kind !== 'auth') return;
    told = true;
    void inform(error.message, signIn).then((pressed) => {
      if (pressed === signIn) void vscode.commands.executeCommand('mlops.signIn', { connection: id });
    });
  };
  const telling = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      tell(error);
      throw error;
    }
  };
  return {
    headers: (signal) => telling(sign.headers(signal)),
    renew: (used, signal) => telling(sign.renew(used, signal)),
    refused: (server) => {
      const error = sign.refused(server);
      tell(error);
      return error;
    },
  };
}
