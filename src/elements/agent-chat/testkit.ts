import {fixture, html, waitUntil} from '@open-wc/testing';
import {createMemoryBackend, type MemoryBackend, type MemoryHandlers} from '../../backend/memory/memory-backend.ts';
import {laterEnglish} from '../../context/later-strings.ts';
import {addEnglish} from '../../context/strings.ts';
import type {ThreadEvent} from '../../model/events.ts';
import type {SessionStore} from '../../store/session-store.ts';
import {SessionContext} from '../session-context/session-context.ts';
import {sharedElements} from '../shared/elements.ts';
import type {AgentChat} from './agent-chat.ts';
import {agentChatElements} from './elements.ts';
import {agentChatLaterElements} from './later-elements.ts';
import {addItemRenderers} from './item-renderers.ts';
import {otherItems} from './other-items.ts';

const define = (tag: string, element: CustomElementConstructor): void => {
  if (!customElements.get(tag)) customElements.define(tag, element);
};
define('session-context', SessionContext);
for (const [tag, element] of [...sharedElements, ...agentChatElements, ...agentChatLaterElements]) define(tag, element);
addItemRenderers(otherItems);
addEnglish(laterEnglish);

const selectors: Record<string, string> = {
  article: 'article',
  button: 'button',
  textbox: 'textarea',
  combobox: 'select',
  list: 'ul',
  group: '[role="group"]',
  log: '[role="log"]',
  status: '[role="status"]',
  note: '[role="note"]',
  alert: '[role="alert"]',
};

export const nameOf = (element: Element): string =>
  element.getAttribute('aria-label') ?? (element.textContent ?? '').replace(/\s+/g, ' ').trim();

/** A chat under its provider, with a server that is the test. What it finds it finds by role and name. */
export class ChatScene {
  readonly provider: SessionContext;
  readonly chat: AgentChat;
  readonly memory: MemoryBackend;

  constructor(provider: SessionContext, chat: AgentChat, memory: MemoryBackend) {
    this.provider = provider;
    this.chat = chat;
    this.memory = memory;
  }

  get store(): SessionStore {
    return this.provider.store;
  }

  all<E extends HTMLElement = HTMLElement>(role: string, name?: string | RegExp): E[] {
    const found = [...(this.chat.shadowRoot?.querySelectorAll<E>(selectors[role] ?? role) ?? [])];
    if (name === undefined) return found;
    return found.filter((each) => (typeof name === 'string' ? nameOf(each) === name : name.test(nameOf(each))));
  }

  has(role: string, name?: string | RegExp): boolean {
    return this.all(role, name).length > 0;
  }

  async get<E extends HTMLElement = HTMLElement>(role: string, name?: string | RegExp): Promise<E> {
    await waitUntil(() => this.has(role, name), `no ${role} ${name ?? ''}`, {interval: 5});
    return this.all<E>(role, name)[0] as E;
  }

  async gone(role: string, name?: string | RegExp): Promise<void> {
    await waitUntil(() => !this.has(role, name), `still a ${role} ${name ?? ''}`, {interval: 5});
  }

  async click(name: string): Promise<void> {
    (await this.get('button', name)).click();
  }

  get box(): HTMLTextAreaElement {
    return this.all<HTMLTextAreaElement>('textbox', 'Message')[0] as HTMLTextAreaElement;
  }

  async type(text: string): Promise<void> {
    const box = await this.get<HTMLTextAreaElement>('textbox', 'Message');
    box.focus();
    box.value = text;
    box.dispatchEvent(new InputEvent('input', {bubbles: true, composed: true}));
    await this.chat.updateComplete;
  }

  press(init: KeyboardEventInit): KeyboardEvent {
    const event = new KeyboardEvent('keydown', {bubbles: true, cancelable: true, composed: true, ...init});
    this.box.dispatchEvent(event);
    return event;
  }

  async send(text: string): Promise<void> {
    await this.type(text);
    this.press({key: 'Enter'});
    await this.chat.updateComplete;
  }

  /** What stands in the conversation: name and text of each message. */
  get said(): string[] {
    return this.all('article').map(
      (article) => `${nameOf(article)}: ${article.querySelector('[part~="message-body"]')?.textContent}`,
    );
  }

  get status(): string {
    return nameOf(this.all('status')[0] as HTMLElement);
  }

  /** The session `s`, selected, with a log of its own. */
  async open(events: readonly ThreadEvent[] = [], session: Partial<Parameters<MemoryBackend['put']>[0]> = {}) {
    this.memory.put({id: 's', title: 'Session', ...session});
    for (const event of events) this.memory.event('s', event);
    this.provider.selected = 's';
    await this.chat.updateComplete;
    await this.chat.updateComplete;
  }

  /** The commands of one kind that have reached the server. */
  commands(op: string) {
    return this.memory.delivered.filter((command) => command.op === op);
  }
}

export interface SceneOptions {
  readonly handlers?: MemoryHandlers;
  readonly welcome?: Parameters<MemoryBackend['welcome']>[0] | false;
  readonly memory?: MemoryBackend;
}

export async function chatScene({handlers, welcome = {}, memory = createMemoryBackend(handlers)}: SceneOptions = {}) {
  const provider = await fixture<SessionContext>(
    html`<session-context .backend=${memory.factory} persist="none"><agent-chat></agent-chat></session-context>`,
  );
  const chat = provider.querySelector('agent-chat') as AgentChat;
  chat.style.setProperty('block-size', '400px');
  if (welcome && memory.status !== 'open') memory.welcome(welcome);
  await chat.updateComplete;
  return new ChatScene(provider, chat, memory);
}

export const mine = (text: string, id = text): ThreadEvent => ({kind: 'message', id, turn: 't', role: 'user', text});
export const theirs = (text: string, id = text): ThreadEvent => ({kind: 'message', id, turn: 't', role: 'agent', text});
