import type {AgentEvent} from '../../../core/agent.ts';
import {Refusal, type Context} from '../context.ts';

type Began = Extract<AgentEvent, {type: 'tool-began'}>;

/** A call of a tool: what is shown of it, and the work. */
export interface ToolCall {
  readonly name: string;
  readonly title: string;
  readonly category: NonNullable<Began['category']>;
  readonly input: Readonly<Record<string, unknown>>;
  readonly locations?: NonNullable<Began['locations']>;
  /** Yields its output piece by piece, returns the answer in Markdown; may throw a `Refusal`. */
  run(context: Context): AsyncGenerator<string, string>;
}

/** Makes a call and tells it as it happens; returns the answer. `ref` names the call within the turn. */
export async function* callTool(
  {name, title, category, input, locations, run}: ToolCall,
  ref: string,
  context: Context,
): AsyncGenerator<AgentEvent, string> {
  yield {type: 'tool-began', ref, name, title, category, input, ...(locations && {locations})};
  let output = '';
  try {
    const work = run(context);
    for (;;) {
      const {done, value} = await work.next();
      // A stop is not an outcome of the tool: the server ends what is open.
      context.signal.throwIfAborted();
      if (done) {
        yield {type: 'tool-ended', ref, outcome: 'completed', output};
        return value;
      }
      output += value;
      yield {type: 'tool-output', ref, text: value};
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    yield {type: 'tool-ended', ref, outcome: 'failed', output, error: error.message};
    return error.message;
  }
}
