import type {EventOf} from '../../../../../src/model/events.ts';
import {fieldsOf, listOf, wordsOf} from './lenient.ts';
import type {Said} from './messages.ts';

type Entry = EventOf<'plan'>['entries'][number];

const STATUS: Readonly<Record<string, Entry['status']>> = {
  in_progress: 'running',
  completed: 'done',
  cancelled: 'done',
};

export const readPlan = (raw: unknown): Said => ({type: 'plan', entries: listOf(raw).flatMap(readEntry)});

/** Some agents tell their plan as the input of a tool. */
export function planOf(tool: string, input: unknown): Said[] {
  const {todos} = fieldsOf(input);
  return tool.toLowerCase() === 'todowrite' && Array.isArray(todos) ? [readPlan(todos)] : [];
}

function readEntry(raw: unknown): Entry[] {
  const {content, status, priority} = fieldsOf(raw);
  const text = wordsOf(content);
  if (text === undefined) return [];
  const known = STATUS[wordsOf(status) ?? ''] ?? 'pending';
  return [{text, status: known, ...(typeof priority === 'string' && {priority})}];
}
