import {html, nothing, type TemplateResult} from 'lit';
import type {Strings} from '../../context/strings.ts';
import type {ThreadEvent} from '../../model/events.ts';
import {contentBlocks} from '../shared/content-blocks.ts';
import {textBlock} from '../shared/output/text-block.ts';
import {readable} from '../shared/readable.ts';

/** What an event is about, as people read it; undefined where what was stored says it best. */
export function eventContent(event: ThreadEvent, strings: Strings): unknown {
  switch (event.kind) {
    case 'message':
    case 'thought':
    case 'notice':
    case 'queued':
      return text(event.text);
    case 'question-asked':
      return lines([event.text, ...event.fields.map(({label}) => `• ${label}`)]);
    case 'question-answered':
      return event.values ? lines(Object.entries(event.values).map(([id, value]) => `${id}: ${value}`)) : undefined;
    case 'plan':
      return lines(event.entries.map(({text, status}) => `${planMarks[status]} ${text}`));
    case 'options':
      return lines(event.options.map(({label, value}) => `${label}: ${value}`));
    case 'commands':
      return lines(event.commands.map(({name, description = ''}) => `/${name} ${description}`));
    case 'tool-began':
    case 'tool-updated': {
      const input = readable(event.input);
      if (!input && !event.content?.length) return undefined;
      return html`${input ? textBlock({label: strings.input, text: input, strings, format: 'json'}) : nothing}${contentBlocks(event.content, strings)}`;
    }
    case 'tool-ended': {
      const {error, output, content} = event;
      if (!error && !output && !content?.length) return undefined;
      return html`${error ? textBlock({label: strings.error, text: error, strings, kind: 'error', from: 'end'}) : nothing}${contentBlocks(content, strings)}${
        output ? textBlock({label: strings.output, text: output, strings}) : nothing
      }`;
    }
    case 'approval-asked':
      return event.detail ? text(event.detail) : undefined;
    default:
      return undefined;
  }
}

const planMarks = {pending: '○', running: '◐', done: '●'} as const;

const lines = (words: readonly string[]): TemplateResult => text(words.join('\n'));

const text = (words: string): TemplateResult => html`<p class="text" dir="auto">${words}</p>`;
