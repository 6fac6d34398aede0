import type {ContentBlock, StoredEvent} from './events.ts';
import {messageKey} from './fold.ts';
import type {Item} from './items.ts';

const inContent = (content: readonly ContentBlock[] = []): string[] =>
  content.map((block) => ('text' in block ? block.text : ''));

/** What a person can read of an item, for a search; what the server looks through too. */
export function itemText(item: Item): string {
  switch (item.kind) {
    case 'message':
    case 'thought':
    case 'notice':
      return item.text;
    case 'tool': {
      const {name, title = '', input = '', output = '', error = '', content} = item;
      return [name, title, JSON.stringify(input), output, error, ...inContent(content)].join(' ');
    }
    case 'approval':
      return [item.title, item.detail ?? '', ...inContent(item.content)].join(' ');
    case 'turn-end':
      return item.error?.message ?? '';
    default:
      return '';
  }
}

/** The key of the item that an event is about, where it is one that can be found. */
export function itemKey({event, command}: StoredEvent): string | undefined {
  switch (event.kind) {
    case 'message':
      return event.role === 'user' && command ? messageKey(command) : `message:${event.id}`;
    case 'thought':
    case 'notice':
      return `${event.kind}:${event.id}`;
    case 'tool-began':
    case 'tool-updated':
    case 'tool-ended':
      return `tool:${event.id}`;
    case 'approval-asked':
      return `approval:${event.id}`;
    case 'turn-ended':
      return `turn-end:${event.turn}`;
    default:
      return undefined;
  }
}
