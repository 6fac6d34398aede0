import {expect, fixture, html, waitUntil} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import '../../define.ts';
import '../../inspector.ts';
import {FakeSocket} from '../../backend/session-sync/testkit.ts';
import {readExport, type ExportLine} from '../../backend/wire/export.ts';
import type {SessionContext} from '../session-context/session-context.ts';
import {pretendClipboard} from '../shared/clipboard/testkit.ts';
import {Scene, textOf} from '../shared/testkit.ts';
import type {SessionInspector} from './session-inspector.ts';

const WELCOME = {
  type: 'welcome',
  epoch: 'e',
  heartbeat_ms: 60_000,
  time: '2026-01-02T03:04:05.000Z',
  agents: [],
  capabilities: [],
};
const LIST = {
  type: 'snapshot',
  channel: 'sessions',
  seq: 1,
  state: {
    sessions: [
      {
        id: 'a',
        rev: 1,
        title: 'Fix the build',
        status: 'running',
        agent: 'x',
        created: '2026-01-02T03:04:05.000Z',
        updated: '2026-01-02T03:04:05.000Z',
      },
    ],
  },
};
const event = (seq: number, text: string) => ({
  type: 'event',
  channel: 'session:a',
  seq,
  time: '2026-01-02T03:04:05.000Z',
  event: {kind: 'message', id: `m${seq}`, turn: 't', role: 'agent', text},
});

/** The provider has a real backend, and the test is the network. */
class Watched extends Scene {
  readonly sockets: FakeSocket[];
  constructor(provider: SessionContext, sockets: FakeSocket[]) {
    super(provider, undefined as never);
    this.sockets = sockets;
  }
  get socket(): FakeSocket {
    return this.sockets.at(-1) as FakeSocket;
  }
  get element(): SessionInspector {
    return this.provider.querySelector('session-inspector') as SessionInspector;
  }
  get root(): ShadowRoot {
    return this.element.shadowRoot as ShadowRoot;
  }
  /** Of the rows that are rendered: the way and the kind. */
  get rows(): string[] {
    return [...this.root.querySelectorAll('.row')].map((row) =>
      ['.way .hidden', '.kind'].map((part) => row.querySelector(part)?.textContent).join(' '),
    );
  }
  get grid(): HTMLElement {
    return this.root.querySelector('.scroll') as HTMLElement;
  }
  get hits(): string {
    return textOf(this.root.querySelector('.hits') as Element);
  }
  override shows(...rows: string[]): Promise<void> {
    return this.until(() => JSON.stringify(this.rows) === JSON.stringify(rows), rows.join());
  }
  until(what: () => boolean, message = ''): Promise<void> {
    return waitUntil(what, message, {interval: 5});
  }
  /** What the button hands over as a file. */
  async exported(name: string | RegExp): Promise<string> {
    const {createObjectURL} = URL;
    const {click} = HTMLAnchorElement.prototype;
    let file: Blob | undefined;
    let called = '';
    URL.createObjectURL = (blob) => {
      file = blob as Blob;
      return createObjectURL.call(URL, blob);
    };
    HTMLAnchorElement.prototype.click = function () {
      called = this.download;
    };
    try {
      await this.click(name);
    } finally {
      URL.createObjectURL = createObjectURL;
      HTMLAnchorElement.prototype.click = click;
    }
    expect(called).to.match(/^session-frames-.*\.jsonl$/);
    return (await file?.text()) ?? '';
  }
  opens(): FakeSocket {
    return this.socket.opens().says(WELCOME, LIST);
  }
}

