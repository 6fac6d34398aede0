import type {Browser, CDPSession} from 'puppeteer-core';
import type {Drawn, Pace} from './drive.ts';

/** Milliseconds of the main thread's own time; what other processes took meanwhile is not in it. */
export interface Cost extends Drawn {
  readonly task: number;
  readonly script: number;
  /** Layout and the computing of styles. */
  readonly layout: number;
  /** The longest single task. */
  readonly longest: number;
}

/** A page of its own that is told an answer. */
export async function measure(
  browser: Browser,
  address: string,
  {length, pace, plain, patience}: {length: number; pace: Pace; plain: boolean; patience: number},
): Promise<Cost> {
  const page = await browser.newPage();
  try {
    await page.setViewport({width: 1280, height: 800});
    await page.goto(address);
    await page.waitForFunction(() => 'candidate' in window && 'drive' in window);
    await page.evaluate((length, plain) => window.drive.prepare(length, plain), length, plain);
    const cdp = await page.createCDPSession();
    await cdp.send('Performance.enable', {timeDomain: 'threadTicks'});
    await cdp.send('HeapProfiler.collectGarbage');
    const longest = await longestTask(cdp);
    const before = await metrics(cdp);
    await page.evaluate((pace, patience) => window.drive.write(pace, patience), pace, patience);
    const after = await metrics(cdp);
    const spent = (...names: string[]): number =>
      names.reduce((sum, name) => sum + (after.get(name) ?? 0) - (before.get(name) ?? 0), 0) * 1000;
    const cost = {
      task: spent('TaskDuration'),
      script: spent('ScriptDuration'),
      layout: spent('LayoutDuration', 'RecalcStyleDuration'),
      longest: await longest(),
    };
    return {...cost, ...(await page.evaluate(() => window.drive.drawn()))};
  } finally {
    await page.close();
  }
}

async function metrics(cdp: CDPSession): Promise<Map<string, number>> {
  const {metrics} = await cdp.send('Performance.getMetrics');
  return new Map(metrics.map(({name, value}) => [name, value]));
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly tdur?: number;
  readonly args: {readonly name?: string};
}

/** Of the main threads from now on; asked at the end. */
async function longestTask(cdp: CDPSession): Promise<() => Promise<number>> {
  const events: TraceEvent[] = [];
  cdp.on('Tracing.dataCollected', ({value}) => {
    for (const event of value as unknown as TraceEvent[]) {
      if (event.name === 'thread_name' || (event.tdur ?? 0) > 2000) events.push(event);
    }
  });
  await cdp.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: {includedCategories: ['toplevel'], excludedCategories: ['*']},
  });
  return async () => {
    const complete = new Promise((resolve) => cdp.once('Tracing.tracingComplete', resolve));
    await cdp.send('Tracing.end');
    await complete;
    const mains = new Set(
      events
        .filter(({name, args}) => name === 'thread_name' && args.name === 'CrRendererMain')
        .map(({pid, tid}) => `${pid} ${tid}`),
    );
    const tasks = events.filter(({name, pid, tid}) => name !== 'thread_name' && mains.has(`${pid} ${tid}`));
    return Math.max(0, ...tasks.map(({tdur = 0}) => tdur)) / 1000;
  };
}
