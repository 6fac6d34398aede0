import {WebSocket} from 'ws';

/** What `ws` closes with by itself when a frame cannot be read. */
const unreadable: Readonly<Record<number, string>> = {
  1002: 'a frame breaks the WebSocket protocol',
  1007: 'a text frame is not UTF-8',
  1008: 'a frame comes in too many pieces',
  1009: 'a frame is larger than 256 KiB',
};

/** The codes of the protocol instead of those of the library: what cannot be read closes with 4400 and says why. */
export class SyncSocket extends WebSocket {
  override close(code?: number, reason?: string | Buffer): void {
    // The library echoes a close of the other side with its reason, and gives none for a frame that it cannot read.
    const problem = reason === undefined && code !== undefined ? unreadable[code] : undefined;
    if (problem !== undefined) super.close(4400, problem);
    else super.close(code, reason);
  }
}

/** A close frame holds at most 123 bytes of reason; what is longer is cut between two characters. */
export const cutReason = (reason: string): string => {
  let cut = '';
  for (const character of reason) {
    if (Buffer.byteLength(cut + character) > 123) break;
    cut += character;
  }
  return cut;
};
