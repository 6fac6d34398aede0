import {signal} from '@lit-labs/signals';
import {nothing, type ReactiveElement} from 'lit';
import type {Item, ItemOf} from '../../model/items.ts';
import type {CurrentSession} from './current-session.ts';
import {message} from './message.ts';
import type {ScrollKeeper} from './scroll-keeper.ts';
import type {ThreadItems} from './thread-items.ts';
import type {LocalText, ThreadView} from './thread-view.ts';

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
  /** The sessions at work that this one has started. */
  readonly family: readonly string[];
  readonly localText: LocalText;
  /** Of the turn that is open, or of the last one. */
  readonly duration: unknown;
  /** For a live region. */
  readonly spoken: unknown;
  /** What lies over the conversation: for a reader who has left the end, or looks for something. */
  readonly over: unknown;
}

/** Messages are what every conversation has; the rest may come later, from a file of its own. */
export interface ItemKinds {
  readonly renderers: ItemRenderers;
  readonly extras: (chat: ReactiveElement, session: CurrentSession, scroll: ScrollKeeper, items: ThreadItems) => Extras;
}

const rest = signal<ItemKinds | undefined>(undefined);
let fetchRest = (): void => {};

export const addItemRenderers = (kinds: ItemKinds): void => rest.set(kinds);

/** Calls `fetch` when an entry is to be drawn for which there is no renderer. */
export const fetchItemRenderers = (fetch: () => void): void => void (fetchRest = fetch);

/** Nothing as long as they have not come. */
export const extrasFor = (...chat: Parameters<ItemKinds['extras']>): Extras | undefined => rest.get()?.extras(...chat);

export function renderItem(item: Item, view: ThreadView, isOpen: boolean, toggle: () => void): unknown {
  if (item.kind === 'message') return message(item, view);
  const render = rest.get()?.renderers[item.kind] as Render<Item['kind']> | undefined;
  if (render) return render(item as never, view, isOpen, toggle);
  fetchRest();
  return nothing;
}
