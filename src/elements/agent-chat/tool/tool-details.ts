import {html, nothing, type TemplateResult} from 'lit';
import {fill, type Strings} from '../../../context/strings.ts';
import type {ToolItem} from '../../../model/items.ts';
import {copyButton} from '../../shared/clipboard/copy-button.ts';
import {contentBlocks} from '../../shared/content-blocks.ts';
import {textBlock} from '../../shared/output/text-block.ts';
import {visible} from '../../shared/output/visible.ts';
import {readable} from '../../shared/readable.ts';
import {marks} from '../message-below.ts';
import type {ThreadView} from '../thread-view.ts';
import {toolMarkdown} from '../tool-markdown.ts';

/** What went wrong before all else, then what went in and what came out. */
export function toolDetails(item: ToolItem, view: ThreadView): TemplateResult {
  const {strings} = view;
  const {error, output, content, locations, state, category} = item;
  const isFollowed = state === 'running' || category === 'execute';
  return html`<div class="details">
    ${error ? textBlock({label: strings.error, text: error, strings, kind: 'error', from: 'end'}) : nothing}
    ${locations?.map(({path, line}) => html`<p class="path"><bdi dir="ltr">${visible(line ? `${path}:${line}` : path)}</bdi></p>`)}
    ${toolInput(item.input, strings)} ${contentBlocks(content, strings)}
    ${output ? textBlock({label: strings.output, text: output, strings, from: isFollowed ? 'end' : 'start'}) : nothing}
    ${marks(item, view)} ${copyButton({text: () => toolMarkdown(item, strings), label: strings.copyMarkdown, strings})}
  </div>`;
}

/** Any JSON; but a field that is a text of several lines is shown as one, by its key. */
export function toolInput(input: unknown, strings: Strings): unknown {
  if (typeof input === 'string') return input ? textBlock({label: strings.input, text: input, strings}) : nothing;
  const fields = typeof input === 'object' && input && !Array.isArray(input) ? Object.entries(input) : [];
  const texts = fields.filter((field): field is [string, string] => isText(field[1]));
  const rest = texts.length ? Object.fromEntries(fields.filter(([, value]) => !isText(value))) : input;
  const text = readable(rest);
  return [
    text ? textBlock({label: strings.input, text, strings, format: 'json'}) : nothing,
    texts.map(([key, value]) =>
      textBlock({label: fill(strings.inputField, {key: visible(key)}), text: value, strings}),
    ),
  ];
}

const isText = (value: unknown): boolean => typeof value === 'string' && value.includes('\n');
