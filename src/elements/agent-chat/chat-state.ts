import type {Strings} from '../../context/strings.ts';
import {isActive} from '../../model/session.ts';
import type {SessionView} from '../../model/project.ts';
import type {ThreadState} from '../../store/cells.ts';

/** What a chat shows of a session as a whole. */
export interface ChatState {
  readonly isLoading: boolean;
  /** The session does not exist any more. */
  readonly isGone: boolean;
  /** `open`: there is something to stop. */
  readonly busy: 'no' | 'open' | 'stopping';
  /** What the agent does, in words. */
  readonly sentence: keyof Strings;
}

export function chatState(view: SessionView | undefined, thread: ThreadState | undefined, online: boolean): ChatState {
  return {
    isLoading: !!thread && !thread.loaded && !thread.missing && !view?.local,
    isGone: !!thread?.missing && !view,
    busy: busy(view, thread),
    sentence: sentence(view, thread, online),
  };
}

function busy(view: SessionView | undefined, thread: ThreadState | undefined): ChatState['busy'] {
  if (view?.stopRequested || view?.status === 'stopping') return 'stopping';
  const isOpen = (view && (isActive(view.status) || view.sendRequested)) || !!thread?.open.length;
  return isOpen ? 'open' : 'no';
}

/** Where thread and session tell different things for a moment, an open turn is the truth. */
function sentence(view: SessionView | undefined, thread: ThreadState | undefined, online: boolean): keyof Strings {
  const status = view?.status;
  if (view?.stopRequested || status === 'stopping') return 'statusStopping';
  if (status === 'waiting') return 'statusWaiting';
  if (status === 'running' || (thread?.open.length && status !== 'unknown')) return 'statusRunning';
  if (view?.sendRequested) return online ? 'statusRequested' : 'notConfirmed';
  if (status === 'pending') return 'statusRequested';
  if (status === 'finished') return 'statusFinished';
  if (status === 'stopped') return 'statusStopped';
  return status === 'failed' ? 'statusFailed' : 'statusIdle';
}
