import {html, nothing, type TemplateResult} from 'lit';
import {fill, type Strings} from '../../context/strings.ts';
import type {ContentBlock} from '../../model/events.ts';
import {diffBlock} from './output/diff-block.ts';
import {imageBlock} from './output/image-block.ts';
import {countLines} from './output/pieces.ts';
import {textBlock} from './output/text-block.ts';
import {visible} from './output/visible.ts';
import {safeHref} from './safe-href.ts';

/** A text is one of words up to so many lines and UTF-16 units; else it is something to look into. */
const WORDS_LINES = 12;
const WORDS_UNITS = 1_500;

/** What a tool has made or an approval is about; `label` names a text. Nothing of it is loaded from anywhere. */
export const contentBlocks = (
  blocks: readonly ContentBlock[] | undefined,
  strings: Strings,
  label = strings.output,
): unknown => blocks?.map((block) => contentBlock(block, strings, label)) ?? nothing;

function contentBlock(block: ContentBlock, strings: Strings, label: string): unknown {
  switch (block.type) {
    case 'text':
      return isWords(block.text)
        ? html`<p class="text" dir="auto">${visible(block.text)}</p>`
        : textBlock({label, text: block.text, strings});
    case 'diff':
      return diffBlock(block, strings);
    case 'terminal': {
      const {text, exit} = block;
      const name = typeof exit === 'number' ? fill(strings.terminalExit, {exit}) : strings.terminal;
      return textBlock({label: name, text, strings, from: 'end', kind: exit ? 'error' : 'terminal'});
    }
    case 'image':
      return imageBlock(block, strings);
    case 'link':
      return link(block.uri, block.title ?? block.uri);
    case 'unknown':
      return html`<p class="text">${visible(block.name)}</p>`;
  }
}

const isWords = (text: string): boolean =>
  text.length <= WORDS_UNITS && countLines(text) <= WORDS_LINES && !/^\s*[[{]|\x1b/.test(text);

function link(uri: string, title: string): TemplateResult {
  const href = safeHref(uri);
  const shown = visible(title);
  return href === undefined
    ? html`<p class="text">${title === uri ? shown : `${shown} (${visible(uri)})`}</p>`
    : html`<p class="path">
        <a href=${href} target="_blank" rel="noopener noreferrer"><bdi>${shown}</bdi></a>
      </p>`;
}
