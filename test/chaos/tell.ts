import type {KnownSession, Logged} from './truth.ts';

type Event = Logged['event'];

const TOOL_WORDS: Record<string, string> = {
  completed: 'completed',
  failed: 'failed',
  cancelled: 'cancelled',
  rejected: 'rejected',
  detached: 'left running',
};

const STATUS_WORDS: Record<string, string> = {
  pending: 'Starting',
  running: 'Running',
  waiting: 'Needs input',
  stopping: 'Stopping',
  finished: 'Finished',
  stopped: 'Stopped',
  failed: 'Failed',
};

/** A title that begins with the name does not say it once more. */
const toolRow = (name: string, title: string): string =>
  title.toLowerCase().startsWith(`${name.toLowerCase()} `) ? name + title.slice(name.length) : `${name} ${title}`;

/** What the page has to show of a session, as its log has it: told here once more, without any of the client's code. */
export function tellThread({log, queue}: KnownSession): string[] {
  const later = (kind: string, id: unknown): Event | undefined =>
    log.find(({event}) => event.kind === kind && event['id'] === id)?.event;
  const lines = log.flatMap(({event}): string[] => {
    switch (event.kind) {
      case 'message':
        return [`${speaker(event)}: ${event['text']}${event['cut'] ? ' | Interrupted here.' : ''}`];
      case 'tool-began': {
        const ended = later('tool-ended', event['id']);
        const state = ended ? TOOL_WORDS[String(ended['outcome'])] : 'running';
        return [`tool ${toolRow(String(event['name']), String(event['title']))} ${state} | ${ended?.['output'] ?? ''}`];
      }
      case 'approval-asked': {
        const options = event['options'] as {id: string; label: string}[];
        const answer = later('approval-answered', event['id']);
        const chosen = options.find(({id}) => id === answer?.['option'])?.label;
        const open = options.map(({label}) => label).join(' or ');
        const words = chosen ? `Answered: ${chosen}` : 'Withdrawn: nobody has to answer any more.';
        return [`asks ${event['title']} | ${answer ? words : open}`];
      }
      case 'turn-ended': {
        const {outcome, error} = event as {outcome?: unknown; error?: {message: string}};
        if (outcome === 'stopped') return ['says Stopped'];
        return outcome === 'failed' ? [`says Failed: ${error?.message}`] : [];
      }
      case 'notice':
        return [`says ${event['text']}`];
      default:
        return [];
    }
  });
  return [...lines, ...queue.map(({text}) => `You: ${text} | Queued`)];
}

function speaker(event: Event): string {
  const author = event['author'] as {kind: string; name?: string} | undefined;
  if (event['role'] === 'agent') return 'Workspace';
  if (author?.kind === 'callback') return `Result of ${author.name}`;
  return author && author.kind !== 'person' ? (author.name ?? 'Agent') : 'You';
}

export const tellRow = ({title, status, unread, queued}: KnownSession): string =>
  [title, STATUS_WORDS[status], unread ? 'unread' : '', queued ? `${queued} queued` : ''].filter(Boolean).join(' | ');

/** Without what is only looks: white space, and the marks that Markdown turns into them. */
export const bare = (line: string): string => line.replace(/[^\p{L}\p{N}|:]+/gu, ' ').trim();
