import {signal} from '@lit-labs/signals';
import {html, nothing, type ReactiveController, type ReactiveElement} from 'lit';
import {fill} from '../../context/strings.ts';
import type {MessageSendEvent} from '../../events.ts';
import {MAX_TEXT_BYTES} from '../../model/commands.ts';
import {messageKey} from '../../model/fold.ts';
import type {ChatActionEvent} from './chat-action.ts';
import {Completing} from './completing.ts';
import type {CompletionSource} from './completion-source.ts';
import type {CurrentSession} from './current-session.ts';
import {EarlierWords} from './earlier-words.ts';
import {fitBox} from './fit-box.ts';
import {shareOfLimit} from './text-limit.ts';

/** A chat, as far as its later parts know it. */
export type Chat = ReactiveElement & {
  readonly completions: readonly CompletionSource[];
  readonly readonly: boolean;
};

const KIB = 1024;

/**
 * What helps a person to write: completions, what was sent before, taking back what waits, and how much more can be sent.
 * It listens around the box, and before it, so that the box can come first and alone.
 */
export class ComposerAids implements ReactiveController {
  readonly #chat: Chat;
  readonly #session: CurrentSession;
  readonly #earlier: EarlierWords;
  readonly #completing: Completing;
  /** Which of the earlier words stands in the box. */
  readonly #place = signal('');
  /** The queued message that the person wants back. */
  readonly #edited = signal('');

  constructor(chat: Chat, session: CurrentSession) {
    this.#chat = chat;
    this.#session = session;
    this.#earlier = new EarlierWords(session);
    this.#completing = new Completing(session, () => chat.completions);
    chat.addController(this);
    chat.addEventListener('message-send', this.#sent);
    const root = chat.renderRoot;
    root.addEventListener('keydown', this.#pressed, {capture: true});
    for (const type of ['input', 'keyup', 'click']) root.addEventListener(type, this.#moved);
    root.addEventListener('focusout', this.#left);
    root.addEventListener('chat-action', this.#asked);
  }

  /** What is written cannot be sent. */
  get isTooLong(): boolean {
    return shareOfLimit(this.#draft) > 1;
  }

  /** Above the box. */
  get template(): unknown {
    const {scope} = this.#session;
    if (!scope) return nothing;
    const {strings} = scope;
    const limit = this.#limit;
    return [
      this.#hasBegun ? hint(strings.editTooLate) : nothing,
      limit ? hint(limit, this.isTooLong ? 'bad' : '') : nothing,
      this.isTooLong ? html`<p class="hidden" role="alert">${strings.tooLong}</p>` : nothing,
      this.#completing.template(strings),
    ];
  }

  /** For a live region: how full the box is in steps, not with every character. */
  get said(): string {
    const {scope} = this.#session;
    if (!scope) return '';
    const {strings} = scope;
    const share = shareOfLimit(this.#draft);
    const near = share && share <= 1 ? fill(strings.nearLimit, limits(share < 0.95 ? 0.9 : 0.95)) : '';
    const late = this.#hasBegun ? strings.editTooLate : '';
    return [this.#completing.said(strings), this.#place.get(), late, near].filter(Boolean).join(' ');
  }

  hostUpdated(): void {
    this.#completing.rendered(this.#part('suggestions'));
    const box = this.#box;
    if (!box) return;
    // The text reaches it after this.
    void box.closest('agent-chat-composer')?.updateComplete.then(() => fitBox(box));
    if (this.isTooLong) box.setAttribute('aria-invalid', 'true');
    else box.removeAttribute('aria-invalid');
  }

  hostDisconnected(): void {
    this.#completing.end();
  }

  get #draft(): string {
    const {scope, id} = this.#session;
    return scope?.store.draft(id) ?? '';
  }

  get #box(): HTMLTextAreaElement | undefined {
    return this.#part('box') as HTMLTextAreaElement | undefined;
  }

  /** By its id, because the conversation before it may be long. */
  #part(id: string): HTMLElement | undefined {
    return (this.#chat.renderRoot as ShadowRoot).getElementById(id) ?? undefined;
  }

  get #limit(): string {
    const share = shareOfLimit(this.#draft);
    const {strings} = this.#session.scope ?? {};
    return share && strings ? fill(share > 1 ? strings.overLimit : strings.nearLimit, limits(share)) : '';
  }

  /** What was to be edited is a message of the conversation by now. */
  get #hasBegun(): boolean {
    const edited = this.#edited.get();
    const item = edited ? this.#session.thread?.item(messageKey(edited))?.get() : undefined;
    return item?.kind === 'message' && !item.delivery;
  }

  readonly #pressed = (event: Event): void => {
    const key = event as KeyboardEvent;
    const box = this.#box;
    if (!box || event.target !== box || key.isComposing || key.keyCode === 229) return;
    if (key.ctrlKey || key.metaKey || key.altKey) return;
    if (!this.#completing.press(key, box) && !this.#recall(key, box)) return;
    // It has done its work; neither the box nor a dialog around the chat is meant.
    event.preventDefault();
    event.stopPropagation();
  };

  #recall(key: KeyboardEvent, box: HTMLTextAreaElement): boolean {
    const recalled = key.shiftKey ? undefined : this.#earlier.press(key, box);
    if (!recalled) return false;
    const {text, place, count} = recalled;
    box.value = text;
    box.setSelectionRange(text.length, text.length);
    box.dispatchEvent(new InputEvent('input', {bubbles: true}));
    this.#completing.leave();
    const {strings} = this.#session.scope ?? {};
    this.#place.set(strings && place ? fill(strings.earlierMessage, {place, count, text}) : '');
    return true;
  }

  readonly #moved = (event: Event): void => {
    const box = this.#box;
    if (!box || event.target !== box) return;
    if (event.type === 'input') {
      this.#place.set('');
      if (this.#hasBegun) this.#edited.set('');
    }
    this.#completing.follow(box);
  };

  readonly #left = (event: Event): void => {
    if (event.target === this.#box) this.#completing.leave();
  };

  /** A page may prevent it after this has heard of it. */
  readonly #sent = (event: MessageSendEvent): void => {
    queueMicrotask(() => {
      if (!event.defaultPrevented) this.#earlier.sent(event.text);
    });
  };

  /** The words come when the server has confirmed that they do not wait any more; the person can be there already. */
  readonly #asked = (event: Event): void => {
    const {action} = event as ChatActionEvent;
    const {scope, id} = this.#session;
    if (action.do !== 'edit' || !scope || id === undefined) return;
    this.#edited.set(action.command);
    scope.store.unqueue(id, action.command, action.text);
    this.#box?.focus({preventScroll: true});
  };
}

/** Heard of in the status. */
const hint = (text: string, kind = ''): unknown =>
  html`<p class="hint ${kind}" aria-hidden="true"><span dir="auto">${text}</span></p>`;

const limits = (share: number): Record<string, number> => ({
  percent: Math.floor(share * 100),
  limit: MAX_TEXT_BYTES / KIB,
  size: Math.ceil((share * MAX_TEXT_BYTES) / KIB),
});
