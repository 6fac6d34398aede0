import type {EventOf, SessionOption, StoredEvent} from './events.ts';
import type {Item, MessageItem, ToolItem, Turn} from './items.ts';
import {LongList, LongListDraft} from './long-list.ts';

/** A message that the server has and that waits for the open turn to end. */
export interface Queued {
  readonly command: string;
  readonly text: string;
  readonly seq: number;
  readonly time: string;
}

/** What the log says so far. */
export interface Folded {
  readonly items: LongList<Item>;
  /**
   * Where each key stands in `items`. Items are only ever appended or replaced in place, so one map serves every later
   * version; an older one finds another item, or none, at the place of a key that is younger than itself.
   */
  readonly places: Map<string, number>;
  readonly queue: readonly Queued[];
  /** The turns that have begun and not ended, in their order. */
  readonly open: readonly Turn[];
  /** The last turn of all. */
  readonly last: Turn | undefined;
  readonly options: readonly SessionOption[];
  readonly commands: EventOf<'commands'>['commands'];
}

type Draft = {-readonly [K in keyof Folded]: K extends 'items' ? LongListDraft<Item> : Folded[K]};

export const nothingFolded = (): Folded => ({
  items: new LongList(),
  places: new Map(),
  queue: [],
  open: [],
  last: undefined,
  options: [],
  commands: [],
});

/** The log `events`, which are in order of `seq` and newer than all of `base`, told on top of `base`. */
export function fold(events: Iterable<StoredEvent>, base: Folded = nothingFolded()): Folded {
  const items = new LongListDraft(base.items);
  const draft: Draft = {...base, items};
  for (const stored of events) apply(draft, stored);
  return {...draft, items: items.list};
}

/** As `fold` of the whole, but items that come out as they were keep their identity. */
export function refold(events: Iterable<StoredEvent>, before: Folded): Folded {
  const after = fold(events);
  const items = after.items.pages.map((page) =>
    page.map((item) => {
      const old = find(before, item.key);
      return old && old.version === item.version && old.seq === item.seq ? old : item;
    }),
  );
  return {...after, items: new LongList(items)};
}

/** What every item takes from the event that puts it into the log. */
const placed = ({seq, time}: StoredEvent, key: string) => ({key, seq, version: seq, time});

function apply(draft: Draft, stored: StoredEvent): void {
  const {event, seq, time} = stored;
  switch (event.kind) {
    case 'turn-began': {
      const {turn: id, origin, children} = event;
      draft.last = {id, origin, began: time, ...(children && {children})};
      draft.open = [...draft.open.filter((turn) => turn.id !== id), draft.last];
      return;
    }
    case 'turn-ended':
      endTurn(draft, stored, event);
      return;
    case 'message':
      addMessage(draft, stored, event);
      return;
    case 'thought':
      put(draft, {...event, ...placed(stored, `thought:${event.id}`)});
      return;
    case 'tool-began':
      put(draft, {...event, ...placed(stored, `tool:${event.id}`), kind: 'tool', state: 'running'});
      return;
    case 'tool-updated': {
      const {kind: _, id, turn: __, ...changed} = event;
      change(draft, `tool:${id}`, (item) => (item.kind === 'tool' ? {...item, ...changed, version: seq} : item));
      return;
    }
    case 'tool-ended': {
      const {kind: _, id, turn: __, outcome, ...result} = event;
      change(draft, `tool:${id}`, (item) => {
        if (item.kind !== 'tool') return item;
        const {output: _streamed, ...rest} = item;
        return {...rest, ...result, state: outcome, ended: time, version: seq} satisfies ToolItem;
      });
      return;
    }
    case 'approval-asked':
      put(draft, {...event, ...placed(stored, `approval:${event.id}`), kind: 'approval'});
      return;
    case 'approval-answered': {
      const {kind: _, id, ...answer} = event;
      change(draft, `approval:${id}`, (item) => (item.kind === 'approval' ? {...item, answer, version: seq} : item));
      return;
    }
    case 'question-asked':
      put(draft, {...event, ...placed(stored, `question:${event.id}`), kind: 'question'});
      return;
    case 'question-answered': {
      const {kind: _, id, ...answer} = event;
      change(draft, `question:${id}`, (item) => (item.kind === 'question' ? {...item, answer, version: seq} : item));
      return;
    }
    case 'queued':
      draft.queue = [
        ...draft.queue.filter(({command}) => command !== event.command),
        {command: event.command, text: event.text, seq, time},
      ];
      return;
    case 'unqueued':
      draft.queue = draft.queue.filter(({command}) => command !== event.command);
      return;
    case 'notice':
      put(draft, {...event, ...placed(stored, `notice:${event.id}`)});
      return;
    case 'plan':
      replacePlan(draft, event.turn, seq);
      put(draft, {...event, ...placed(stored, `plan:${seq}`)});
      return;
    case 'options':
      draft.options = event.options;
      return;
    case 'commands':
      draft.commands = event.commands;
      return;
    case 'unreadable':
      put(draft, {...event, ...placed(stored, `unreadable:${seq}`)});
      return;
    case 'session-put':
    case 'unknown':
  }
}

