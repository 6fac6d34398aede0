import {fill, type Strings} from '../../context/strings.ts';
import type {ContentBlock} from '../../model/events.ts';
import type {ToolItem} from '../../model/items.ts';
import {readable} from '../shared/readable.ts';

/** A tool call to be pasted elsewhere: its name, and what stands in it in blocks that nothing in them can end. */
export function toolMarkdown(item: ToolItem, strings: Strings): string {
  const {name, title, input, content = [], output, error, truncated} = item;
  const parts = [
    `### ${code(name)}`,
    title === undefined ? '' : code(title),
    block(strings.error, error),
    block(strings.input, readable(input), typeof input === 'string' ? '' : 'json'),
    ...content.map((each) => contentMarkdown(each, strings)),
    block(strings.output, output),
    truncated === undefined ? '' : fill(strings.truncated, {count: truncated}),
  ];
  return parts.filter(Boolean).join('\n\n') + '\n';
}

function contentMarkdown(content: ContentBlock, strings: Strings): string {
  switch (content.type) {
    case 'text':
      return fenced(content.text);
    case 'diff':
      return [
        block(fill(strings.before, {path: content.path}), content.before ?? undefined),
        block(fill(strings.after, {path: content.path}), content.after),
      ]
        .filter(Boolean)
        .join('\n\n');
    case 'terminal':
      return block(strings.terminal, content.text);
    case 'link':
      return code(content.uri);
    case 'image':
      return fill(strings.imageShown, {name: content.mime});
    case 'unknown':
      return '';
  }
}

const block = (label: string, text: string | undefined, language = ''): string =>
  text ? `${label}:\n\n${fenced(text, language)}` : '';

function fenced(text: string, language = ''): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text.replace(/\n$/, '')}\n${fence}`;
}

/** In one line; a space keeps its own backticks from those around it. */
function code(text: string): string {
  const ticks = '`'.repeat(longestRun(text) + 1);
  const space = ticks.length > 1 ? ' ' : '';
  return ticks + space + text.replace(/\s+/g, ' ').trim() + space + ticks;
}

const longestRun = (text: string): number =>
  (text.match(/`+/g) ?? []).reduce((longest, {length}) => Math.max(longest, length), 0);
