import type {AgentEvent} from '../../core/agent.ts';
import type {Context} from './context.ts';
import {pause} from './pause.ts';

/** One piece after another, as a model writes; but nobody is to wait long for what is there already. */
const PIECES = 40;
const PAUSE_MS = 12;

export const text = (text: string): AgentEvent => ({type: 'text', text});

/** Splits at the ends of words, into at most `count` pieces of about one length. */
export const piecesOf = (text: string, count = PIECES): string[] => {
  const size = Math.max(12, Math.ceil(text.length / count));
  const pieces: string[] = [];
  let piece = '';
  for (const [word] of text.matchAll(/\s*\S+|\s+$/g)) {
    piece += word;
    if (piece.length < size) continue;
    pieces.push(piece);
    piece = '';
  }
  if (piece !== '') pieces.push(piece);
  return pieces;
};

/** Streams an answer. */
export async function* say(answer: string, {clock, signal, pace = PAUSE_MS}: Context): AsyncGenerator<AgentEvent> {
  for (const [index, piece] of piecesOf(answer).entries()) {
    if (index > 0) await pause(clock, pace, signal);
    if (signal.aborted) return;
    yield text(piece);
  }
}
