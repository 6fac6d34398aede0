import {frame} from './frames-out.ts';
import type {Run} from './run.ts';
import type {Stream} from './stream.ts';
import type {Subscription} from './subscription.ts';

interface Made {
  readonly at: number;
  readonly whole: number;
  readonly frame: string;
}

/** The last delta of each stream: pages that keep up all get the same one, made once. */
const last = new WeakMap<Stream, Made>();

/** Frames that are due to a page. What was not sent in time goes with the next one, so that no page sees a hole. */
export function dueDeltas({channel, lengths}: Subscription, run: Run): string[] {
  const {streams} = run;
  for (const item of lengths.keys()) if (!streams.some((stream) => stream.item === item)) lengths.delete(item);
  return streams.flatMap((stream) => {
    const at = lengths.get(stream.item) ?? 0;
    if (stream.whole <= at) return [];
    lengths.set(stream.item, stream.whole);
    return [delta(channel, stream, at)];
  });
}

function delta(channel: string, stream: Stream, at: number): string {
  const {item, turn, kind, text, whole} = stream;
  const made = last.get(stream);
  if (made?.at === at && made.whole === whole) return made.frame;
  const fresh = frame({type: 'delta', channel, item, turn, kind, at, text: text.slice(at, whole)});
  last.set(stream, {at, whole, frame: fresh});
  return fresh;
}
