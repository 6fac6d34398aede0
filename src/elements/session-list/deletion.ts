import type {SessionStore} from '../../store/session-store.ts';
import type {SessionScope} from '../../context/scope.ts';
import {fill} from '../../context/strings.ts';
import {isActive} from '../../model/session.ts';

/** What a person is asked about: what it was at that time, whatever comes while they think. */
export interface Deletion {
  readonly ids: readonly string[];
  /** Those that were at work then, and that the question speaks of. */
  readonly active: ReadonlySet<string>;
  readonly question: string;
  readonly confirm: string;
  /** All that is shown, and the page has not been told of any of it. */
  readonly isAll?: boolean;
}

/** `number` says a number in the language of the list. */
export function deletionOf(ids: readonly string[], scope: SessionScope, number: (number: number) => string): Deletion {
  const active = new Set(ids.filter((id) => isActiveNow(scope.store, id)));
  return {ids, active, ...wordsFor(ids, active.size, scope, number)};
}

function wordsFor(
  [first = '', ...others]: readonly string[],
  running: number,
  {store, strings}: SessionScope,
  number: (number: number) => string,
): Pick<Deletion, 'question' | 'confirm'> {
  if (others.length === 0) {
    const question = fill(strings.deleteQuestion, {title: store.sessions.peek(first)?.title || strings.untitled});
    return {question: join(question, running && strings.deleteRunning), confirm: strings.deleteConfirm};
  }
  const count = number(others.length + 1);
  const stops = running === 1 ? strings.deleteAllOneRunning : fill(strings.deleteAllRunning, {count: number(running)});
  return {
    question: join(fill(strings.deleteAllQuestion, {count}), running && stops),
    confirm: fill(strings.deleteAllConfirm, {count}),
  };
}

/** What is still there, and as the question said: of many, what began to work meanwhile was not spoken of. */
export const stillMeant = ({ids, active, isAll}: Deletion, store: SessionStore): readonly string[] =>
  ids.filter((id) => store.sessions.peek(id) && (!isAll || active.has(id) || !isActiveNow(store, id)));

function isActiveNow(store: SessionStore, id: string): boolean {
  const status = store.sessions.peek(id)?.status;
  return status !== undefined && isActive(status);
}

const join = (sentence: string, next: string | 0): string => (next ? `${sentence} ${next}` : sentence);
