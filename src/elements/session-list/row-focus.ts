import type {LitElement} from 'lit';
import type {SessionListRow} from './session-list-row.ts';

/** Keeps the focus where rows move, go or are not rendered: the browser drops it from an element that is moved or removed. */
export class RowFocus {
  readonly #host: LitElement;
  #active: HTMLElement | undefined;
  #row: SessionListRow | undefined;
  #place = -1;
  #current: string | undefined;

  constructor(host: LitElement) {
    this.#host = host;
  }

  /** The row that a person was on last. */
  get current(): string | undefined {
    return this.#current;
  }

  /** Rows that have to be there wherever a person scrolls: what has the focus, or had it last, and what is written in. */
  get kept(): ReadonlySet<string> {
    const rows = this.#rows.filter((row) => row.matches(':is(:focus-within, :has(form))'));
    return new Set([...rows.map(({sessionId}) => sessionId), ...(this.#current === undefined ? [] : [this.#current])]);
  }

  readonly onFocusin = ({target}: Event): void => {
    const row = target instanceof Element && target.closest('session-list-row');
    if (row) this.#stand(row.sessionId);
  };

  /** To the title of a row, which may have to be rendered for it. */
  async go(id: string): Promise<void> {
    this.#stand(id);
    await this.#host.updateComplete;
    const row = this.#rows.find(({sessionId}) => sessionId === id);
    await row?.updateComplete;
    row?.focus();
    row?.scrollIntoView({block: 'nearest'});
  }

  #stand(id: string): void {
    if (id === this.#current) return;
    this.#current = id;
    this.#host.requestUpdate();
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

  #instead(): void {
    const rows = this.#rows;
    // What was no row and has gone was about the rows: back to where a person was among them.
    const next = this.#place < 0 ? rows.find(({isTabStop}) => isTabStop) : (rows[this.#place] ?? rows.at(-1));
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
