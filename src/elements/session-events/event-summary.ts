import type {Strings} from '../../context/strings.ts';
import type {ThreadEvent} from '../../model/events.ts';
import {toolWords} from '../shared/tool-words.ts';

/** The kind as the server named it. */
export const kindOf = (event: ThreadEvent): string => (event.kind === 'unknown' ? event.name : event.kind);

/** What an event says, in one line. `tool` is the name of the call that it is of. */
export function summaryOf(event: ThreadEvent, strings: Strings, tool = ''): string {
  switch (event.kind) {
    case 'session-put':
      return join(strings[event.session.status], event.session.title);
    case 'turn-began':
      return event.origin;
    case 'message':
      return join(event.author?.name ?? (event.role === 'user' ? strings.you : strings.agent), line(event.text), ': ');
    case 'thought':
    case 'notice':
    case 'queued':
    case 'question-asked':
      return line(event.text);
    case 'tool-began':
      return join(event.name, event.title);
    case 'tool-updated':
      return join(tool, event.title ?? Object.keys(event).filter(isContent).join(', '));
    case 'tool-ended':
      return join(join(tool, strings[toolWords[event.outcome]]), line(event.error ?? event.output ?? ''));
    case 'approval-asked':
      return event.title;
    case 'approval-answered':
      return event.option ?? event.reason ?? strings.withdrawn;
    case 'unqueued':
      return event.reason;
    case 'turn-ended':
      return join(strings[event.outcome], event.error?.message ?? event.reason);
    case 'plan':
      return event.entries.map(({text}) => text).join(' · ');
    case 'options':
      return event.options.map(({label, value}) => `${label}: ${value}`).join(' · ');
    case 'commands':
      return event.commands.map(({name}) => `/${name}`).join(' ');
    case 'question-answered':
      return event.values ? Object.values(event.values).flat().join(', ') : strings.withdrawn;
    case 'unknown':
      return '';
    case 'unreadable':
      return strings.unreadable;
  }
}

const isContent = (key: string): boolean => key !== 'kind' && key !== 'id' && key !== 'turn';

const join = (start: string, end = '', by = ' · '): string => (start && end ? start + by + end : start || end);

/** The turn or the call has not come to a good end. */
export const isBad = (event: ThreadEvent): boolean =>
  (event.kind === 'tool-ended' || event.kind === 'turn-ended') && event.outcome === 'failed';

/** The beginning: what does not fit one line is cut by its look anyway. */
const line = (text: string): string => text.slice(0, 300).replace(/\s+/g, ' ').trim();
