import type {Tamper} from '../support/flow.ts';

/** Returns the text of a frame as it is to go on, or undefined: it does not. */
export type Rewrite = (text: string) => string | undefined;

const TEXT = 0x1;

/**
 * Reads the WebSocket frames in what a server says over one connection, and passes on what `rewrite` makes of each text.
 * What is not a WebSocket goes through as it is. (A server masks nothing, and ours neither compresses nor fragments.)
 */
export function rewriting(rewrite: Rewrite): Tamper {
  let state: 'headers' | 'frames' | 'other' = 'headers';
  let held = Buffer.alloc(0);
  const take = (length: number): Buffer => {
    const taken = held.subarray(0, length);
    held = held.subarray(length);
    return taken;
  };
  return (bytes) => {
    if (state === 'other') return bytes;
    held = Buffer.concat([held, bytes]);
    const out: Buffer[] = [];
    if (state === 'headers') {
      const end = held.indexOf('\r\n\r\n');
      if (end < 0) return Buffer.alloc(0);
      state = held.toString('latin1', 0, 12) === 'HTTP/1.1 101' ? 'frames' : 'other';
      out.push(take(state === 'frames' ? end + 4 : held.length));
    }
    for (let frame = frameIn(held); frame; frame = frameIn(held)) {
      const whole = take(frame.end);
      if (frame.opcode !== TEXT) out.push(whole);
      else out.push(encode(rewrite(whole.toString('utf8', frame.start))));
    }
    return Buffer.concat(out);
  };
}

interface Frame {
  readonly opcode: number;
  /** Where its payload begins and ends. */
  readonly start: number;
  readonly end: number;
}

/** The frame at the beginning, once all of it is there. */
function frameIn(bytes: Buffer): Frame | undefined {
  if (bytes.length < 2) return undefined;
  const short = bytes.readUInt8(1) & 0x7f;
  const start = short === 127 ? 10 : short === 126 ? 4 : 2;
  if (bytes.length < start) return undefined;
  const length = short === 127 ? Number(bytes.readBigUInt64BE(2)) : short === 126 ? bytes.readUInt16BE(2) : short;
  const end = start + length;
  return bytes.length < end ? undefined : {opcode: bytes.readUInt8(0) & 0x0f, start, end};
}

function encode(text: string | undefined): Buffer {
  if (text === undefined) return Buffer.alloc(0);
  const payload = Buffer.from(text);
  const head = Buffer.alloc(payload.length < 126 ? 2 : payload.length < 65_536 ? 4 : 10);
  head.writeUInt8(0x80 | TEXT, 0);
  head.writeUInt8(head.length === 2 ? payload.length : head.length === 4 ? 126 : 127, 1);
  if (head.length === 4) head.writeUInt16BE(payload.length, 2);
  if (head.length === 10) head.writeBigUInt64BE(BigInt(payload.length), 2);
  return Buffer.concat([head, payload]);
}
