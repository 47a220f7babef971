import * as vscode from 'vscode';
import * as z from 'zod';
import { isJsonObject, type Json } from '../../core/domain/json.ts';
import { own } from '../../core/domain/own.ts';
import type { LanguageModel, ModelMessage, ModelPart, ToolOffer } from '../../core/ports/languageModel.ts';
import { cancelled, messageOf, MlopsError, type MlopsErrorKind } from '../../core/ports/mlopsError.ts';
import { asName } from '../../core/text/literal.ts';
import { toToken } from '../cancel.ts';
import { basicsVendor } from '../models/registerBasics.ts';

// The editor gives this at run time though its stable types do not name it; where it is missing nothing is known.
const capable = z.object({ capabilities: z.object({ supportsToolCalling: z.boolean() }) });

/** One of the editor's models, as the conversation wants it. */
export function createLanguageModel(model: vscode.LanguageModelChat): LanguageModel {
  return {
    name: model.name,
    callsTools: capable.safeParse(model).data?.capabilities.supportsToolCalling ?? true,
    byRules: model.vendor === basicsVendor,
    maxTokens: model.maxInputTokens,
    async *send(messages, tools, signal) {
      try {
        const options = { tools: tools.map(toTool), justification: 'To answer in the chat.' };
        const response = await model.sendRequest(messages.map(toMessage), options, toToken(signal));
        for await (const part of response.stream) {
          const made = toPart(part);
          if (made !== undefined) yield made;
        }
      } catch (error) {
        throw signal.aborted ? cancelled(error) : modelError(model.name, error);
      }
    },
  };
}

function toTool(offer: ToolOffer): vscode.LanguageModelChatTool {
  return { name: offer.name, description: offer.description, inputSchema: offer.inputSchema };
}

function toMessage(message: ModelMessage): vscode.LanguageModelChatMessage {
  switch (message.role) {
    case 'user':
      return vscode.LanguageModelChatMessage.User(message.text);
    case 'assistant': {
      const calls = message.calls.map(
        (call) =>
          new vscode.LanguageModelToolCallPart(
            call.id,
            call.name,
            isJsonObject(call.input) ? call.input : {},
          ),
      );
      const text = message.text === '' ? [] : [new vscode.LanguageModelTextPart(message.text)];
      return vscode.LanguageModelChatMessage.Assistant([...text, ...calls]);
    }
    case 'results':
      return vscode.LanguageModelChatMessage.User(
        message.results.map(
          ({ id, text }) =>
            new vscode.LanguageModelToolResultPart(id, [new vscode.LanguageModelTextPart(text)]),
        ),
      );
  }
}

function toPart(part: unknown): ModelPart | undefined {
  if (part instanceof vscode.LanguageModelTextPart) return { kind: 'text', text: part.value };
  if (!(part instanceof vscode.LanguageModelToolCallPart)) return undefined;
  return { kind: 'call', call: { id: part.callId, name: part.name, input: toJson(part.input) } };
}

const json: z.ZodType<Json> = z.json();
const toJson = (input: unknown): Json => json.safeParse(input).data ?? {};

const kinds: { readonly [code: string]: MlopsErrorKind } = {
  NoPermissions: 'auth',
  Blocked: 'forbidden',
  NotFound: 'notFound',
};

function modelError(name: string, error: unknown): MlopsError {
  const kind = error instanceof vscode.LanguageModelError ? own(kinds, error.code) : undefined;
  return new MlopsError(kind ?? 'unreachable', `The model ${asName(name)} did not answer:`, {
    outside: messageOf(error),
    hint: 'Ask again, or pick another model in the chat. MLOps Basics needs no account.',
    cause: error,
  });
}
