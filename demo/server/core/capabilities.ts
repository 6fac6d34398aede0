import {offersOf, type Core} from './core.ts';
import {OPS} from './obey.ts';

const ALWAYS: readonly string[] = [...OPS, 'queue', 'approvals', 'search', 'find', 'thoughts', 'children'];

/** Ops beyond `start`, `send` and `stop`, and what else applies: some things only if there is an agent that has them. */
export function capabilitiesOf(core: Pick<Core, 'agents'>): string[] {
  const offers = offersOf(core);
  return [...ALWAYS, ...(offers.has('options') ? ['set-option'] : []), ...offers];
}
