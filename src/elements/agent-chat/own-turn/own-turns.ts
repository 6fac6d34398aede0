import {Signal} from '@lit-labs/signals';
import type {StoredEvent} from '../../../model/events.ts';
import type {Item} from '../../../model/items.ts';
import type {ThreadCell} from '../../../store/cells.ts';
import type {Column, ThreadItems} from '../thread-items.ts';
import type {ThreadView} from '../thread-view.ts';

/** Before the first entry of a turn that no message began a line says that the agent did. */
export class OwnTurns {
  /** By the ids of the turns. */
  readonly #lines = new Map<string, HTMLElement>();
  #thread: ThreadCell | undefined;

  /** After all that leaves entries out of the column. */
  constructor(items: ThreadItems) {
    const {choose} = items;
    items.choose = (keys, view) => this.#insert(choose(keys, view), view);
  }

  #insert(column: Column, {thread, strings}: ThreadView): Column {
    if (thread !== this.#thread) this.#lines.clear();
    this.#thread = thread;
    return column.flatMap((part) => {
      const turn = typeof part === 'string' ? begunBy(part, thread) : undefined;
      return turn === undefined ? [part] : [this.#line(turn, strings.turnOwn), part];
    });
  }

  #line(turn: string, text: string): HTMLElement {
    const line = this.#lines.get(turn) ?? document.createElement('p');
    this.#lines.set(turn, line);
    line.className = 'line';
    if (line.textContent !== text) line.textContent = text;
    return line;
  }
}

/** The turn of the agent's own that this entry is the first of. */
function begunBy(key: string, thread: ThreadCell): string | undefined {
  const item = Signal.subtle.untrack(() => thread.item(key)?.get());
  if (item?.turn === undefined || (item.kind === 'message' && item.role === 'user')) return undefined;
  return isFirst(item, thread) && isOwn(item.turn, thread) ? item.turn : undefined;
}

const isOwn = (turn: string, {confirmed: {log}}: ThreadCell): boolean =>
  log.pages.some((page) => ownTurnsOf(page).has(turn));

/** What streams stands behind all that is in the log. */
function isFirst({key, turn}: Item, {confirmed}: ThreadCell): boolean {
  const {items, places} = confirmed.folded;
  for (let at = (places.get(key) ?? items.length) - 1; at >= 0; at--) {
    const before = items.at(at)?.turn;
    if (before !== undefined) return before !== turn;
  }
  return true;
}

/** A page of the log is the same as long as nothing is added to it. */
const found = new WeakMap<readonly StoredEvent[], ReadonlySet<string>>();

function ownTurnsOf(page: readonly StoredEvent[]): ReadonlySet<string> {
  const turns =
    found.get(page) ??
    new Set(page.flatMap(({event}) => (event.kind === 'turn-began' && event.origin === 'agent' ? [event.turn] : [])));
  found.set(page, turns);
  return turns;
}
