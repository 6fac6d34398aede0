import type {BrowserContext, CDPSession, KeyInput} from 'puppeteer-core';
import {App} from '../support/app.ts';
import {
  enterBox,
  leaveUnasked,
  openRow,
  pressNow,
  readCondition,
  readRows,
  readThread,
  removeQueued,
  shiftClock,
  type Condition,
} from './in-page.ts';

/** How long a person looks at a page that does not come before they load it again, in milliseconds. */
const PATIENCE = 4_000;

/** One tab with the demo, as a person uses it who does what can be done at this moment, and waits for nothing. */
export class Tab {
  readonly name: string;
  readonly app: App;
  readonly #devtools: CDPSession;
  /** Where it was last seen: a page that does not load has no address. */
  #url: string;
  #isFrozen = false;
  #loading: Promise<void> | undefined;

  private constructor(name: string, app: App, devtools: CDPSession, url: string) {
    this.name = name;
    this.app = app;
    this.#devtools = devtools;
    this.#url = url;
  }

  /** `before`: what runs in each page before its own scripts. */
  static async open(where: BrowserContext, name: string, url: string, before?: string): Promise<Tab> {
    const app = await App.blank(where);
    await app.page.evaluateOnNewDocument(leaveUnasked);
    if (before) await app.page.evaluateOnNewDocument(before);
    const devtools = await app.page.createCDPSession();
    // Both tabs are used at once, as if each had a screen of its own.
    await devtools.send('Emulation.setFocusEmulationEnabled', {enabled: true});
    const tab = new Tab(name, app, devtools, url);
    tab.#load(() => app.page.goto(url, {waitUntil: 'load', timeout: PATIENCE}));
    return tab;
  }

  /** Somebody can do something with it now. */
  get isUsable(): boolean {
    return !this.#isFrozen && !this.#loading;
  }

  /** Undefined: there is nothing that could be asked. */
  async condition(): Promise<Condition | undefined> {
    if (!this.isUsable) return undefined;
    const condition = await this.app.page.evaluate(readCondition);
    if (condition.isAlive) this.#url = this.app.page.url();
    return condition;
  }

  // ---- what a person does -------------------------------------------------------------------------------------------

  /** Types and sends; returns what went, and where to, or undefined if nothing could be sent. */
  async say(text: string): Promise<{readonly text: string; readonly session: string} | undefined> {
    const {page} = this.app;
    if (!(await page.evaluate(enterBox))) return undefined;
    if (text) await page.keyboard.sendCharacter(text);
    const before = await this.condition();
    await page.keyboard.press('Enter' satisfies KeyInput);
    const after = await this.condition();
    if (!before?.box.trim() || !after?.session || after.box.trim()) return undefined;
    return {text: before.box.trim(), session: after.session};
  }

  press(pattern: string): Promise<boolean> {
    return this.app.page.evaluate(pressNow, pattern);
  }

  open(which: number | string, nth = 0): Promise<boolean> {
    return this.app.page.evaluate(openRow, which, nth);
  }

  remove(): Promise<string | undefined> {
    return this.app.page.evaluate(removeQueued);
  }

  thread(): Promise<string[] | undefined> {
    return this.app.page.evaluate(readThread);
  }

  rows(): Promise<string[]> {
    return this.app.page.evaluate(readRows);
  }

  // ---- what happens to it -------------------------------------------------------------------------------------------

  reload(): void {
    const {page} = this.app;
    const again = () => page.goto(this.#url, {waitUntil: 'load', timeout: PATIENCE});
    // A page that could not be loaded is the browser's own, and would only come again.
    const isOurs = page.url().startsWith('http');
    this.#load(() => (isOurs ? page.reload({waitUntil: 'load', timeout: PATIENCE}) : again()));
  }

  async freeze(isFrozen: boolean): Promise<void> {
    this.#isFrozen = isFrozen;
    await this.#devtools.send('Page.setWebLifecycleState', {state: isFrozen ? 'frozen' : 'active'});
  }

  async offline(isOffline: boolean): Promise<void> {
    await this.app.page.setOfflineMode(isOffline);
  }

  async slow(times: number): Promise<void> {
    await this.app.page.emulateCPUThrottling(times);
  }

  /** From now on, and in the pages to come. */
  async shiftClock(ms: number): Promise<void> {
    await this.app.page.evaluateOnNewDocument(shiftClock, ms);
    if (this.isUsable) await this.app.page.evaluate(shiftClock, ms);
  }

  /** Once nothing is wrong any more: a page that has not come is loaded until it does. */
  async revive(): Promise<void> {
    for (let tries = 0; ; tries += 1) {
      await this.#loading;
      if ((await this.condition())?.isAlive) return;
      if (tries === 5) throw new Error(`tab ${this.name} does not load`);
      this.reload();
    }
  }

  close(): Promise<void> {
    return this.app.close();
  }

  #load(load: () => Promise<unknown>): void {
    const loading = load()
      // What does not load now is loaded again when the network is well. As long as it tries, nothing can be asked.
      .catch(() => this.#devtools.send('Page.stopLoading'))
      .then(() => {
        if (this.#loading === loading) this.#loading = undefined;
      });
    this.#loading = loading;
  }
}
