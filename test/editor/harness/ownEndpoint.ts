/** An OpenAI-compatible server as a person enters it in the editor's list of models. */
export interface OwnEndpoint {
  /** Its address up to `/v1`, or that of its chat completions. */
  readonly url: string;
  /** The name that the picker shows. */
  readonly name: string;
  /** What the server calls the model. */
  readonly model: string;
  readonly toolCalling?: boolean;
}

/** The entry for `chatLanguageModels.json` (the `models` of `openEditor`). Pick it then by `useOwnEndpoint`. */
export function ownEndpointEntry({ url, name, model, toolCalling = true }: OwnEndpoint): object {
  const completions = url.endsWith('/chat/completions') ? url : `${url.replace(/\/+$/, '')}/chat/completions`;
  return {
    name: `${name} endpoint`,
    vendor: 'customendpoint',
    apiKey: 'none',
    apiType: 'chat-completions',
    models: [
      {
        id: model,
        name,
        url: completions,
        toolCalling,
        vision: false,
        maxInputTokens: 100_000,
        maxOutputTokens: 8000,
      },
    ],
  };
}
