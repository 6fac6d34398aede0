import {html, nothing, type TemplateResult} from 'lit';
import {fill, type Strings} from '../../context/strings.ts';
import type {ContentBlock} from '../../model/events.ts';
import {diffBlock} from './output/diff-block.ts';
import {imageBlock} from './output/image-block.ts';
import {textBlock} from './output/text-block.ts';
import {visible} from './output/visible.ts';
import {safeHref} from './safe-href.ts';

/** What a tool has made or an approval is about. Nothing of it is loaded from anywhere. */
export const contentBlocks = (blocks: readonly ContentBlock[] | undefined, strings: Strings): unknown =>
  blocks?.map((block) => contentBlock(block, strings)) ?? nothing;

function contentBlock(block: ContentBlock, strings: Strings): unknown {
  switch (block.type) {
    case 'text':
      return html`<p class="text" dir="auto">${visible(block.text)}</p>`;
    case 'diff':
      return diffBlock(block, strings);
    case 'terminal': {
      const {text, exit} = block;
      const label = typeof exit === 'number' ? fill(strings.terminalExit, {exit}) : strings.terminal;
      return textBlock({label, text, strings, from: 'end', kind: exit ? 'error' : 'terminal'});
    }
    case 'image':
      return imageBlock(block, strings);
    case 'link':
      return link(block.uri, block.title ?? block.uri);
    case 'unknown':
      return html`<p class="text">${visible(block.name)}</p>`;
  }
}

function link(uri: string, title: string): TemplateResult {
  const href = safeHref(uri);
  const shown = visible(title);
  return href === undefined
    ? html`<p class="text">${title === uri ? shown : `${shown} (${visible(uri)})`}</p>`
    : html`<p class="text">
        <a href=${href} target="_blank" rel="noopener noreferrer"><bdi>${shown}</bdi></a>
      </p>`;
}
