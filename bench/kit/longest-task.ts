import type {CDPSession} from 'puppeteer-core';

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly tdur?: number;
}

/** Tells the main thread of the page from those of other processes, which may just begin or end. */
const MARK = 'bench-is-here';
/** In microseconds; what is shorter is of no interest. */
const SHORT = 2000;

/** Of the page's main thread from now on, in milliseconds of its own time; asked at the end. */
export async function longestTask(cdp: CDPSession): Promise<() => Promise<number>> {
  const events: TraceEvent[] = [];
  const collect = ({value}: {value: unknown[]}): void => {
    for (const event of value as TraceEvent[]) {
      if (event.name === MARK || (event.tdur ?? 0) > SHORT) events.push(event);
    }
  };
  cdp.on('Tracing.dataCollected', collect);
  await cdp.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: {includedCategories: ['toplevel', 'blink.user_timing'], excludedCategories: ['*']},
  });
  await cdp.send('Runtime.evaluate', {expression: `performance.mark(${JSON.stringify(MARK)})`});
  return async () => {
    const complete = new Promise((resolve) => cdp.once('Tracing.tracingComplete', resolve));
    await cdp.send('Tracing.end');
    await complete;
    cdp.off('Tracing.dataCollected', collect);
    const here = events.find(({name}) => name === MARK);
    if (!here) throw new Error('the trace does not tell which thread is that of the page');
    const tasks = events.filter(({pid, tid}) => pid === here.pid && tid === here.tid);
    return Math.max(0, ...tasks.map(({tdur = 0}) => tdur)) / 1000;
  };
}
