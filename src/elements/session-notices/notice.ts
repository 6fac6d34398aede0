import type {Problem} from '../../store/problems.ts';
import type {SessionView} from '../../model/project.ts';
import {isActive} from '../../model/session.ts';

/** Something to tell a person, apart from what is selected. */
export interface Notice {
  readonly kind: 'problem' | 'finished' | 'failed' | 'waiting';
  readonly sessionId?: string;
  /** Of a problem; the others are said in the words of the provider. */
  readonly text?: string;
  /** Of a problem: the id of the command that was refused. */
  readonly command?: string;
}

/** At most so many are shown; the oldest make room. */
const BOUND = 5;

/** What a change of a session's status is worth telling, unless nothing is. */
export function noticeOf(id: string, before?: SessionView, after?: SessionView): Notice | undefined {
  if (!before || !after || before.status === after.status) return undefined;
  const {status} = after;
  const ended = (status === 'finished' || status === 'failed') && isActive(before.status);
  return ended || status === 'waiting' ? {kind: status, sessionId: id} : undefined;
}

/** One that says the same takes the place of the one before; of a session only the last status counts. */
export function withNotice(notices: readonly Notice[], notice: Notice): readonly Notice[] {
  const same = ({kind, sessionId, text}: Notice): boolean =>
    kind === 'problem' || notice.kind === 'problem'
      ? kind === notice.kind && sessionId === notice.sessionId && text === notice.text
      : sessionId === notice.sessionId;
  return [...notices.filter((other) => !same(other)), notice].slice(-BOUND);
}

export const problemNotice = ({message, sessionId, command}: Problem): Notice => ({
  kind: 'problem',
  text: message,
  ...(sessionId !== undefined && {sessionId}),
  ...(command !== undefined && {command}),
});
