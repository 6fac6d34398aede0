import {MAX_TEXT_BYTES, utf8Bytes} from '../../model/commands.ts';

/** From this share of the longest text on, a person is told. */
const NEAR = 0.9;

/** How much of the longest text of one message `text` takes: 1 is all of it. 0 while there is nothing to tell. */
export function shareOfLimit(text: string): number {
  // A UTF-16 unit takes three bytes at most.
  if (text.length * 3 < MAX_TEXT_BYTES * NEAR) return 0;
  const share = utf8Bytes(text.trim()) / MAX_TEXT_BYTES;
  return share < NEAR ? 0 : share;
}
