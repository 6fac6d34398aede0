import type {LitElement} from 'lit';
import type {SessionListRow} from './session-list-row.ts';

/** Keeps the focus where rows move or go: the browser drops it from an element that is moved or removed. */
export class RowFocus {
  readonly #host: LitElement;
  #active: HTMLElement | undefined;
  #row: SessionListRow | undefined;
  #place = -1;

  constructor(host: LitElement) {
    this.#host = host;
  }

  /** Before an update. */
  remember(): void {
    const {activeElement} = this.#root;
    this.#active = activeElement instanceof HTMLElement ? activeElement : undefined;
    this.#row = this.#active?.closest<SessionListRow>('session-list-row') ?? undefined;
    this.#place = this.#row ? this.#rows.indexOf(this.#row) : -1;
  }

  /** After it: the same element, or what stands in its place now. */
  restore(): void {
    const active = this.#active;
    const row = this.#row;
    this.#active = this.#row = undefined;
    if (!active || this.#root.activeElement || !this.#host.isConnected) return;
    if (!active.isConnected) {
      if (!row?.isConnected) this.#instead();
    } else if (row) active.focus({preventScroll: true});
  }

  /** Up and down go from title to title. */
  readonly onKeydown = (event: KeyboardEvent): void => {
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
    const target = event.target;
    if (!step || event.altKey || event.ctrlKey || event.metaKey || !(target instanceof HTMLButtonElement)) return;
    const row = target.closest<SessionListRow>('session-list-row');
    const next = row && this.#rows[this.#rows.indexOf(row) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView({block: 'nearest'});
  };

  #instead(): void {
    const rows = this.#rows;
    const next = rows[this.#place] ?? rows.at(-1);
    if (next) next.focus();
    else this.#root.querySelector<HTMLElement>('.new, input')?.focus();
  }

  get #root(): ShadowRoot {
    return this.#host.renderRoot as ShadowRoot;
  }

  get #rows(): SessionListRow[] {
    return [...this.#root.querySelectorAll<SessionListRow>('session-list-row')];
  }
}
