import {approval} from './approval.ts';
import type {ItemRenderers} from './item-renderers.ts';
import {gap, notice, plan, question, thought, turnEnd, unreadable} from './lines.ts';
import {tool} from './tool.ts';

/** Everything but messages. */
export const otherItems: ItemRenderers = {
  thought,
  tool,
  approval,
  question,
  plan,
  notice,
  'turn-end': turnEnd,
  unreadable,
  gap,
};
