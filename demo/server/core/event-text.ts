import type {ContentBlock, KnownEvent} from '../../../src/model/events.ts';

const blockText = (block: ContentBlock): string => ('text' in block ? block.text : '');

const contentText = (content: readonly ContentBlock[] | undefined): string => (content ?? []).map(blockText).join(' ');

/** What a person can read of a stored event, for a search. */
export function eventText(json: string): string {
  const {event} = JSON.parse(json) as {event: KnownEvent};
  switch (event.kind) {
    case 'message':
    case 'thought':
    case 'notice':
    case 'queued':
      return event.text;
    case 'tool-began':
      return [event.name, event.title ?? '', JSON.stringify(event.input ?? ''), contentText(event.content)].join(' ');
    case 'tool-updated':
      return [event.title ?? '', contentText(event.content)].join(' ');
    case 'tool-ended':
      return [event.output ?? '', event.error ?? '', contentText(event.content)].join(' ');
    case 'approval-asked':
      return [event.title, event.detail ?? '', contentText(event.content)].join(' ');
    case 'question-asked':
      return [event.text, ...event.fields.map(({label}) => label)].join(' ');
    case 'plan':
      return event.entries.map(({text}) => text).join(' ');
    case 'turn-ended':
      return event.error?.message ?? '';
    default:
      return '';
  }
}
