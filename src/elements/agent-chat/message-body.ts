import {signal} from '@lit-labs/signals';
import type {MessageItem} from '../../model/items.ts';
import {pageDrawing} from './page-drawing.ts';
import type {ThreadView} from './thread-view.ts';

type Render = (item: MessageItem, view: ThreadView) => unknown;

const renderer = signal<Render | undefined>(undefined);

/** How an agent's text is drawn from now on. */
export const addBodyRenderer = (render: Render): void => renderer.set(render);

/** An agent's words by that, once it has come. */
export const agentText = (item: MessageItem, view: ThreadView): unknown => renderer.get()?.(item, view) ?? item.text;

/**
 * The text of a message: drawn by the page if it does that, else an agent's as Markdown once what draws it has come. All
 * else is plain, with its line breaks (the style keeps them): a person's words stay as they were typed.
 */
export const messageBody = (item: MessageItem, view: ThreadView): unknown =>
  pageDrawing(view.rendering?.body, item, view.rendering) ?? agentText(item, view);
