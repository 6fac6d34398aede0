import type {CDPSession} from 'puppeteer-core';

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly tdur?: number;
  readonly args: {readonly name?: string};
}

/** Of the main threads from now on, in milliseconds of their own time; asked at the end. */
export async function longestTask(cdp: CDPSession): Promise<() => Promise<number>> {
  const events: TraceEvent[] = [];
  const collect = ({value}: {value: unknown[]}): void => {
    for (const event of value as TraceEvent[]) {
      if (event.name === 'thread_name' || (event.tdur ?? 0) > 2000) events.push(event);
    }
  };
  cdp.on('Tracing.dataCollected', collect);
  await cdp.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: {includedCategories: ['toplevel'], excludedCategories: ['*']},
  });
  return async () => {
    const complete = new Promise((resolve) => cdp.once('Tracing.tracingComplete', resolve));
    await cdp.send('Tracing.end');
    await complete;
    cdp.off('Tracing.dataCollected', collect);
    const mains = new Set(
      events
        .filter(({name, args}) => name === 'thread_name' && args.name === 'CrRendererMain')
        .map(({pid, tid}) => `${pid} ${tid}`),
    );
    const tasks = events.filter(({name, pid, tid}) => name !== 'thread_name' && mains.has(`${pid} ${tid}`));
    return Math.max(0, ...tasks.map(({tdur = 0}) => tdur)) / 1000;
  };
}
