import {Readable, Writable} from 'node:stream';
import {client, ndJsonStream, RequestError, type AnyMessage, type ClientConnection} from '@agentclientprotocol/sdk';
import type {AgentChild} from './child.ts';
import {fieldsOf, wordsOf, type Fields} from './translate/lenient.ts';

/** Who hears what comes from an agent, in the order in which it came. */
export interface Listener {
  update(session: string, update: unknown): void;
  /** The answer to the prompt of a session, or the error. */
  prompted(session: string, response: {readonly result: unknown} | {readonly error: unknown}): void;
  ownTurn(session: string, open: boolean): void;
  /** The agent waits for the answer; the signal says that it does not any more. */
  asked(type: 'permission' | 'elicitation', session: string, params: unknown, gone: AbortSignal): Promise<unknown>;
  /** Resolves when more can be heard: who talks faster than anybody listens has to wait. */
  room(): Promise<void>;
}

/** A longer line is no message but a fault. */
const LINE_BYTES = 4 * 1024 * 1024;

export interface Connection {
  /** Rejects with the JSON-RPC error of the agent; never settles if the agent never answers. */
  request(method: string, params: object): Promise<unknown>;
  notify(method: string, params: object): void;
  /** Resolves when nothing comes any more. */
  readonly closed: Promise<void>;
  close(): void;
}

/**
 * Speaks the protocol with a process. Updates and the answers to prompts are taken out before the SDK sees them: it drops
 * whole updates of which it does not know a word, and hands on an answer later than what came after it.
 */
export function connect(child: AgentChild, listener: Listener): Connection {
  const input = gated(Readable.toWeb(child.stdout) as ReadableStream<Uint8Array>, () => listener.room());
  const wire = ndJsonStream(Writable.toWeb(child.stdin) as WritableStream<Uint8Array>, input, {
    maxMessageBytes: LINE_BYTES,
  });
  /** Requests of ours that wait: the session, of a prompt. */
  const open = new Map<unknown, string | undefined>();
  const heard = new TransformStream<AnyMessage, AnyMessage>({
    transform(message, controller) {
      if (!take(fieldsOf(message), open, listener)) controller.enqueue(message);
    },
  });
  const said = new TransformStream<AnyMessage, AnyMessage>({
    transform(message, controller) {
      const {id, method, params} = fieldsOf(message);
      if (method !== undefined && id !== undefined)
        open.set(id, method === 'session/prompt' ? wordsOf(fieldsOf(params)['sessionId']) : undefined);
      controller.enqueue(message);
    },
  });
  // The connection ends with what it reads; its other end is told by the exit of the process.
  void said.readable.pipeTo(wire.writable).catch(() => undefined);
  const raw = (params: unknown): unknown => params;
  const sdk: ClientConnection = client({name: 'agent-session-elements'})
    .onRequest('session/request_permission', raw, ({params, signal}) => ask('permission', params, signal))
    .onRequest('elicitation/create', raw, ({params, signal}) => ask('elicitation', params, signal))
    .connect({readable: wire.readable.pipeThrough(heard), writable: said.writable});

  async function ask(type: 'permission' | 'elicitation', params: unknown, signal: AbortSignal): Promise<unknown> {
    const session = wordsOf(fieldsOf(params)['sessionId']);
    if (session === undefined) throw RequestError.invalidParams();
    return listener.asked(type, session, params, signal);
  }

  return {
    request: (method, params) => sdk.agent.request<unknown, object>(method, params),
    notify(method, params) {
      // Who cannot be told any more has gone, which its exit says.
      sdk.agent.notify(method, params).catch(() => undefined);
    },
    closed: sdk.closed,
    close: () => sdk.close(),
  };
}

/** Whether the message is not for the SDK. */
function take(message: Fields, open: Map<unknown, string | undefined>, listener: Listener): boolean {
  const {id, method, params} = message;
  if (method === undefined) {
    // It would write about it to the server's own log.
    if (!open.has(id)) return true;
    const prompted = open.get(id);
    open.delete(id);
    if (prompted !== undefined)
      listener.prompted(prompted, 'error' in message ? {error: message['error']} : {result: message['result']});
    return false;
  }
  const session = wordsOf(fieldsOf(params)['sessionId']);
  if (session === undefined) return false;
  if (method === '_qwencode/start_turn' || method === '_qwencode/end_turn')
    listener.ownTurn(session, method === '_qwencode/start_turn');
  if (method !== 'session/update') return false;
  listener.update(session, fieldsOf(params)['update']);
  return true;
}

/** Bytes as they are wanted: nothing is read before there is room for it. */
function gated(source: ReadableStream<Uint8Array>, room: () => Promise<void>): ReadableStream<Uint8Array> {
  const reader = source.getReader();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        await room();
        const {value, done} = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    {highWaterMark: 0},
  );
}
