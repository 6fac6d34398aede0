import type {Browser, CDPSession, Page} from 'puppeteer-core';
import {heldBytes} from './heap-snapshot.ts';
import {longestTask} from './longest-task.ts';

/** Milliseconds of the main thread's own time; what other processes took meanwhile is not in it. */
export interface Cost {
  readonly task: number;
  readonly script: number;
  /** Layout and the computing of styles. */
  readonly layout: number;
  /** The longest single task. */
  readonly longest: number;
}

/** A page of its own, whose main thread is measured. */
export class Tab {
  readonly page: Page;
  readonly #cdp: CDPSession;

  private constructor(page: Page, cdp: CDPSession) {
    this.page = page;
    this.#cdp = cdp;
  }

  static async open(browser: Browser, address: string): Promise<Tab> {
    const page = await browser.newPage();
    await page.setViewport({width: 1280, height: 800});
    await page.goto(address);
    const cdp = await page.createCDPSession();
    await cdp.send('Performance.enable', {timeDomain: 'threadTicks'});
    return new Tab(page, cdp);
  }

  close(): Promise<void> {
    return this.page.close();
  }

  /** What `work` costs, on a main thread that is `slow` times slower than this machine's. */
  async cost<T>(work: () => Promise<T>, slow = 1): Promise<Cost & {readonly value: T}> {
    await this.#collect();
    await this.#cdp.send('Emulation.setCPUThrottlingRate', {rate: slow});
    const longest = await longestTask(this.#cdp);
    const before = await this.#metrics();
    const value = await work();
    const after = await this.#metrics();
    await this.#cdp.send('Emulation.setCPUThrottlingRate', {rate: 1});
    const spent = (...names: string[]): number =>
      names.reduce((sum, name) => sum + (after.get(name) ?? 0) - (before.get(name) ?? 0), 0) * 1000;
    return {
      task: spent('TaskDuration'),
      script: spent('ScriptDuration'),
      layout: spent('LayoutDuration', 'RecalcStyleDuration'),
      longest: await longest(),
      value,
    };
  }

  /** Bytes of the JavaScript heap that are in use once nothing more can be let go. */
  async heap(): Promise<number> {
    // What one collection lets go of may have held something else by a finalizer.
    for (let round = 0; round < 4; round++) await this.#collect();
    const {usedSize} = await this.#cdp.send('Runtime.getHeapUsage');
    return usedSize;
  }

  /** Of these, and of the document, what is not compiled code. */
  async held(): Promise<number> {
    await this.heap();
    return heldBytes(this.#cdp);
  }

  async #collect(): Promise<void> {
    await this.#cdp.send('HeapProfiler.collectGarbage');
  }

  async #metrics(): Promise<Map<string, number>> {
    const {metrics} = await this.#cdp.send('Performance.getMetrics');
    return new Map(metrics.map(({name, value}) => [name, value]));
  }
}
