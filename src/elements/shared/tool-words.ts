import type {Strings} from '../../context/strings.ts';
import type {ToolState} from '../../model/items.ts';

/** What is said of the state of a tool call. */
export const toolWords: Record<ToolState, keyof Strings> = {
  running: 'toolRunning',
  completed: 'toolCompleted',
  failed: 'toolFailed',
  cancelled: 'toolCancelled',
  rejected: 'toolRejected',
  detached: 'toolDetached',
};
