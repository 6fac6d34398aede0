import {html, nothing, type TemplateResult} from 'lit';
import {fill, type Strings} from '../../context/strings.ts';
import type {ContentBlock} from '../../model/events.ts';
import {safeHref} from './safe-href.ts';

/** Text that may be long: its own scroller, to be reached by the keyboard. */
export const pre = (label: string, text: string, kind = ''): TemplateResult =>
  html`<figure class="block ${kind}">
    <figcaption>${label}</figcaption>
    <pre tabindex="0" role="group" aria-label=${label} dir="auto">${text}</pre>
  </figure>`;

/** What a tool has made or an approval is about. Nothing of it is loaded from anywhere. */
export const contentBlocks = (blocks: readonly ContentBlock[] | undefined, strings: Strings): unknown =>
  blocks?.map((block) => contentBlock(block, strings)) ?? nothing;

function contentBlock(block: ContentBlock, strings: Strings): unknown {
  switch (block.type) {
    case 'text':
      return html`<p class="text" dir="auto">${block.text}</p>`;
    case 'diff':
      return [
        typeof block.before === 'string'
          ? pre(fill(strings.before, {path: block.path}), block.before, 'before')
          : nothing,
        pre(fill(strings.after, {path: block.path}), block.after, 'after'),
      ];
    case 'terminal':
      return pre(
        typeof block.exit === 'number' ? fill(strings.terminalExit, {exit: block.exit}) : strings.terminal,
        block.text,
      );
    case 'image':
      return html`<p class="text">${fill(strings.image, {name: block.mime})}</p>`;
    case 'link':
      return link(block.uri, block.title ?? block.uri);
    case 'unknown':
      return html`<p class="text">${block.name}</p>`;
  }
}

function link(uri: string, title: string): TemplateResult {
  const href = safeHref(uri);
  return href === undefined
    ? html`<p class="text">${title === uri ? uri : `${title} (${uri})`}</p>`
    : html`<p class="text"><a href=${href} target="_blank" rel="noopener noreferrer">${title}</a></p>`;
}
