import type {AgentEvent} from '../../core/agent.ts';
import type {Clock} from '../../core/ports.ts';

/** A clock that moves when it is told to, or by itself as soon as nothing else is left to do. */
export const virtualClock = (): Clock & {readonly waiting: number; advance(ms: number): Promise<void>} => {
  let now = 1_000_000;
  let timers: {at: number; run: () => void}[] = [];
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    now: () => now,
    timer(ms, run) {
      const timer = {at: now + ms, run};
      timers.push(timer);
      return () => (timers = timers.filter((other) => other !== timer));
    },
    get waiting() {
      return timers.length;
    },
    async advance(ms) {
      const end = now + ms;
      for (;;) {
        await settled();
        const next = timers.filter(({at}) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        now = Math.max(now, next.at);
        timers = timers.filter((timer) => timer !== next);
        next.run();
      }
      now = end;
    },
  };
};

/** Time that is over before it begins, and still passes. */
export const hurriedClock = (): Clock => {
  let now = 1_000_000;
  return {
    now: () => now,
    timer(ms, run) {
      const handle = setImmediate(() => {
        now += ms;
        run();
      });
      return () => clearImmediate(handle);
    },
  };
};

export const textOf = (events: readonly AgentEvent[]): string =>
  events.map((event) => (event.type === 'text' ? event.text : '')).join('');