describe('session-inspector', () => {
  const {WebSocket} = window;
  let sockets: FakeSocket[] = [];
  beforeEach(() => {
    sockets = [];
    Object.assign(window, {
      WebSocket: class extends FakeSocket {
        constructor(url: string) {
          super(url);
          sockets.push(this);
        }
      },
    });
  });
  afterEach(() => void Object.assign(window, {WebSocket}));

  async function watched(inspector = true): Promise<Watched> {
    const provider = await fixture<SessionContext>(
      html`<session-context url="ws://host/sync?token=hunter2" .token=${'correct-horse'} persist="none">
        ${inspector ? html`<session-inspector></session-inspector>` : ''}
      </session-context>`,
    );
    await waitUntil(() => sockets.length === 1);
    return new Watched(provider, sockets);
  }

  it('shows every frame both ways, and what happens to the connection', async () => {
    const it = await watched();
    it.opens();
    await it.shows('Connection opening', 'Connection opened', 'Sent hello', 'Received welcome', 'Received snapshot');
    it.socket.closes(1012, 'restart');
    await it.until(() => it.rows.at(-1) === 'Connection waiting');
    expect(it.rows.at(-2)).to.equal('Connection closed');
    it.provider.disconnect();
    await it.until(() => it.rows.at(-1) === 'Connection idle');
    expect(it.root.querySelector('.late')).to.equal(null);
  });

  it('mounted late, it says so and shows what comes from now on', async () => {
    const it = await watched(false);
    it.opens();
    it.provider.append(document.createElement('session-inspector'));
    await it.until(() => !!it.root.querySelector('.late'));
    expect(it.rows).to.deep.equal([]);
    it.socket.says(event(1, 'now'));
    await it.shows('Received event message');
    it.element.remove();
    await waitUntil(() => !Object.hasOwn(it.socket, 'onmessage') || !descriptor(it.socket)?.get);
  });

  it('filters by direction, kind, session and text, and counts what is left', async () => {
    const it = await watched();
    it.opens().says(event(1, 'needle'), event(2, 'hay'));
    await it.until(() => it.hits === '7 of 7');
    await it.click('Connection');
    await it.click('Sent');
    await it.shows('Received welcome', 'Received snapshot', 'Received event message', 'Received event message');
    const choose = async (name: string, value: string) => {
      const select = await it.get<HTMLSelectElement>('combobox', name);
      select.value = value;
      select.dispatchEvent(new Event('change'));
    };
    await choose('Session', 'a');
    await it.until(() => it.hits === '2 of 7');
    expect(it.root.querySelector<HTMLSelectElement>('select[aria-label=Session]')?.textContent).to.include(
      'Fix the build (2)',
    );
    await choose('Kind', 'event message');
    const search = await it.get<HTMLInputElement>('searchbox', 'Search frames');
    search.value = 'NEEDLE';
    search.dispatchEvent(new Event('input'));
    await it.until(() => it.hits === '1 of 7');
    search.value = '(';
    search.dispatchEvent(new Event('input'));
    await it.until(() => it.hits === '0 of 7');
    expect(textOf(it.grid)).to.include('No frame matches.');
  });

  it('opens one frame by hand and by keyboard, and copies it', async () => {
    const it = await watched();
    const clipboard = pretendClipboard();
    try {
      it.opens().says(event(1, 'all of it'));
      await it.until(() => it.rows.length === 6);
      (it.root.querySelectorAll<HTMLElement>('.row')[5] as HTMLElement).click();
      await it.until(() => !!it.root.querySelector('pre'));
      expect(JSON.parse(it.root.querySelector('pre')?.textContent ?? '')).to.deep.equal(event(1, 'all of it'));
      await it.click('Copy this frame');
      await waitUntil(() => clipboard.text.includes('"all of it"'));
      it.grid.focus();
      await sendKeys({press: 'ArrowUp'});
      await it.until(() => it.root.querySelector('pre')?.textContent?.includes('"snapshot"') ?? false);
      const active = it.grid.getAttribute('aria-activedescendant') ?? '';
      expect(it.root.getElementById(active)?.ariaSelected).to.equal('true');
      await sendKeys({press: 'Home'});
      await it.until(() => it.root.querySelector('pre')?.textContent?.includes('"opening"') ?? false);
      await sendKeys({press: 'Escape'});
      await it.until(() => !it.root.querySelector('pre'));
      expect(it.root.activeElement).to.equal(it.grid);
    } finally {
      clipboard.restore();
    }
  });

  it('no secret is shown or exported', async () => {
    const it = await watched();
    it.opens().says(
      {type: 'error', code: 'x', message: 'correct-horse is wrong'},
      {
        ...event(1, 'Bearer abcdefgh'),
        password: 'p4ss',
      },
    );
    await it.until(() => it.rows.length === 7);
    for (const row of it.root.querySelectorAll<HTMLElement>('.row')) row.click();
    const exported = await it.exported('Export all');
    const everything = `${exported} ${it.root.textContent}`;
    for (const secret of ['correct-horse', 'hunter2', 'abcdefgh', 'p4ss']) expect(everything).not.to.include(secret);
    expect(everything).to.include('[redacted]');
  });

  it('exports all, or what is shown, with or without texts', async () => {
    const it = await watched();
    it.opens().says(event(1, 'needle'), event(2, 'hay'));
    await it.until(() => it.rows.length === 7);
    const all = readExport(await it.exported('Export all'));
    expect(all.length).to.equal(8);
    expect(all[0]).to.deep.include({direction: 'connection', generation: 0});
    expect(all.at(-1)).to.deep.include({direction: 'received', generation: 1, frame: event(2, 'hay')});
    await it.click('Connection');
    await it.click('Sent');
    const box = it.root.querySelector<HTMLInputElement>('input[type=checkbox]') as HTMLInputElement;
    box.click();
    const some = readExport(await it.exported(/^Export shown/));
    expect(some.map(({direction}) => direction).slice(1)).to.deep.equal(Array(4).fill('received'));
    expect((some[0] as ExportLine & {event: object}).event).to.include({filtered: true, withoutTexts: true});
    expect(some.at(-1)).to.deep.include({frame: event(2, 'xxx')});
  });

  it('pauses, and clears', async () => {
    const it = await watched();
    it.opens();
    await it.until(() => it.rows.length === 5);
    await it.click('Pause');
    it.socket.says(event(1, 'missed'));
    await it.until(() => textOf(it.root.querySelector('.foot') as Element).includes('1 not kept'));
    expect(it.rows.length).to.equal(5);
    await it.click('Pause');
    it.socket.says(event(2, 'kept'));
    await it.until(() => it.rows.length === 6);
    await it.click('Clear');
    await it.until(() => textOf(it.grid).includes('Nothing has come or gone yet.'));
  });

  it('renders of ten thousand frames only what is in sight, keeps the newest, and stays where a person reads', async () => {
    const it = await watched();
    it.element.style.height = '400px';
    it.opens();
    for (let seq = 1; seq <= 10_100; seq++) it.socket.says(event(seq, `message ${seq}`));
    await it.until(() => it.hits === '10000 of 10000');
    expect(it.rows.length).to.be.lessThan(60);
    expect(textOf(it.root.querySelector('.foot') as Element)).to.include('105 dropped');
    const last = () => [...it.root.querySelectorAll('.row')].at(-1)?.textContent ?? '';
    expect(last()).to.include('message 10100');
    expect(it.grid.scrollHeight - it.grid.scrollTop - it.grid.clientHeight).to.be.lessThan(2);
    it.grid.scrollTop = 5000;
    await it.get('button', 'Latest');
    const atTop = () => {
      const {top} = it.grid.getBoundingClientRect();
      const row = [...it.root.querySelectorAll('.row')].find((each) => each.getBoundingClientRect().bottom > top + 40);
      return row?.querySelector('.content')?.textContent;
    };
    const before = atTop();
    for (let seq = 10_101; seq <= 10_150; seq++) it.socket.says(event(seq, `message ${seq}`));
    await it.until(() => textOf(it.root.querySelector('.foot') as Element).includes('155 dropped'));
    expect(atTop()).to.equal(before);
    await it.click('Latest');
    await it.until(() => last().includes('message 10150'));
  });

  it('is accessible, light and dark', async () => {
    const it = await watched();
    it.opens().says(event(1, 'one'), 'no JSON');
    await it.until(() => it.rows.length === 7);
    (it.root.querySelectorAll<HTMLElement>('.row')[3] as HTMLElement).click();
    await it.until(() => !!it.root.querySelector('pre'));
    for (const colorScheme of ['light', 'dark'] as const) {
      it.provider.style.colorScheme = colorScheme;
      getComputedStyle(it.grid).color;
      await Promise.all(it.root.getAnimations().map(({finished}) => finished));
      await expect(it.provider).to.be.accessible();
    }
  });
});

const descriptor = (socket: FakeSocket) => Object.getOwnPropertyDescriptor(socket, 'onmessage');
