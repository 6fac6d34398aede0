import type {Input} from '../../model/inputs.ts';
import type {ServerFrameOf} from './frames.ts';

/** An item that is being written. Its text is kept, so that a cut or a fresh thread can be told as a whole. */
interface Stream {
  readonly turn: string;
  readonly kind: 'message' | 'thought' | 'tool-output';
  readonly text: string;
  /** The answer under way has named it. */
  readonly vouched: boolean;
}

export type Streams = ReadonlyMap<string, Stream>;
type Piece = ServerFrameOf<'delta' | 'partial'>;
type StreamInput = Extract<Input, {type: 'stream'}>;

export interface Streamed {
  readonly streams: Streams;
  readonly inputs: readonly StreamInput[];
  /** Text between what is held and the piece is missing. */
  readonly gap: boolean;
}

/** The lengths of what is held, for the server to go on from. */
export const have = (streams: Streams): Readonly<Record<string, number>> | undefined => {
  const held = [...streams].filter(([, {text}]) => text);
  return held.length ? Object.fromEntries(held.map(([item, {text}]) => [item, text.length])) : undefined;
};

/**
 * Of a delta what is new is appended; what it repeats is skipped. With a `partial` the server vouches for the text up to
 * `at` and tells the rest; what is held beyond is wrong.
 */
export function grow(streams: Streams, session: string, piece: Piece): Streamed {
  const {type, item, turn, kind} = piece;
  const held = streams.get(item);
  const before = held?.text ?? '';
  const gap = piece.at > before.length;
  const at = type === 'delta' ? before.length : piece.at;
  const text = piece.text.slice(at - piece.at);
  if (type === 'delta' && (gap || (held && !text))) return {streams, inputs: [], gap};
  const whole = gap ? '' : before.slice(0, at) + text;
  return {
    streams: new Map(streams).set(item, {turn, kind, text: whole, vouched: !gap}),
    inputs: gap ? [] : [{type: 'stream', session, item, turn, kind, at, text}],
    gap,
  };
}

/** All of it again, or of one item: for a thread that has just been replaced, or could not take it. */
export const retold = (streams: Streams, session: string, only?: string): StreamInput[] =>
  [...streams].flatMap(([item, {turn, kind, text}]) =>
    text && (only === undefined || only === item) ? [{type: 'stream', session, item, turn, kind, at: 0, text}] : [],
  );

export const without = (streams: Streams, items: readonly string[]): Streams =>
  items.some((item) => streams.has(item)) ? new Map([...streams].filter(([item]) => !items.includes(item))) : streams;

const each = (streams: Streams, change: Partial<Stream>): Streams =>
  new Map([...streams].map(([item, stream]) => [item, {...stream, ...change}]));

/** An answer begins: what it does not name is not streaming any more. */
export const unvouched = (streams: Streams): Streams => each(streams, {vouched: false});

/** Another epoch: no text counts, and what no answer names again is over. */
export const emptied = (streams: Streams): Streams => each(streams, {text: '', vouched: false});

/** What the complete answer has not named. The output of a tool stays: its `tool-ended` replaces it. */
export const abandoned = (streams: Streams): string[] =>
  [...streams].flatMap(([item, {kind, text, vouched}]) => (vouched || (kind === 'tool-output' && text) ? [] : [item]));
