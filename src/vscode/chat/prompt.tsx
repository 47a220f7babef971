import {
  AssistantMessage,
  type BasePromptElementProps,
  PromptElement,
  SystemMessage,
  ToolMessage,
  useKeepWith,
  UserMessage,
} from '@vscode/prompt-tsx';
import type { Exchange, PromptSections, Round } from '../../core/ports/promptRenderer.ts';

interface Props extends BasePromptElementProps {
  readonly sections: PromptSections;
}

/** A prompt as ordered sections, which were fitted to the model before. */
export class Prompt extends PromptElement<Props> {
  override render() {
    const { charter, today, focus, history, attached, person, rounds } = this.props.sections;
    return (
      <>
        <SystemMessage>{charter}</SystemMessage>
        {history.map((exchange) => (
          <PastExchange exchange={exchange} />
        ))}
        {today === '' ? undefined : <UserMessage>{today}</UserMessage>}
        {focus === '' ? undefined : <UserMessage>{focus}</UserMessage>}
        {attached === '' ? undefined : <UserMessage>{attached}</UserMessage>}
        <UserMessage>{person}</UserMessage>
        {rounds.map((round) => (
          <ToolRound round={round} />
        ))}
      </>
    );
  }
}

class PastExchange extends PromptElement<BasePromptElementProps & { readonly exchange: Exchange }> {
  override render() {
    const { person, answer } = this.props.exchange;
    return (
      <>
        <UserMessage>{person}</UserMessage>
        {answer === '' ? undefined : <AssistantMessage>{answer}</AssistantMessage>}
      </>
    );
  }
}

class ToolRound extends PromptElement<BasePromptElementProps & { readonly round: Round }> {
  override render() {
    const { text, calls, results } = this.props.round;
    const kept = calls.map((call) => ({ call, Keep: useKeepWith() }));
    return (
      <>
        <AssistantMessage
          toolCalls={kept.map(({ call, Keep }) => ({
            id: call.id,
            type: 'function',
            function: { name: call.name, arguments: JSON.stringify(call.input) },
            keepWith: Keep,
          }))}
        >
          {text}
        </AssistantMessage>
        {kept.map(({ call, Keep }) => (
          <Keep>
            <ToolMessage toolCallId={call.id}>
              {results.find(({ id }) => id === call.id)?.text ?? ''}
            </ToolMessage>
          </Keep>
        ))}
      </>
    );
  }
}
