import {cutUnits} from '../../core/text.ts';
import {fieldsOf, numberOf, wordsOf} from './translate/lenient.ts';

/** Why a turn has failed, with a sentence for a person. */
export interface Failure {
  readonly code: 'agent' | 'agent-exited' | 'auth-required' | 'rate-limited';
  readonly message: string;
}

/** An error that ends a turn with what it says. */
export class AgentFailure extends Error {
  readonly code: Failure['code'];

  constructor({code, message}: Failure) {
    super(message);
    this.name = 'AgentFailure';
    this.code = code;
  }
}

const MESSAGE_UNITS = 1_000;
const AUTH_REQUIRED = -32000;
/** Some agents answer with the HTTP status of their model server as the code. */
const CODES: Readonly<Record<number, Failure['code']>> = {
  [AUTH_REQUIRED]: 'auth-required',
  401: 'auth-required',
  403: 'auth-required',
  429: 'rate-limited',
};

/** Reads a JSON-RPC error: what helps is in `data.details`, in a JSON text, or behind a general prefix. */
export function failureOf(raw: unknown): Failure {
  const error = fieldsOf(raw);
  const details = wordsOf(fieldsOf(error['data'])['details']);
  const message = details ?? inner(wordsOf(error['message']) ?? '');
  return {
    code: CODES[numberOf(error['code']) ?? 0] ?? 'agent',
    message: cutUnits(message, MESSAGE_UNITS) || 'The agent failed and gave no reason.',
  };
}

function inner(message: string): string {
  if (!message.startsWith('{')) return message.replace(/^Internal error: /, '');
  try {
    const parsed = fieldsOf(JSON.parse(message));
    return wordsOf(fieldsOf(parsed['error'])['message']) ?? wordsOf(parsed['message']) ?? message;
  } catch {
    // Not JSON after all: it is the message.
    return message;
  }
}
