import {signal} from '@lit-labs/signals';
import {nothing} from 'lit';
import type {Item, ItemOf, MessageItem} from '../../model/items.ts';
import type {StartOptions} from '../../store/session-store.ts';
import type {Chat} from './composer-aids.ts';
import type {CurrentSession} from './current-session.ts';
import {message} from './message.ts';
import type {ScrollKeeper} from './scroll-keeper.ts';
import type {ThreadItems} from './thread-items.ts';
import type {Surroundings, ThreadView} from './thread-view.ts';

/** Draws one entry. `isOpen` and `toggle` are for those that unfold. */
type Render<K extends Item['kind']> = (
  item: ItemOf<K>,
  view: ThreadView,
  isOpen: boolean,
  toggle: () => void,
) => unknown;

export type ItemRenderers = {readonly [K in Item['kind']]?: Render<K>};

/** What a chat has besides its messages. */
export interface Extras {
  /** Stops the sessions at work that this one has started, too. */
  readonly stopAll: unknown;
  readonly localText: Surroundings;
  /** Of the turn that is open, or of the last one. */
  readonly duration: unknown;
  /** For a live region. */
  readonly spoken: unknown;
  /** What to know before one writes, and what helps. */
  readonly aboveBox: unknown;
  /** What the agent offers; `agent` is whom a new conversation is with. */
  belowBox(agent: string): unknown;
  /** What is asked for with a new conversation. */
  start(agent: string): StartOptions;
  /** What is written cannot be sent. */
  readonly isTooLong: boolean;
  /** What stands above the conversation. */
  readonly head: unknown;
  /** What lies over the conversation: for a reader who has left the end. */
  readonly over: unknown;
}

/** Messages are what every conversation has; the rest may come later, from a file of its own. */
export interface ItemKinds {
  readonly renderers: ItemRenderers;
  /** What there is to say of a message besides its text. */
  readonly below: (item: MessageItem, view: ThreadView) => unknown;
  readonly extras: (chat: Chat, session: CurrentSession, scroll: ScrollKeeper, items: ThreadItems) => Extras;
}

const rest = signal<ItemKinds | undefined>(undefined);
let fetchRest = (): void => {};

export const addItemRenderers = (kinds: ItemKinds): void => rest.set(kinds);

/** Calls `fetch` when an entry is to be drawn for which there is no renderer. */
export const fetchItemRenderers = (fetch: () => void): void => void (fetchRest = fetch);

/** Nothing as long as they have not come. */
export const extrasFor = (...chat: Parameters<ItemKinds['extras']>): Extras | undefined => rest.get()?.extras(...chat);

export function renderItem(item: Item, view: ThreadView, isOpen: boolean, toggle: () => void): unknown {
  if (item.kind === 'message') return message(item, view, rest.get()?.below(item, view));
  const render = rest.get()?.renderers[item.kind] as Render<Item['kind']> | undefined;
  if (render) return render(item as never, view, isOpen, toggle);
  fetchRest();
  return nothing;
}
