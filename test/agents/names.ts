import {createSocket, type Socket} from 'node:dgram';
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {isIPv6} from 'node:net';

const PORT = 53;
const HEADER_BYTES = 12;
/** A response, with recursion, to which there is no such name. */
const NO_SUCH_NAME = 0x8183;

/** Hears which hosts are asked for by name, and knows none of them. Only in a network of its own. */
export class Names {
  readonly asked = new Set<string>();
  readonly #sockets: readonly Socket[];

  private constructor(sockets: readonly Socket[]) {
    this.#sockets = sockets;
    for (const socket of sockets) {
      socket.on('message', (query, {port, address}) => {
        const {name, end} = question(query);
        this.asked.add(name);
        const answer = Buffer.from(query.subarray(0, end));
        answer.writeUInt16BE(NO_SUCH_NAME, 2);
        // One question, and nothing else.
        answer.fill(0, 6, HEADER_BYTES);
        socket.send(answer, port, address);
      });
    }
  }

  /** Where programs of this machine look for a server of names: loopback has those addresses here. */
  static async listen(): Promise<Names> {
    const lines = readFileSync('/etc/resolv.conf', 'utf8').matchAll(/^nameserver\s+([^\s%]+)/gm);
    const sockets = [...new Set([...lines].map(([, address = '']) => address))].map((address) => {
      const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
      socket.bind(PORT, address);
      return socket;
    });
    await Promise.all(sockets.map((socket) => once(socket, 'listening')));
    return new Names(sockets);
  }

  close(): void {
    for (const socket of this.#sockets) socket.close();
  }
}

/** The name that a query asks for, and where the question ends. */
function question(query: Buffer): {readonly name: string; readonly end: number} {
  const labels: string[] = [];
  let at = HEADER_BYTES;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  // A zero, the type and the class.
  return {name: labels.join('.').toLowerCase(), end: at + 5};
}
