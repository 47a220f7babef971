import {
  AssistantMessage,
  type BasePromptElementProps,
  PromptElement,
  SystemMessage,
  TextChunk,
  ToolMessage,
  useKeepWith,
  UserMessage,
} from '@vscode/prompt-tsx';
import type { Exchange, PromptSections, Round } from '../../core/ports/promptRenderer.ts';

interface Props extends BasePromptElementProps {
  readonly sections: PromptSections;
}

/**
 * A prompt as ordered sections. What is least important goes first when it does not fit: the oldest history, then the
 * focus, what was attached, the oldest rounds of this turn. The charter and the person's sentence stay.
 */
export class Prompt extends PromptElement<Props> {
  override render() {
    const { charter, focus, history, attached, person, rounds } = this.props.sections;
    return (
      <>
        <SystemMessage priority={1000}>{charter}</SystemMessage>
        {history.map((exchange, index) => (
          <PastExchange exchange={exchange} priority={100 + index} />
        ))}
        {focus === '' ? undefined : <UserMessage priority={700}>{focus}</UserMessage>}
        {attached === '' ? undefined : <UserMessage priority={750}>{attached}</UserMessage>}
        <UserMessage priority={1000}>{person}</UserMessage>
        {rounds.map((round, index) => (
          <ToolRound round={round} priority={800 + index} />
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
              <TextChunk breakOn={'\n'}>{results.find(({ id }) => id === call.id)?.text ?? ''}</TextChunk>
            </ToolMessage>
          </Keep>
        ))}
      </>
    );
  }
}
