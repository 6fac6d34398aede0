import {execFile} from 'node:child_process';
import {join} from 'node:path';
import {promisify} from 'node:util';
import type {App} from '../app.ts';
import {Proxy} from '../proxy.ts';
import {Tabs} from '../tabs.ts';
import {Pages} from './pages.ts';
import {StandIn} from './stand-in.ts';

const root = join(import.meta.dirname, '../../..');

/** A browser, a stand-in of the agent-runtime, and a network between them that can fail. */
export class RuntimeWorld {
  readonly proxy: Proxy;
  readonly server: StandIn;
  /** Another origin. */
  readonly pages: Pages;
  readonly #tabs: Tabs;

  private constructor(proxy: Proxy, server: StandIn, pages: Pages, tabs: Tabs) {
    this.pages = pages;
    this.proxy = proxy;
    this.server = server;
    this.#tabs = tabs;
  }

  static async create(): Promise<RuntimeWorld> {
    await promisify(execFile)(process.execPath, [join(root, 'scripts/build.mjs'), '--demo-if-stale']);
    const [proxy, tabs, server, pages] = await Promise.all([
      new Proxy().listen(),
      Tabs.launch(),
      new StandIn().listen(),
      new Pages().listen(),
    ]);
    proxy.target = server.port;
    return new RuntimeWorld(proxy, server, pages, tabs);
  }

  /** The demo page, pointed at the server by its address, in a window that shares nothing with others. */
  open(session?: string, from = this.proxy.origin): Promise<App> {
    const query = new URLSearchParams({backend: 'agent-runtime', url: this.proxy.origin, ...(session && {session})});
    return this.#tabs.open(`${from}/?${query.toString()}`);
  }

  /** Another window on what `app` looks at. */
  also(app: App): Promise<App> {
    return this.open(new URL(app.page.url()).searchParams.get('session') ?? '');
  }

  /** The same page, from another origin than the server's. */
  openElsewhere(): Promise<App> {
    return this.open(undefined, this.pages.origin);
  }

  /** Closes all tabs; returns what their consoles complained of. */
  async closeTabs(): Promise<string[]> {
    const complaints = await this.#tabs.close();
    this.proxy.restore();
    this.proxy.release();
    this.server.releasePosts();
    this.server.runtime.launchers = 1;
    Object.assign(this.server.executors, {isAway: false, isDeaf: false, isSlow: false, holdsCallbacks: false});
    return complaints;
  }

  async end(): Promise<void> {
    await this.#tabs.end();
    this.proxy.close();
    this.pages.close();
    await this.server.close();
  }
}
