import type {Browser} from 'puppeteer-core';
import {Tab, type Cost} from '../kit/tab.ts';
import type {Drawn, Pace} from './drive.ts';

/** `seconds` of the clock. */
export type Measurement = Cost & Drawn & {readonly seconds: number};

export interface Wanted {
  /** Characters of the answer. */
  readonly length: number;
  readonly pace: Pace;
  readonly plain: boolean;
  /** Milliseconds. */
  readonly patience: number;
  /** How many times slower the main thread is made. */
  readonly slow: number;
}

/** A page of its own that is told an answer. */
export async function measure(
  browser: Browser,
  address: string,
  {length, pace, plain, patience, slow}: Wanted,
): Promise<Measurement> {
  const tab = await Tab.open(browser, address);
  const {page} = tab;
  try {
    await page.waitForFunction(() => 'candidate' in window && 'drive' in window);
    await page.evaluate((length, plain) => window.drive.prepare(length, plain), length, plain);
    const begin = performance.now();
    const cost = await tab.cost(
      () => page.evaluate((pace, patience) => window.drive.write(pace, patience), pace, patience),
      slow,
    );
    const seconds = (performance.now() - begin) / 1000;
    return {...cost, seconds, ...(await page.evaluate(() => window.drive.drawn()))};
  } finally {
    await tab.close();
  }
}
