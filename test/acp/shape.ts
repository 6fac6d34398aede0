import type {Said} from '../../demo/server/agents/acp/translate/messages.ts';
import type {Played} from './player.ts';

/**
 * What a session comes to, a line a turn: its items in order (`message`, `thought`, `name:outcome` of a tool, how an approval
 * or a question was answered) and how the turn ended. What stands outside of a turn has a line of its own.
 */
export function shapeOf(played: readonly Played[]): string[] {
  const lines: string[] = [];
  let items: string[] | undefined;
  let origin = '';
  /** Where the item of a tool or a question stands. */
  let places = new Map<string, number>();
  const put = (item: string): void => void (items ? items.push(item) : lines.push(`outside: ${item}`));
  const settle = (ref: string, how: string): void => {
    const at = places.get(ref);
    if (items && at !== undefined) items[at] += `:${how}`;
  };
  const begin = (by: string): void => {
    [items, origin, places] = [[], by, new Map()];
  };
  for (const {heard, said, replies} of played) {
    for (const event of said) {
      if (event.type === 'text' || event.type === 'thought') {
        const kind = event.type === 'text' ? 'message' : 'thought';
        if (event.begins || items?.at(-1) !== kind) put(kind);
      } else if (event.type === 'turn-began') begin('the agent’s ');
      else if (event.type === 'turn-ended') {
        lines.push(`${origin}turn: ${[...(items ?? []), ending(said, event)].join(', ')}`);
        items = undefined;
      } else if (event.type === 'tool-began') {
        places.set(event.ref, items?.length ?? 0);
        put(event.parent === undefined ? event.name : `${event.name} in ${event.parent}`);
      } else if (event.type === 'tool-ended') settle(event.ref, event.outcome);
      else if (event.type === 'approval' || event.type === 'question') {
        places.set(`ask ${event.ask}`, items?.length ?? 0);
        put(event.type);
      } else if (event.type === 'withdraw') settle(`ask ${event.ask}`, 'withdrawn');
      else if (event.type === 'notice' || event.type === 'plan') put(event.type);
      else if (event.type === 'title' && !items) lines.push('outside: title');
    }
    for (const reply of replies)
      if (reply.type === 'answer') settle(`ask ${reply.ask}`, heard.type === 'chosen' ? 'chosen' : heard.type);
    // Our turn begins when the prompt is heard, after the end of what came before.
    if (heard.type === 'prompt') begin('');
  }
  if (items) lines.push(`open turn: ${items.join(', ')}`);
  return lines;
}

function ending(said: readonly Said[], ended: Extract<Said, {type: 'turn-ended'}>): string {
  const reason = said.flatMap((event) => (event.type === 'ending' && event.reason ? [` (${event.reason})`] : []));
  return ended.outcome === 'failed' ? `failed (${ended.failure.code})` : `${ended.outcome}${reason.join('')}`;
}
