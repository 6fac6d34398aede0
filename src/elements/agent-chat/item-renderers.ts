import {signal} from '@lit-labs/signals';
import {nothing} from 'lit';
import type {Item, ItemOf} from '../../model/items.ts';
import {message} from './message.ts';
import type {ThreadView} from './thread-view.ts';

/** Draws one entry. `isOpen` and `toggle` are for those that unfold. */
type Render<K extends Item['kind']> = (
  item: ItemOf<K>,
  view: ThreadView,
  isOpen: boolean,
  toggle: () => void,
) => unknown;

export type ItemRenderers = {readonly [K in Item['kind']]?: Render<K>};

/** Messages are what every conversation has; the rest may come later, from a file of its own. */
const renderers = signal<ItemRenderers>({message});
let fetchRest = (): void => {};

export const addItemRenderers = (more: ItemRenderers): void => renderers.set({...renderers.get(), ...more});

/** Calls `fetch` when an entry is to be drawn for which there is no renderer. */
export const fetchItemRenderers = (fetch: () => void): void => void (fetchRest = fetch);

export function renderItem(item: Item, view: ThreadView, isOpen: boolean, toggle: () => void): unknown {
  const render = renderers.get()[item.kind] as Render<Item['kind']> | undefined;
  if (render) return render(item as never, view, isOpen, toggle);
  fetchRest();
  return nothing;
}
