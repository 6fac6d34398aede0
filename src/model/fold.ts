import type {EventOf, SessionOption, StoredEvent} from './events.ts';
import type {Item, MessageItem, ToolItem, Turn} from './items.ts';

/** A message that the server has and that waits for the open turn to end. */
export interface Queued {
  readonly command: string;
  readonly text: string;
  readonly seq: number;
  readonly time: string;
}

/** What the log says so far. */
export interface Folded {
  readonly items: readonly Item[];
  /**
   * Where each key stands in `items`. Items are only ever appended or replaced in place, so one map serves every later
   * version; an older one finds another item, or none, at the place of a key that is younger than itself.
   */
  readonly places: Map<string, number>;
  readonly queue: readonly Queued[];
  readonly turns: ReadonlyMap<string, Turn>;
  readonly options: readonly SessionOption[];
  readonly commands: EventOf<'commands'>['commands'];
}

interface Draft {
  items: Item[];
  places: Map<string, number>;
  queue: Queued[];
  turns: Map<string, Turn>;
  options: readonly SessionOption[];
  commands: EventOf<'commands'>['commands'];
}

export const nothingFolded = (): Folded => ({
  items: [],
  places: new Map(),
  queue: [],
  turns: new Map(),
  options: [],
  commands: [],
});

/** The log `events`, which are in order of `seq` and newer than all of `base`, told on top of `base`. */
export function fold(events: readonly StoredEvent[], base: Folded = nothingFolded()): Folded {
  const draft: Draft = {...base, items: [...base.items], queue: [...base.queue], turns: new Map(base.turns)};
  for (const stored of events) apply(draft, stored);
  return draft;
}

/** As `fold` of the whole, but items that come out as they were keep their identity. */
export function refold(events: readonly StoredEvent[], before: Folded): Folded {
  const after = fold(events);
  const held = new Map(before.items.map((item) => [item.key, item]));
  const items = after.items.map((item) => {
    const old = held.get(item.key);
    return old && old.version === item.version && old.seq === item.seq ? old : item;
  });
  return {...after, items};
}

/** What every item takes from the event that puts it into the log. */
const placed = ({seq, time}: StoredEvent, key: string) => ({key, seq, version: seq, time});

function apply(draft: Draft, stored: StoredEvent): void {
  const {event, seq, time} = stored;
  switch (event.kind) {
    case 'turn-began': {
      const {turn: id, origin, children} = event;
      draft.turns.set(id, {id, origin, began: time, ...(children && {children})});
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
    case 'plan': {
      const key = `plan:${event.turn}`;
      const replaced = change(draft, key, (item) =>
        item.kind === 'plan' ? {...item, entries: event.entries, version: seq} : item,
      );
      if (!replaced) put(draft, {...event, ...placed(stored, key)});
      return;
    }
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

function endTurn(draft: Draft, stored: StoredEvent, event: EventOf<'turn-ended'>): void {
  const {turn: id, outcome, reason, error, usage} = event;
  const turn = draft.turns.get(id) ?? {id, origin: 'agent'};
  draft.turns.set(id, {...turn, ended: {time: stored.time, outcome, ...(usage && {usage})}});
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
  draft.items[draft.places.get(key) ?? -1] = to(item);
  return true;
}

/** The item of that key, if the log has put it there. */
export function find({items, places}: Pick<Folded, 'items' | 'places'>, key: string): Item | undefined {
  const item = items[places.get(key) ?? -1];
  return item?.key === key ? item : undefined;
}

/** `folded` with one item replaced; the same if there is none of that key, or nothing of it changes. */
export function replaceItem(folded: Folded, key: string, to: (item: Item) => Item): Folded {
  const before = find(folded, key);
  const after = before && to(before);
  if (!after || after === before) return folded;
  return {...folded, items: folded.items.with(folded.places.get(key) ?? -1, after)};
}
