import type {Strings} from '../../context/strings.ts';
import type {ThreadEvent} from '../../model/events.ts';

/** The kind as the server named it. */
export const kindOf = (event: ThreadEvent): string => (event.kind === 'unknown' ? event.name : event.kind);

/** What an event says, in one line. */
export function summaryOf(event: ThreadEvent, strings: Strings): string {
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
      return event.title ?? Object.keys(event).filter(isContent).join(', ');
    case 'tool-ended':
      return join(event.outcome, line(event.error ?? event.output ?? ''));
    case 'approval-asked':
      return event.title;
    case 'approval-answered':
      return event.option ?? event.reason ?? strings.withdrawn;
    case 'unqueued':
      return event.reason;
    case 'turn-ended':
      return join(event.outcome, event.error?.message ?? event.reason);
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

const join = (start: string, end = '', by = ' · '): string => (end ? start + by + end : start);

/** The beginning: what does not fit one line is cut by its look anyway. */
const line = (text: string): string => text.slice(0, 300).replace(/\s+/g, ' ').trim();
