import type {PlanItem} from '../../../model/items.ts';
import type {ThreadCell} from '../../../store/cells.ts';

/** The last plan of the turn that is open. The entries are no signal. */
export function openPlan({items, state: {open, missing}}: ThreadCell): PlanItem | undefined {
  if (!open.length || missing) return undefined;
  const isOver = (turn: string | undefined): boolean => turn !== undefined && !open.includes(turn);
  for (const page of items.pages.toReversed()) {
    const found = page.findLast(({kind, turn}) => kind === 'plan' || isOver(turn));
    if (found) return found.kind === 'plan' && !isOver(found.turn) ? found : undefined;
  }
  return undefined;
}
