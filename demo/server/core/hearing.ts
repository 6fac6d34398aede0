import type {AgentEvent} from './agent.ts';
import type {Core} from './core.ts';
import {nameOf} from './errors.ts';

const weight = (event: AgentEvent): number =>
  'text' in event && typeof event.text === 'string' ? event.text.length : 0;

/**
 * Hears an agent to its end, or until `hear` has heard enough. An agent that talks without a pause is made to wait now and
 * then: it must not keep the server from everybody else.
 */
export async function listen(
  core: Core,
  events: AsyncIterable<AgentEvent>,
  hear: (event: AgentEvent) => boolean,
): Promise<void> {
  const {limits, clock} = core;
  const iterator = events[Symbol.asyncIterator]();
  let count = 0;
  let units = 0;
  for (;;) {
    const next = await iterator.next();
    if (next.done) return;
    let more: boolean;
    try {
      more = hear(next.value);
    } catch (error) {
      void leave(core, iterator);
      throw error;
    }
    if (!more) {
      void leave(core, iterator);
      return;
    }
    count += 1;
    units += weight(next.value);
    if (count < limits.agentEvents && units < limits.agentBytes) continue;
    count = 0;
    units = 0;
    await new Promise<void>((resolve) => clock.timer(limits.deltaMs, resolve));
  }
}

/** Lets the agent clean up, without waiting for it. */
async function leave(core: Core, iterator: AsyncIterator<AgentEvent>): Promise<void> {
  try {
    await iterator.return?.();
  } catch (error) {
    core.log('warn', 'agent-cleanup', {error: nameOf(error)});
  }
}
