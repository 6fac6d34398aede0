import puppeteer, {type Browser, type BrowserContext, type Page} from 'puppeteer-core';
import {launchOptions} from '../../scripts/browser.mjs';

export const launch = (): Promise<Browser> => puppeteer.launch({...launchOptions(), protocolTimeout: 60_000});

/** Functions that run in the page; it is searched through all open shadow roots. */
interface Probe {
  all(selector: string): Element[];
  name(element: Element): string;
  /** What stands in it, or on the whole page, with each run of spaces as one. */
  text(within?: Node): string;
}

declare global {
  interface Window {
    probe: Probe;
    samples: string[][];
  }
}

function installProbe(): void {
  const all = (selector: string, root: Document | ShadowRoot | Element = document): Element[] => {
    const found: Element[] = [];
    const walk = (node: ParentNode): void => {
      for (const element of node.querySelectorAll('*')) {
        if (element.matches(selector)) found.push(element);
        if (element.shadowRoot) walk(element.shadowRoot);
      }
    };
    walk(root);
    return found;
  };
  const name = (element: Element): string => {
    const labelled = element.getAttribute('aria-labelledby');
    const root = element.getRootNode() as Document | ShadowRoot;
    const label = labelled
      ? labelled
          .split(' ')
          .map((id) => root.getElementById(id)?.textContent ?? '')
          .join(' ')
      : '';
    return (element.getAttribute('aria-label') ?? label) || (element.textContent ?? '');
  };
  const texts = (node: Node): string =>
    node instanceof Element && ['STYLE', 'SCRIPT'].includes(node.tagName)
      ? ''
      : node.nodeType === Node.TEXT_NODE
        ? (node.textContent ?? '')
        : [...(node instanceof Element && node.shadowRoot ? [node.shadowRoot] : []), ...node.childNodes]
            .map(texts)
            .join(' ');
  window.probe = {
    all: (selector) => all(selector),
    name: (element) => name(element).trim(),
    text: (within = document.body) => texts(within).replace(/\s+/g, ' ').trim(),
  };
}

/** One tab with one of our pages, through the verbs that a person has. */
export class App {
  readonly page: Page;
  /** What the console said that it should not have. */
  readonly complaints: string[] = [];
  /** Milliseconds that are waited for what should come. */
  patience = 20_000;

  private constructor(page: Page) {
    this.page = page;
  }

  static async open(where: Browser | BrowserContext, url: string): Promise<App> {
    const app = await App.blank(where);
    await app.page.goto(url);
    return app;
  }

  /** A tab in which nothing is loaded yet. */
  static async blank(where: Browser | BrowserContext): Promise<App> {
    const page = await where.newPage();
    const app = new App(page);
    await page.setViewport({width: 1280, height: 800});
    // The loader of these tests marks functions with their names by a helper, which the page has not.
    await page.evaluateOnNewDocument('globalThis.__name = (value) => value');
    await page.evaluateOnNewDocument(installProbe);
    page.on('pageerror', (error) => app.complaints.push(String(error)));
    page.on('console', (message) => {
      const text = message.text();
      // A connection that is refused on purpose is written to the console by the browser itself.
      if (message.type() === 'error' && !/WebSocket connection|net::ERR_|Failed to load resource/.test(text)) {
        app.complaints.push(text);
      }
    });
    return app;
  }

  /** Waits until `condition`, which runs in the page, is true. */
  async until<T extends unknown[]>(condition: (...args: T) => boolean, ...args: T): Promise<void> {
    await this.page.waitForFunction(
      condition as (...args: unknown[]) => boolean,
      {polling: 'raf', timeout: this.patience},
      ...args,
    );
  }

