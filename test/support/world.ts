import type {App} from './app.ts';
import {Proxy} from './proxy.ts';
import {startServer, temporaryFolder, type RunningServer} from './server-process.ts';
import {Tabs} from './tabs.ts';

/** A browser, the real server as a process, and a network between them that can fail. */
export class World {
  readonly proxy: Proxy;
  server: RunningServer;
  readonly #tabs: Tabs;
  readonly #data: Awaited<ReturnType<typeof temporaryFolder>>;
  #flags: readonly string[];
  readonly #ends: (() => Promise<void>)[] = [];

  private constructor(
    proxy: Proxy,
    server: RunningServer,
    tabs: Tabs,
    data: Awaited<ReturnType<typeof temporaryFolder>>,
    flags: readonly string[],
  ) {
    this.proxy = proxy;
    this.server = server;
    this.#tabs = tabs;
    this.#data = data;
    this.#flags = flags;
  }

  static async create(...more: string[]): Promise<World> {
    const [proxy, tabs, data] = await Promise.all([new Proxy().listen(), Tabs.launch(), temporaryFolder()]);
    const workspace = more.includes('--workspace') ? [] : ['--workspace', import.meta.dirname];
    const flags = ['--port', '0', ...workspace, '--origin', proxy.origin, ...more];
    const server = await startServer(data.path, ...flags);
    proxy.target = server.port;
    return new World(proxy, server, tabs, data, flags);
  }

  /** The demo page in a tab of a browser window that shares nothing with others. */
  open(path = '/'): Promise<App> {
    return this.openAt(this.proxy.origin + path);
  }

  /** A tab with any page, in a browser window of its own, or in that of another tab. */
  openAt(url: string, beside?: App): Promise<App> {
    return this.#tabs.open(url, beside);
  }

  /** Where the WebSocket is, through the network that can fail. */
  get url(): string {
    return `${this.proxy.origin.replace('http', 'ws')}/sync`;
  }

  /** From now on the server lets pages of this origin in; it is started again for that. */
  async admit(origin: string): Promise<void> {
    this.#flags = [...this.#flags, '--origin', origin];
    await this.server.end();
    await this.restartServer();
  }

  /** SIGKILL, as a crash or a full machine would do. */
  async killServer(): Promise<void> {
    await this.server.end('SIGKILL');
  }

  /** Starts again on the same data. */
  async restartServer(): Promise<void> {
    this.server = await startServer(this.#data.path, ...this.#flags);
    this.proxy.target = this.server.port;
  }

  /** Closes all tabs; returns what their consoles complained of. */
  async closeTabs(): Promise<string[]> {
    const complaints = await this.#tabs.close();
    this.proxy.restore();
    this.proxy.release();
    return complaints;
  }

  /** Runs when all has ended. */
  atEnd(run: () => Promise<void>): void {
    this.#ends.push(run);
  }

  async end(): Promise<void> {
    await this.#tabs.end();
    this.proxy.close();
    await this.server.end();
    await this.#data.remove();
    for (const run of this.#ends) await run();
  }
}
