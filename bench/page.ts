import {ReactiveElement} from 'lit';
import '../src/define.ts';
import {createMemoryBackend, type MemoryBackend} from '../src/backend/memory/memory-backend.ts';
import type {SessionContext} from '../src/elements/session-context/session-context.ts';

/** What runs in the browser: each function sets up, works, checks that the result is whole, and says what it counted. */

type Updates = Map<ReactiveElement, number>;

let updates: Updates = new Map();
let frames = 0;

interface Updating {
  performUpdate(): void;
}
const prototype = ReactiveElement.prototype as unknown as Updating;
const original = Reflect.get(prototype, 'performUpdate') as (this: ReactiveElement) => void;
prototype.performUpdate = function (this: ReactiveElement): void {
  updates.set(this, (updates.get(this) ?? 0) + 1);
  original.call(this);
};

const frame = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => {
      frames++;
      resolve();
    });
  });

const settled = async (): Promise<void> => {
  for (let round = 0; round < 5; round++) await frame();
};

const startCounting = (): void => {
  updates = new Map();
  frames = 0;
};

const countsByTag = (): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const [element, count] of updates) counts[element.localName] = (counts[element.localName] ?? 0) + count;
  return counts;
};

async function provider(memory: MemoryBackend): Promise<SessionContext> {
  document.body.replaceChildren();
  const context = document.createElement('session-context');
  context.backend = memory.factory;
  context.persist = 'none';
  context.append(document.createElement('session-list'), document.createElement('agent-chat'));
  document.body.append(context);
  await context.updateComplete;
  memory.welcome();
  await settled();
  return context;
}

/** The text of the page, through shadow roots. */
const text = (node: Node): string =>
  node.nodeType === Node.TEXT_NODE
    ? (node.textContent ?? '')
    : node instanceof HTMLStyleElement
      ? ''
      : [...(node instanceof Element && node.shadowRoot ? [node.shadowRoot] : []), ...node.childNodes]
          .map(text)
          .join('');

const chunksOf = (count: number): string[] => Array.from({length: count}, (_, index) => `w${index + 1} `);

const play = async (chunks: readonly string[], perFrame: number, write: (chunk: string) => void): Promise<void> => {
  for (let at = 0; at < chunks.length; at += perFrame) {
    for (const chunk of chunks.slice(at, at + perFrame)) write(chunk);
    await frame();
  }
  await settled();
};

const bench = {
  /** One message of `count` chunks behind a short history, in a page with a list and a chat. */
  async stream(count: number, perFrame: number) {
    const memory = createMemoryBackend();
    const context = await provider(memory);
    memory.put({id: 's', title: 'Streaming', status: 'running', turn: 't'});
    for (let index = 0; index < 20; index++) memory.put({id: `other-${index}`, title: `Other ${index}`});
    context.selected = 's';
    memory.event('s', {kind: 'turn-began', turn: 't', origin: 'user'});
    for (let index = 0; index < 10; index++) {
      memory.event('s', {kind: 'message', id: `m${index}`, turn: 't', role: 'user', text: `Message ${index}`});
    }
    memory.stream('s', {item: 'streamed', turn: 't', text: 'begin '});
    await settled();
    const chunks = chunksOf(count);
    startCounting();
    await play(chunks, perFrame, (chunk) => memory.stream('s', {item: 'streamed', turn: 't', text: chunk}));
    const whole = text(document.body).includes(chunks.join('').trim());
    const messages = [...updates].filter(([element]) => element.localName === 'agent-chat-item');
    return {
      whole,
      frames,
      elements: messages.length,
      updatesOfTheMessage: Math.max(0, ...messages.map(([, times]) => times)),
      byTag: countsByTag(),
    };
  },

  /** The same chunks at the same pace into one text node. */
  async floor(count: number, perFrame: number) {
    document.body.replaceChildren();
    const box = document.createElement('pre');
    const node = document.createTextNode('begin ');
    box.append(node);
    document.body.append(box);
    await settled();
    const chunks = chunksOf(count);
    startCounting();
    let pending = '';
    const flush = (chunk: string): void => {
      if (!pending) requestAnimationFrame(() => (node.appendData(pending), (pending = '')));
      pending += chunk;
    };
    await play(chunks, perFrame, flush);
    return {whole: node.data.includes(chunks.join('')), frames};
  },

  /** A list of `count` sessions, of which `changes` change their status, `perFrame` at a time. */
  async list(count: number, changes: number, perFrame: number) {
    const memory = createMemoryBackend();
    await provider(memory);
    const now = Date.now();
    const session = (index: number, status: 'running' | 'finished', rev: number) => ({
      id: `s${index}`,
      rev,
      title: `Session ${index}`,
      status,
      agent: 'agent',
      created: new Date(now - index * 1000).toISOString(),
      updated: new Date(now - index * 1000).toISOString(),
    });
    const sessions = Array.from({length: count}, (_, index) => session(index, 'finished', 1));
    memory.tell({type: 'sessions', sessions, keep: []});
    await settled();
    const rows = Math.min(count, 100);
    startCounting();
    const touched = new Set<number>();
    let tell = 0;
    for (let at = 0; at < changes; at += perFrame) {
      for (let index = at; index < Math.min(at + perFrame, changes); index++) {
        // Half of them are on the screen, half far below.
        const which = index % 2 ? index % rows : (index * 37) % count;
        touched.add(which);
        const before = performance.now();
        memory.tell({type: 'session', session: session(which, index % 4 < 2 ? 'running' : 'finished', index + 2)});
        tell += performance.now() - before;
      }
      await frame();
    }
    await settled();
    return {
      frames,
      touched: touched.size,
      visible: [...touched].filter((index) => index < rows).length,
      tell,
      byTag: countsByTag(),
    };
  },
};

declare global {
  interface Window {
    bench: typeof bench;
  }
}
window.bench = bench;
