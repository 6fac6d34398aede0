import {fixture, html, waitUntil} from '@open-wc/testing';
import type {TemplateResult} from 'lit';
import {createMemoryBackend, type MemoryBackend, type MemoryHandlers} from '../../backend/memory/memory-backend.ts';
import type {Session} from '../../model/session.ts';
import type {SessionContext} from '../session-context/session-context.ts';

/** All elements below `root`, also in shadow roots. */
export function* deep(root: ParentNode): Iterable<HTMLElement> {
  for (const element of root.querySelectorAll<HTMLElement>('*')) {
    yield element;
    if (element.shadowRoot) yield* deep(element.shadowRoot);
  }
}

const roleOf = (element: HTMLElement): string => {
  const given = element.getAttribute('role');
  if (given) return given;
  if (element instanceof HTMLInputElement)
    return {search: 'searchbox', checkbox: 'checkbox'}[element.type] ?? 'textbox';
  if (element.localName === 'section' && element.ariaLabel) return 'region';
  return {select: 'combobox', a: 'link', p: 'paragraph'}[element.localName] ?? element.localName;
};

/** The text that is read out: not what is hidden from that. */
export const textOf = (node: Node): string => {
  if (node instanceof Text) return node.data;
  if (node instanceof Element && node.getAttribute('aria-hidden') === 'true') return '';
  return [...node.childNodes].map(textOf).join('').replace(/\s+/g, ' ');
};

export const nameOf = (element: HTMLElement): string => {
  const labels = element.getAttribute('aria-labelledby');
  const label = labels && (element.getRootNode() as Document | ShadowRoot).getElementById(labels);
  return (element.getAttribute('aria-label') ?? textOf(label || element)).trim();
};

/** The server is the test, the page has one provider, and what is found is found by role and name. */
export class Scene {
  readonly provider: SessionContext;
  readonly memory: MemoryBackend;

  constructor(provider: SessionContext, memory: MemoryBackend) {
    this.provider = provider;
    this.memory = memory;
  }

  all<E extends HTMLElement = HTMLElement>(role: string, name?: string | RegExp): E[] {
    return [...deep(this.provider)].filter(
      (each) =>
        roleOf(each) === role &&
        (name === undefined || (typeof name === 'string' ? nameOf(each) === name : name.test(nameOf(each)))),
    ) as E[];
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

  async click(name: string | RegExp): Promise<void> {
    const button = await this.get('button', name);
    button.focus();
    button.click();
  }

  /** Titles of the list, as they stand. */
  get titles(): string[] {
    return [...deep(this.provider)].filter((each) => each.part.contains('row-title')).map(nameOf);
  }

  async shows(...titles: string[]): Promise<void> {
    const wanted = JSON.stringify(titles);
    await waitUntil(() => JSON.stringify(this.titles) === wanted, `does not show ${wanted}`, {interval: 5});
  }

  /** The ops of the commands that arrived. */
  get ops(): string[] {
    return this.memory.delivered.map(({op}) => op);
  }

  put(id: string, title: string, status: Session['status'] = 'finished', more: Partial<Session> = {}): void {
    this.memory.put({id, title, status, ...more});
  }
}

export interface SceneOptions extends MemoryHandlers {
  /** Whether the server lets the page in by itself. */
  readonly welcome?: boolean;
}

/** Puts `content` under a provider whose server is `scene.memory`. */
export async function scene(
  content: TemplateResult | ((scene: Scene) => TemplateResult),
  {welcome = true, ...handlers}: SceneOptions = {},
  before: (memory: MemoryBackend) => void = () => {},
): Promise<Scene> {
  const memory = createMemoryBackend({...(welcome && {onConnect: (server) => server.welcome()}), ...handlers});
  before(memory);
  const provider = await fixture<SessionContext>(
    html`<session-context .backend=${memory.factory} persist="none">${content}</session-context>`,
  );
  return new Scene(provider, memory);
}

/** Minutes ago, as the server would say it. */
export const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

/** The event of that name that is dispatched next, prevented if asked for. */
export const nextEvent = <K extends keyof HTMLElementEventMap>(
  on: EventTarget,
  type: K,
  prevent = false,
): Promise<HTMLElementEventMap[K]> =>
  new Promise((resolve) => {
    const listener = (event: Event): void => {
      if (prevent) event.preventDefault();
      resolve(event as HTMLElementEventMap[K]);
    };
    on.addEventListener(type, listener, {once: true});
  });