/** The message takes the place of the queued text that the same command left. */
function addMessage(draft: Draft, stored: StoredEvent, event: EventOf<'message'>): void {
  const {command} = stored;
  const sent = event.role === 'user' && command ? {command} : undefined;
  if (sent) draft.queue = draft.queue.filter((queued) => queued.command !== command);
  const key = sent ? messageKey(sent.command) : `message:${event.id}`;
  put(draft, {...event, ...placed(stored, key), ...sent} satisfies MessageItem);
}

/** The key of what the command sent, from the click until it is read back from the log. */
export const messageKey = (command: string): string => `sent:${command}`;

/**
 * The earlier plan of the turn is over. A plan stands where it was told last: that is what everybody has who has loaded it,
 * whereas the place where it was told first may not be.
 */
function replacePlan({items}: Draft, turn: string, seq: number): void {
  for (let at = items.length - 1; at >= 0; at--) {
    const item = items.at(at);
    if (item?.kind === 'plan' && item.turn === turn) return items.set(at, {...item, over: true, version: seq});
    if (item?.turn !== undefined && item.turn !== turn) return;
  }
}

function endTurn(draft: Draft, stored: StoredEvent, event: EventOf<'turn-ended'>): void {
  const {turn: id, outcome, reason, error, usage} = event;
  const open = draft.open.find((turn) => turn.id === id);
  const turn = open ?? (draft.last?.id === id ? draft.last : undefined);
  const over: Turn = {...(turn ?? {id, origin: 'agent'}), ended: {time: stored.time, outcome, ...(usage && {usage})}};
  if (open) draft.open = draft.open.filter((other) => other !== open);
  if (!turn || draft.last?.id === id) draft.last = over;
  if (outcome === 'finished' && !reason) return;
  put(draft, {
    ...placed(stored, `turn-end:${id}`),
    kind: 'turn-end',
    turn: id,
    outcome,
    ...(reason && {reason}),
    ...(error && {error}),
  });
}

/** Appends; an id that is there already is replaced in its place, since an id is unique in its session. */
function put(draft: Draft, item: Item): void {
  if (change(draft, item.key, (old) => ({...item, seq: old.seq}))) return;
  draft.places.set(item.key, draft.items.length);
  draft.items.push(item);
}

/** Returns whether there was one. */
function change(draft: Draft, key: string, to: (item: Item) => Item): boolean {
  const item = find(draft, key);
  if (!item) return false;
  draft.items.set(draft.places.get(key) ?? NaN, to(item));
  return true;
}

/** The item of that key, if the log has put it there. */
export function find({items, places}: Pick<Folded | Draft, 'items' | 'places'>, key: string): Item | undefined {
  const place = places.get(key);
  const item = place === undefined ? undefined : items.at(place);
  return item?.key === key ? item : undefined;
}

/** `folded` with one item replaced; the same if there is none of that key, or nothing of it changes. */
export function replaceItem(folded: Folded, key: string, to: (item: Item) => Item): Folded {
  const before = find(folded, key);
  const after = before && to(before);
  if (!after || after === before) return folded;
  return {...folded, items: folded.items.with(folded.places.get(key) ?? NaN, after)};
}
