import type {Serving} from './processes.ts';
import {Page} from './page.ts';

/** Many turns at once, without a follower: what is left is the server's own work and its commits. */
export interface Streaming {
  /** Milliseconds until every turn had ended. */
  readonly ms: number;
  /** Of them the server was busy. */
  readonly cpu: number;
}

/** Starts `sessions` turns with the same message, and waits until the list says of each that it is over. */
export async function turns(serving: Serving, sessions: number, text: string): Promise<Streaming> {
  const page = await Page.open(serving.url, [{channel: 'sessions'}]);
  const before = await serving.held();
  const from = performance.now();
  const over = new Set<string>();
  const all = page.next((frame) => {
    const {event} = frame as {event?: {kind: string; session: {id: string; status: string}}};
    if (event?.kind === 'session-put' && event.session.status === 'finished') over.add(event.session.id);
    return over.size === sessions;
  });
  for (let i = 0; i < sessions; i += 1) void page.start(text);
  await all;
  const ms = performance.now() - from;
  const after = await serving.held();
  await page.close();
  return {ms, cpu: after.cpu - before.cpu};
}