  /** The button of that name, once it is there and can be pressed. */
  async press(name: string | RegExp): Promise<void> {
    const source = typeof name === 'string' ? `^${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$` : name.source;
    const handle = await this.page.waitForFunction(
      (pattern) =>
        window.probe
          .all('button')
          .find(
            (button) =>
              new RegExp(pattern).test(window.probe.name(button)) &&
              !(button as HTMLButtonElement).disabled &&
              button.checkVisibility(),
          ),
      {polling: 'raf', timeout: this.patience},
      source,
    );
    const button = handle.asElement();
    if (!button) throw new Error(`no button ${source}`);
    await (button as import('puppeteer-core').ElementHandle<Element>).evaluate((element) =>
      (element as HTMLElement).click(),
    );
  }

  /** Types into the box named "Message" as a person does, and presses Enter. */
  async say(text: string): Promise<void> {
    await this.type(text);
    await this.page.keyboard.press('Enter');
  }

  async type(text: string): Promise<void> {
    const box = await this.page.waitForFunction(
      () => window.probe.all('textarea').find((box) => window.probe.name(box) === 'Message'),
      {polling: 'raf', timeout: this.patience},
    );
    await (box as import('puppeteer-core').ElementHandle<HTMLTextAreaElement>).focus();
    await this.page.keyboard.type(text);
  }

  /** Presses Tab until the focus is on what has that name; a person would give up after a hundred. */
  async tabTo(name: string | RegExp): Promise<void> {
    const names: string[] = [];
    for (let presses = 0; presses < 100; presses++) {
      const focused = await this.page.evaluate(() => {
        let active = document.activeElement;
        while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
        return active ? window.probe.name(active) : '';
      });
      if (typeof name === 'string' ? focused === name : name.test(focused)) return;
      names.push(focused.slice(0, 40));
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`Tab never came to ${String(name)}, but to ${[...new Set(names)].join(' | ')}`);
  }

  /** `name: text` of each message, in the order on screen. */
  messages(): Promise<string[]> {
    return this.page.evaluate(() =>
      window.probe.all('[role=article], article').map((article) => {
        const [body] = [...article.querySelectorAll('[part~=message-body]')];
        const inner = body ?? article.shadowRoot?.querySelector('[part~=message-body]') ?? article;
        return `${window.probe.name(article)}: ${(inner.textContent ?? '').trim()}`;
      }),
    );
  }

  async untilMessages(...expected: (string | RegExp)[]): Promise<void> {
    const patterns = expected.map((line) =>
      typeof line === 'string' ? `^${line.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$` : line.source,
    );
    try {
      await this.until((wanted) => {
        const lines = window.probe.all('[role=article], article').map((article) => {
          const body = article.querySelector('[part~=message-body]') ?? article;
          return `${window.probe.name(article)}: ${(body.textContent ?? '').trim()}`;
        });
        return (
          lines.length === wanted.length &&
          wanted.every((pattern, index) => new RegExp(pattern).test(lines[index] ?? ''))
        );
      }, patterns);
    } catch (cause) {
      throw new Error(`expected ${patterns.join(' | ')}\nbut there is ${(await this.messages()).join(' | ')}`, {cause});
    }
  }

  /** Waits until the row of that title in the list shows that status. */
  untilRow(title: string, status: string): Promise<void> {
    return this.until(
      (wanted, word) =>
        window.probe
          .all('[part~=row]')
          .some(
            (row) =>
              row.textContent?.includes(wanted) && row.querySelector('[part~=row-status]')?.textContent?.includes(word),
          ),
      title,
      status,
    );
  }

  /** Waits until the text is somewhere on the page. */
  untilText(text: string): Promise<void> {
    return this.until((wanted) => window.probe.text().includes(wanted), text);
  }

  /** From now on, remembers at every frame the texts of all messages. */
  watchFrames(): Promise<void> {
    return this.page.evaluate(() => {
      window.samples = [];
      const sample = (): void => {
        window.samples.push(window.probe.all('[role=article], article').map((article) => article.textContent ?? ''));
        requestAnimationFrame(sample);
      };
      sample();
    });
  }

  frames(): Promise<string[][]> {
    return this.page.evaluate(() => window.samples);
  }

  close(): Promise<void> {
    return this.page.close();
  }
}
