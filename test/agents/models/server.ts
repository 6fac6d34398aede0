import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {setTimeout as sleep} from 'node:timers/promises';
import {fieldsOf} from '../../../demo/server/agents/acp/translate/lenient.ts';
import type {ModelApi, ToolUse} from './api.ts';
import {answer, type Call} from './script.ts';

/** Slow enough that a page sees a text grow. */
const PIECE_MS = 15;

export interface Model {
  /** Without a slash at its end. */
  readonly url: string;
  close(): void;
}

/** A model on loopback whose answers are scripted. `log` is told each request. */
export async function startModel(
  api: ModelApi,
  use: (call: Call, tools: readonly string[]) => ToolUse,
  log: (line: string) => void,
): Promise<Model> {
  const server = createServer((request, response) => {
    respond(request, response).catch((error: unknown) => {
      // Whoever stops an answer hangs up.
      log(`model: ${String(error)}`);
      response.destroy();
    });
  });

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/';
    const text = Buffer.concat(await request.toArray()).toString();
    const body: unknown = text === '' ? {} : JSON.parse(text);
    const asked = api.read(path, body);
    log(`model: ${request.method} ${path} ${asked ? JSON.stringify(summary(asked)) : 'not known'}`);
    if (!asked) {
      response.writeHead(404, {'content-type': 'application/json'}).end('{"error": {"message": "not here"}}');
      return;
    }
    const {call, ...said} = answer(asked);
    const reply = {...said, ...(call && {use: use(call, asked.tools)})};
    const whole = api.whole(path, body, reply);
    if (whole) {
      response.writeHead(200, {'content-type': 'application/json'}).end(JSON.stringify(whole));
      return;
    }
    response.writeHead(200, {'content-type': 'text/event-stream'});
    for (const {event, data} of api.stream(reply)) {
      if (response.destroyed) return;
      response.write(`${event === undefined ? '' : `event: ${event}\n`}data: ${asText(data)}\n\n`);
      await sleep(PIECE_MS);
    }
    response.end();
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const {port} = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

const asText = (data: object | string): string => (typeof data === 'string' ? data : JSON.stringify(data));

/** The ends say which it was; agents put whole handbooks before them. */
const summary = ({user, results, tools}: NonNullable<ReturnType<ModelApi['read']>>): object => ({
  user: user.slice(-1).map((text) => text.slice(-80)),
  results: results.map((text) => text.slice(0, 200)),
  tools: tools.join(' '),
});

/** The text in what may be a string, or a list of parts that have some. */
export function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map((part: unknown) => {
      const {text, content: inner} = fieldsOf(part);
      return typeof text === 'string' ? text : textOf(inner);
    })
    .join('\n');
}
