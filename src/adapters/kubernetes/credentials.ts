import type { OutgoingHttpHeaders } from 'node:http';
import https, { type Agent, type RequestOptions } from 'node:https';
import { MlopsError, unlessAborted } from '../../core/ports/mlopsError.ts';
import { type ChosenContext, type ContextChoice, readContext } from './kubeconfig.ts';
import { noCredentials } from './kubeErrors.ts';
import type { Reach } from './send.ts';

/** How a request reaches the cluster and says who asks. */
export interface Access {
  readonly context: ChosenContext;
  readonly options: Reach;
}

/** How long a command that gets credentials may take, in milliseconds: it may open a browser. */
const patience = 60_000;

/**
 * The credentials of a context. They are read at the first request and kept, and read anew when the cluster refused
 * them: a person may have signed in since, and a command gives new ones.
 */
export class Credentials {
  readonly #choice: ContextChoice;
  #context: Promise<ChosenContext> | undefined;
  #agent: { readonly of: string; readonly agent: Agent } | undefined;

  constructor(choice: ContextChoice) {
    this.#choice = choice;
  }

  context(): Promise<ChosenContext> {
    this.#context ??= readContext(this.#choice).catch((error: unknown) => {
      this.#context = undefined;
      throw error;
    });
    return this.#context;
  }

  async access(signal: AbortSignal): Promise<Access> {
    const context = await this.context();
    const options: RequestOptions = {};
    const late = AbortSignal.timeout(patience);
    try {
      await unlessAborted(context.config.applyToHTTPSOptions(options), AbortSignal.any([signal, late]));
    } catch (error) {
      if (signal.aborted) throw error;
      if (late.aborted)
        throw new MlopsError('timeout', `The credentials did not come within ${patience / 1000} s.`, {
          hint: 'Run the command of the kubeconfig in a terminal to see what it waits for.',
        });
      // The person, or kubectl, may repair the kubeconfig meanwhile.
      this.forget();
      throw noCredentials(context, error);
    }
    const { headers, ...rest } = options;
    const told = Array.isArray(headers) ? {} : (headers as OutgoingHttpHeaders | undefined);
    const agent = this.#agentFor(context, options);
    return { context, options: { ...rest, agent, headers: told ?? {} } };
  }

  /** What was read counts no more. */
  forget(): void {
    this.#context = undefined;
  }

  close(): void {
    this.#agent?.agent.destroy();
    this.#agent = undefined;
    this.forget();
  }

  /** The library's agent opens a connection for each request; a proxy has one of its own. */
  #agentFor({ server, config }: ChosenContext, options: RequestOptions): RequestOptions['agent'] {
    if (!server.startsWith('https:') || config.getCurrentCluster()?.proxyUrl !== undefined)
      return options.agent;
    const { ca, cert, key, rejectUnauthorized, servername } = options;
    const tls = { ca, cert, key, rejectUnauthorized, servername };
    const of = JSON.stringify([server, tls]);
    if (this.#agent?.of !== of) {
      const given = Object.fromEntries(Object.entries(tls).filter(([, value]) => value !== undefined));
      this.#agent = { of, agent: new https.Agent({ keepAlive: true, timeout: 60_000, ...given }) };
    }
    return this.#agent.agent;
  }
}
