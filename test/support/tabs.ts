import type {Browser, BrowserContext} from 'puppeteer-core';
import {App, launch} from './app.ts';

/** Pages in the windows of a browser. */
export class Tabs {
  readonly #browser: Browser;
  readonly #windows: BrowserContext[] = [];
  readonly #apps: App[] = [];

  private constructor(browser: Browser) {
    this.#browser = browser;
  }

  static async launch(): Promise<Tabs> {
    return new Tabs(await launch());
  }

  /** In a window of its own, which shares nothing with others, or in that of another tab. */
  async open(url: string, beside?: App): Promise<App> {
    const window = beside?.page.browserContext() ?? (await this.#browser.createBrowserContext());
    if (!beside) this.#windows.push(window);
    const app = await App.open(window, url);
    this.#apps.push(app);
    return app;
  }

  /** Closes all; returns what their consoles complained of. */
  async close(): Promise<string[]> {
    const complaints = this.#apps.flatMap((app) => app.complaints);
    await Promise.all(this.#windows.map((window) => window.close()));
    this.#apps.length = 0;
    this.#windows.length = 0;
    return complaints;
  }

  /** And the browser with them. */
  async end(): Promise<void> {
    await this.#browser.close();
  }
}
