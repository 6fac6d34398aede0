import {html, nothing, type TemplateResult} from 'lit';
import type {Strings} from '../../context/strings.ts';
import type {ThreadEvent} from '../../model/events.ts';
import {contentBlocks, pre} from '../shared/content-blocks.ts';
import {readable} from '../shared/readable.ts';

/** What an event is about, as people read it; undefined where what was stored says it best. */
export function eventContent(event: ThreadEvent, strings: Strings): unknown {
  switch (event.kind) {
    case 'message':
    case 'thought':
    case 'notice':
    case 'queued':
    case 'question-asked':
      return text(event.text);
    case 'tool-began':
    case 'tool-updated': {
      const input = readable(event.input);
      if (!input && !event.content?.length) return undefined;
      return html`${input ? pre(strings.input, input) : nothing}${contentBlocks(event.content, strings)}`;
    }
    case 'tool-ended': {
      const {error, output, content} = event;
      if (!error && !output && !content?.length) return undefined;
      return html`${error ? pre(strings.error, error, 'error') : nothing}${contentBlocks(content, strings)}${
        output ? pre(strings.output, output) : nothing
      }`;
    }
    case 'approval-asked':
      return event.detail ? text(event.detail) : undefined;
    default:
      return undefined;
  }
}

const text = (words: string): TemplateResult => html`<p class="text" dir="auto">${words}</p>`;
