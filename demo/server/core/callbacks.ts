import type {AgentMessage} from './agent.ts';
import type {Draft} from './draft.ts';
import type {Owed} from './storage.ts';
import {take} from './text.ts';
import {advance} from './turns.ts';
import type {Work} from './work.ts';

/**
 * The parent is told that a turn it caused has ended. What is owed is stored with the end of that turn; the parent's own turn
 * begins at once if it has none, else when its queue is through. `owes` counts the levels up that the chain goes on.
 */
export function tellParent(work: Work, child: Draft, owes: number, how: string, lastText: string): void {
  if (owes < 1 || child.face.parent === undefined) return;
  const parent = work.session(child.face.parent);
  if (!parent) return;
  const sentence = `“${child.face.title}” ${how}.`;
  work.core.storage.owe(parent.key, {
    child: child.id,
    title: child.face.title,
    text: lastText === '' ? sentence : `${sentence}\n\n${lastText}`,
    lastText,
    owes: owes - 1,
  });
  advance(work, parent);
}

type CallbackMessage = AgentMessage & Required<Pick<AgentMessage, 'child'>>;

/** One message a child, in the order they ended; of a child that ended twice meanwhile both results are in it. */
export function callbackMessages(owed: readonly Owed[], maxBytes: number): CallbackMessage[] {
  const byChild = new Map<string, Owed[]>();
  for (const one of owed) byChild.set(one.child, [...(byChild.get(one.child) ?? []), one]);
  return [...byChild].map(([session, results]) => {
    const {text} = take(results.map((result) => result.text).join('\n\n'), {bytes: maxBytes, json: 1.5 * maxBytes});
    const last = results[results.length - 1];
    return {text, child: {session, title: last?.title ?? '', lastText: last?.lastText ?? ''}};
  });
}
