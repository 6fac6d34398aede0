import {rm} from 'node:fs/promises';
import type {Browser, BrowserContext} from 'puppeteer-core';
import {Proxy} from '../support/proxy.ts';
import {startServer, temporaryFolder, type RunningServer} from '../support/server-process.ts';
import {rewriting, type Rewrite} from './frames.ts';
import {Ledger} from './ledger.ts';
import {Tab} from './tab.ts';

/**
 * Milliseconds, in place of the server's own heartbeat, which is longer than a round: a dead connection is noticed after
 * three of them.
 */
const HEARTBEAT = 600;

export interface Mistake {
  /** What the network makes of what the server says. */
  readonly network?: Rewrite;
  /** A script that runs in each page before its own. */
  readonly page?: string;
}

/** A browser window with two tabs, the real server as a process, and a network between them that can fail. */
export class Rig {
  readonly proxy: Proxy;
  readonly ledger = new Ledger();
  /** Where the server keeps what is true. */
  readonly data: string;
  /** How many frames of the server until one is lost. */
  swallow = 0;
  readonly #context: BrowserContext;
  readonly #mistake: Mistake;
  readonly #flags: readonly string[];
  readonly #tabs: [Tab?, Tab?] = [];
  /** Of tabs that are closed. */
  readonly #complaints: string[] = [];
  #server: RunningServer | undefined;
  #opened = 0;
  #log = '';

  private constructor(proxy: Proxy, context: BrowserContext, data: string, mistake: Mistake) {
    this.proxy = proxy;
    this.data = data;
    this.#context = context;
    this.#mistake = mistake;
    this.#flags = ['--workspace', import.meta.dirname, '--origin', proxy.origin];
    proxy.tamper = () => rewriting((text) => this.#rewrite(text));
  }

  static async create(browser: Browser, mistake: Mistake = {}): Promise<Rig> {
    const proxy = await new Proxy().listen();
    const {path} = await temporaryFolder();
    const rig = new Rig(proxy, await browser.createBrowserContext(), path, mistake);
    await rig.startServer();
    await Promise.all([rig.openTab(0), rig.openTab(1)]);
    return rig;
  }

  /** The first is always there. */
  get tabs(): readonly Tab[] {
    return this.#tabs.filter((tab) => tab !== undefined);
  }

  tab(place: 0 | 1): Tab | undefined {
    return this.#tabs[place];
  }

  /** The tab of that place, if there is none. */
  async openTab(place: 0 | 1): Promise<boolean> {
    if (this.#tabs[place]) return false;
    this.#opened += 1;
    const name = `${place === 0 ? 'A' : 'B'}${this.#opened}`;
    const tab = await Tab.open(this.#context, name, `${this.proxy.origin}/`, this.#mistake.page);
    this.#tabs[place] = tab;
    return true;
  }

  /** The second tab, unless it would lose words; then a person stays. */
  async closeTab(): Promise<boolean> {
    const tab = this.#tabs[1];
    const condition = await tab?.condition();
    if (!tab || !condition?.isAlive || condition.isUnsettled || condition.box) return false;
    delete this.#tabs[1];
    this.#complaints.push(...complaintsOf(tab));
    await tab.close();
    return true;
  }

  /** The port stays the same, also over a restart. */
  async startServer(): Promise<void> {
    const port = this.#server?.port ?? 0;
    this.#server = await startServer(this.data, '--port', String(port), ...this.#flags);
    this.proxy.target = this.#server.port;
  }

  async endServer(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    await this.#server?.end(signal);
    this.#log += this.#server?.log() ?? '';
  }

  /** All that the server has logged in this world. */
  get log(): readonly string[] {
    const log = this.#log + (this.#server?.log() ?? '');
    return log.split('\n').filter(Boolean);
  }

  /** What the server has logged as its own fault, and that it has ended by itself. */
  get faults(): readonly string[] {
    const errors = this.log.filter((line) => line.includes('"level":"error"'));
    return this.#server?.isRunning() ? errors : [...errors, 'it does not run any more'];
  }

  /** What the consoles of all tabs said that they should not have. */
  get complaints(): readonly string[] {
    return [...this.#complaints, ...this.tabs.flatMap(complaintsOf)];
  }

  async end(): Promise<void> {
    await this.#context.close();
    this.proxy.close();
    await this.#server?.end('SIGKILL');
    await rm(this.data, {recursive: true, force: true});
  }

  #rewrite(text: string): string | undefined {
    // A connection that begins with anything but a welcome is given up for good, as it has to be.
    if (this.swallow > 0 && !text.startsWith('{"type":"welcome"') && (this.swallow -= 1) === 0) return undefined;
    const quick = text.replace(/"heartbeat_ms":\d+/, `"heartbeat_ms":${HEARTBEAT}`);
    return this.#mistake.network ? this.#mistake.network(quick) : quick;
  }
}

const complaintsOf = ({name, app}: Tab): string[] => app.complaints.map((line) => `${name}: ${line}`);
