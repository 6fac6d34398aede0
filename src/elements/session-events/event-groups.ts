import type {StoredEvent, ThreadEvent} from '../../model/events.ts';

export const groups = ['messages', 'tools', 'lifecycle'] as const;
export type EventGroup = (typeof groups)[number];

export function groupOf({kind}: ThreadEvent): EventGroup {
  if (kind === 'message' || kind === 'thought') return 'messages';
  return /^(tool|approval|question)-/.test(kind) ? 'tools' : 'lifecycle';
}

export function countGroups(log: readonly StoredEvent[]): Readonly<Record<EventGroup, number>> {
  const counts = {messages: 0, tools: 0, lifecycle: 0};
  for (const {event} of log) counts[groupOf(event)]++;
  return counts;
}
