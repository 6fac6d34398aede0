import {mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {withVariable} from '../acp/rig.ts';
import type {App} from '../support/app.ts';
import {World} from '../support/world.ts';
import type {KnownAgent} from './known/known-agent.ts';
import {NOTES, notes, prompts} from './models/script.ts';
import {startModel, type Model} from './models/server.ts';
import {Names} from './names.ts';

/** Starting an agent takes up to 12 s on a busy machine, and its first session some more. */
const PATIENCE_MS = 90_000;
const LOOK_MS = 100;
/** High enough for a change that was approved and for a command below it. */
const PICTURE = {width: 1100, height: 1250};

/** A real agent behind the real server, a model that is scripted, and a page. */
export class Stage {
  readonly agent: KnownAgent;
  readonly app: App;
  readonly names: Names;
  readonly #world: World;
  readonly #model: Model;
  readonly #home: string;
  readonly #file: string;

  private constructor(
    agent: KnownAgent,
    at: {world: World; names: Names; model: Model; app: App; home: string; file: string},
  ) {
    this.agent = agent;
    this.app = at.app;
    this.names = at.names;
    this.#world = at.world;
    this.#model = at.model;
    this.#home = at.home;
    this.#file = at.file;
  }

  /** `folder` is the one that the agent works on; it is seen on pictures. */
  static async open(agent: KnownAgent, folder: string, home: string, log: (line: string) => void): Promise<Stage> {
    const file = join(folder, NOTES);
    write(file, notes);
    const names = await Names.listen();
    const model = await startModel(agent.api, (call, tools) => agent.use(call, file, tools), log);
    const {files, env} = agent.settings(model.url);
    for (const [path, text] of Object.entries(files)) write(join(home, path), text);
    // The server is started with the environment of this process, which runs for nothing else.
    Object.assign(process.env, env, {HOME: home});
    const world = await World.create('--workspace', folder, '--agent', agent.name);
    const app = await world.open();
    app.patience = PATIENCE_MS;
    const stage = new Stage(agent, {world, names, model, app, home, file});
    await stage.#choose();
    return stage;
  }

  /** The new conversation is to be with the agent. */
  async #choose(): Promise<void> {
    const {title} = await this.app.page
      .waitForFunction(
        (id) => {
          const select = window.probe
            .all('select')
            .find((each): each is HTMLSelectElement =>
              [...(each as HTMLSelectElement).options].some(({value}) => value === id),
            );
          if (!select) return undefined;
          select.value = id;
          select.dispatchEvent(new Event('change', {bubbles: true, composed: true}));
          return {title: select.selectedOptions[0]?.text ?? ''};
        },
        {polling: 'raf', timeout: PATIENCE_MS},
        this.agent.name,
      )
      .then((handle) => handle.jsonValue() as Promise<{title: string}>);
    if (title === '') throw new Error('the page does not offer the agent');
  }

  /** Says it, and waits until the conversation has a text that answers it. */
  async ask(prompt: keyof typeof prompts): Promise<void> {
    await this.app.say(prompts[prompt]);
    await this.app.untilText(prompts[prompt]);
  }

  /** The status of the only session there is. */
  untilStatus(...wanted: string[]): Promise<void> {
    return this.app.until(
      (words) =>
        window.probe
          .all('[part~=row-status]')
          .some((status) => words.some((word) => status.textContent?.includes(word))),
      wanted,
    );
  }

  /** Allows or rejects, once, what is asked. */
  async decide(answer: 'allow' | 'reject'): Promise<void> {
    await this.app.press(this.agent[answer]);
  }

  /** What of these texts is on the page first. */
  async firstOf(...texts: string[]): Promise<string> {
    const handle = await this.app.page.waitForFunction(
      (wanted) => {
        const shown = window.probe.text();
        return wanted.find((each) => shown.includes(each));
      },
      {polling: 'raf', timeout: PATIENCE_MS},
      texts,
    );
    return (await handle.jsonValue()) ?? '';
  }

  /** Opens the last call of a tool, or the last thought. */
  async unfold(part: 'tool' | 'thought'): Promise<void> {
    await this.app.until((name) => {
      const row = window.probe.all(`[part~=${name}]`).at(-1)?.querySelector('button.row');
      if (row?.getAttribute('aria-expanded') === 'false') (row as HTMLElement).click();
      return row?.getAttribute('aria-expanded') === 'true';
    }, part);
  }

  /** Waits until a text stands in the last of that kind. */
  untilIn(part: 'tool' | 'approval', text: string): Promise<void> {
    return this.app.until(
      (name, wanted) => {
        const last = window.probe.all(`[part~=${name}]`).at(-1);
        return last !== undefined && window.probe.text(last).includes(wanted);
      },
      part,
      text,
    );
  }

  /** What stands in the last of that kind. */
  lastText(part: 'tool' | 'thought'): Promise<string> {
    return this.app.page.evaluate((name) => {
      const last = window.probe.all(`[part~=${name}]`).at(-1);
      return last ? window.probe.text(last) : '';
    }, part);
  }

  get notes(): string {
    return readFileSync(this.#file, 'utf8');
  }

  set notes(text: string) {
    writeFileSync(this.#file, text);
  }

  /** Command lines of what runs on behalf of the agent, itself included, that have these words in them. */
  async processes(words = ''): Promise<string[]> {
    const pids = await withVariable(`HOME=${this.#home}`);
    const marked = await Promise.all(
      pids.map(async (pid) => {
        const environ = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '');
        if (!environ.includes('AGENT_SESSION_PROCESS=')) return [];
        const line = await readFile(`/proc/${pid}/cmdline`, 'latin1').catch(() => '');
        return [line.replaceAll('\0', ' ').trim()];
      }),
    );
    return marked.flat().filter((line) => line.includes(words));
  }

  /** Waits until the command lines with these words are so. */
  async untilProcesses(words: string, holds: (lines: readonly string[]) => boolean): Promise<void> {
    const until = performance.now() + PATIENCE_MS;
    for (;;) {
      const lines = await this.processes(words);
      if (holds(lines)) return;
      if (performance.now() > until) throw new Error(`processes with “${words}”: ${lines.join('; ') || 'none'}`);
      await sleep(LOOK_MS);
    }
  }

  /** SIGTERM as at an update, and the same data again. */
  async restart(): Promise<void> {
    await this.#world.server.end();
    const left = await this.processes();
    await this.#world.restartServer();
    if (left.length > 0) throw new Error(`after the end of the server ran: ${left.join('; ')}`);
  }

  /** What is still open after a check that did not hold is stopped, so that the next one can begin. */
  async settle(): Promise<void> {
    const isOpen = await this.app.page.evaluate(() =>
      window.probe.all('button').some((button) => window.probe.name(button) === 'Stop' && button.checkVisibility()),
    );
    if (!isOpen) return;
    await this.app.press('Stop');
    await this.untilStatus('Stopped', 'Finished', 'Failed');
  }

  /** The end of the conversation. */
  async picture(): Promise<Uint8Array> {
    await this.app.page.setViewport(PICTURE);
    await this.app.until(() => {
      const jump = window.probe.all('button').find((button) => window.probe.name(button) === 'Jump to latest');
      if (!jump?.checkVisibility()) return true;
      (jump as HTMLElement).click();
      return false;
    });
    return this.app.page.screenshot({type: 'png'});
  }

  get serverLog(): string {
    return this.#world.server.log();
  }

  async close(): Promise<void> {
    await this.#world.closeTabs();
    await this.#world.end();
    this.#model.close();
    this.names.close();
  }
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), {recursive: true});
  writeFileSync(path, text);
}

export const remove = (folder: string): void => rmSync(folder, {recursive: true, force: true});
