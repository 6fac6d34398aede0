import {signal} from '@lit-labs/signals';
import type {Strings} from '../../context/strings.ts';
import {agentCommands} from './agent-commands.ts';
import type {CompletionList} from './completion-list.ts';
import {openTrigger, type CompletionSource, type OpenTrigger} from './completion-source.ts';
import type {CurrentSession} from './current-session.ts';

/** When a list of completions is wanted, and which; what shows it is loaded for the first. */
export class Completing {
  readonly #session: CurrentSession;
  readonly #sources: () => readonly CompletionSource[];
  readonly #list = signal<CompletionList | undefined>(undefined);
  readonly #problem = signal('');
  #loading: Promise<typeof import('./completion-list.ts')> | undefined;
  #box: HTMLTextAreaElement | undefined;
  /** The place of a trigger whose list the person has closed. */
  #closed: number | undefined;

  constructor(session: CurrentSession, sources: () => readonly CompletionSource[]) {
    this.#session = session;
    this.#sources = sources;
  }

  /** In words, for a live region. */
  said(strings: Strings): string {
    return this.#problem.get() || (this.#list.get()?.said(strings) ?? '');
  }

  template(strings: Strings): unknown {
    return this.#list.get()?.template(strings);
  }

  rendered(popup: HTMLElement | undefined): void {
    this.#list.get()?.rendered(popup);
  }

  /** The text of the box, or the place of the caret in it, has changed. */
  follow(box: HTMLTextAreaElement): void {
    const opened = openTrigger(box.value, box.selectionEnd, this.#all);
    if (!opened || opened.from !== this.#closed) this.#closed = undefined;
    if (opened && this.#closed === undefined) void this.#offer(box, opened);
    else this.#list.get()?.close();
  }

  leave(): void {
    this.#list.get()?.close();
  }

  /** There is no rendering any more. */
  end(): void {
    this.leave();
    this.rendered(undefined);
  }

  /** Whether the key was for the list. Escape closes it, and leaves what is written. */
  press(event: KeyboardEvent, box: HTMLTextAreaElement): boolean {
    const list = this.#list.get();
    if (!list?.isOpen) return false;
    if (event.key !== 'Escape') return list.press(event);
    this.#closed = openTrigger(box.value, box.selectionEnd, this.#all)?.from;
    list.close();
    return true;
  }

  get #all(): readonly CompletionSource[] {
    const {scope, thread} = this.#session;
    const commands = thread?.confirmed.folded.commands ?? [];
    const isThere = commands.length && scope?.store.can('commands');
    return isThere ? [agentCommands(commands), ...this.#sources()] : this.#sources();
  }

  async #offer(box: HTMLTextAreaElement, opened: OpenTrigger): Promise<void> {
    if (this.#box === box) return this.#list.get()?.ask(opened);
    try {
      const {CompletionList} = await (this.#loading ??= import('./completion-list.ts'));
      if (this.#box === box) return;
      this.#box = box;
      this.#list.set(new CompletionList(box));
      this.#problem.set('');
      this.follow(box);
    } catch (cause) {
      this.#loading = undefined;
      this.#problem.set(this.#session.scope?.strings.suggestionsMissing ?? '');
      console.error('agent-session-elements: the list of suggestions could not be loaded.', cause);
    }
  }
}
