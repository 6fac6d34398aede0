import {html, nothing, type TemplateResult} from 'lit';
import {AsyncDirective, directive} from 'lit/async-directive.js';
import {ref} from 'lit/directives/ref.js';
import {fill, type Strings} from '../../../context/strings.ts';
import type {DiffRow} from './diff-rows.ts';
import {loadedLater} from './loaded-later.ts';
import {visible} from './visible.ts';

/** As many unchanged lines around a change stay; a longer rest is folded. */
const AROUND = 3;
/** As many lines are shown at first. */
const FIRST = 400;
/** As many lines stand in one box, which is drawn when it comes into sight. */
const IN_BOX = 100;

export interface DiffBlock {
  readonly path: string;
  readonly before?: string | null;
  readonly after: string;
}

const comparing = loadedLater(() => import('./diff-rows.ts'));

/** A run of rows that stands folded or shown. */
interface Part {
  readonly rows: readonly DiffRow[];
  readonly isFolded: boolean;
  /** Of its first row. */
  readonly at: number;
}

/** A change of a file, line by line: told by signs and numbers as well as by colour. */
class DiffBlockDirective extends AsyncDirective {
  #shown: readonly [DiffBlock, Strings] | undefined;
  #compared: {readonly block: DiffBlock; readonly rows: readonly DiffRow[]} | undefined;
  /** Places of the first rows of what was folded and is not any more. */
  readonly #unfolded = new Set<number>();
  readonly #seen = new Set<string>();
  #isWhole = false;
  #sight: IntersectionObserver | undefined;

  override render(block: DiffBlock, strings: Strings): TemplateResult {
    this.#shown = [block, strings];
    const path = visible(block.path);
    const label = fill(strings.changesIn, {path});
    const rows = this.#rows(block);
    const counts = {added: 0, removed: 0, same: 0};
    for (const {kind} of rows ?? []) counts[kind]++;
    return html`<figure class="block diff">
      <figcaption>
        <bdi class="path" dir="ltr">${path}</bdi>
        ${
          rows
            ? html`<span aria-hidden="true" dir="ltr">+${counts.added} −${counts.removed}</span
                ><span class="hidden">${fill(strings.changedLines, counts)}</span>`
            : nothing
        }
      </figcaption>
      <div class="rows" tabindex="0" role="group" aria-label=${label} dir="ltr">
        ${rows && (counts.added + counts.removed ? this.#parts(rows, strings) : html`<p>${strings.noChanges}</p>`)}
      </div>
    </figure>`;
  }

  protected override disconnected(): void {
    this.#sight?.disconnect();
    this.#sight = undefined;
    this.#seen.clear();
  }

  protected override reconnected(): void {
    this.#again();
  }

  /** Compared once as long as it says the same; undefined while that which compares is loaded. */
  #rows(block: DiffBlock): readonly DiffRow[] | undefined {
    const held = this.#compared;
    if (held && (['path', 'before', 'after'] as const).every((key) => held.block[key] === block[key])) return held.rows;
    const comparer = comparing.get(this.#again);
    if (comparer === 'loading') return undefined;
    const {before = null, after} = block;
    const rows = comparer === 'failed' ? uncompared(before, after) : comparer.diffRows(before, after);
    if (held) this.#unfolded.clear();
    this.#compared = {block, rows};
    return rows;
  }

  #parts(rows: readonly DiffRow[], strings: Strings): unknown {
    const width = String(rows.length).length;
    const shown = this.#isWhole ? rows : rows.slice(0, FIRST);
    const parts = inParts(shown, this.#unfolded);
    return [
      parts.map(({rows: some, isFolded, at}) =>
        isFolded
          ? html`<button type="button" class="quiet small fold" @click=${() => this.#unfold(at)}>
              ${fill(strings.showUnchanged, {count: some.length})}
            </button>`
          : this.#boxes(some, at, width),
      ),
      rows.length > shown.length
        ? html`<button type="button" class="quiet small fold" @click=${this.#showWhole}>
            ${fill(strings.showAllLines, {count: rows.length})}
          </button>`
        : nothing,
    ];
  }

  #boxes(rows: readonly DiffRow[], at: number, width: number): unknown {
    const boxes = Array.from({length: Math.ceil(rows.length / IN_BOX)}, (_, index) => index * IN_BOX);
    return boxes.map((from) => {
      const some = rows.slice(from, from + IN_BOX);
      const name = `${at + from}`;
      const isDrawn = boxes.length === 1 || this.#seen.has(name);
      const plain = (): string => some.map(({kind, text}) => `${SIGNS[kind]} ${text}`).join('\n');
      const content = isDrawn ? some.map((row) => drawn(row, width)) : html`<div class="plain">${plain()}</div>`;
      const seeing = boxes.length > 1 ? ref(this.#observe) : nothing;
      return html`<div class="piece" data-piece=${name} ${seeing}>${content}</div>`;
    });
  }

  readonly #observe = (box: Element | undefined): void => {
    this.#sight ??= new IntersectionObserver(this.#saw);
    if (box) this.#sight.observe(box);
  };

  readonly #saw = (entries: readonly IntersectionObserverEntry[]): void => {
    const inSight = entries.filter(({isIntersecting}) => isIntersecting);
    for (const {target} of inSight) {
      this.#seen.add((target as HTMLElement).dataset['piece'] ?? '');
      this.#sight?.unobserve(target);
    }
    if (inSight.length) this.#again();
  };

  #unfold(at: number): void {
    this.#unfolded.add(at);
    this.#again();
  }

  readonly #showWhole = (): void => {
    this.#isWhole = true;
    this.#again();
  };

  readonly #again = (): void => {
    if (this.isConnected && this.#shown) this.setValue(this.render(...this.#shown));
  };
}

export const diffBlock = directive(DiffBlockDirective);

const SIGNS: Record<DiffRow['kind'], string> = {same: ' ', added: '+', removed: '−'};

/** Numbers and sign are no text of the line: they are not copied with it. */
function drawn({kind, text, before, after}: DiffRow, width: number): TemplateResult {
  const pad = (number: number | undefined): string => String(number ?? '').padStart(width);
  const place = `${pad(before)} ${pad(after)} ${SIGNS[kind]} `;
  const line = visible(text) || '\n';
  if (kind === 'added') return html`<ins data-place=${place}>${line}</ins>`;
  if (kind === 'removed') return html`<del data-place=${place}>${line}</del>`;
  return html`<div data-place=${place}>${line}</div>`;
}

/** Where changes are close to each other nothing between them is folded. */
function inParts(rows: readonly DiffRow[], unfolded: ReadonlySet<number>): readonly Part[] {
  const parts: Part[] = [];
  let start = 0;
  const push = (end: number, isFolded: boolean): void => {
    if (end > start) parts.push({rows: rows.slice(start, end), isFolded, at: start});
    start = end;
  };
  for (let at = 0; at < rows.length;) {
    let end = at;
    while (rows[end]?.kind === 'same') end++;
    const from = at === 0 ? 0 : at + AROUND;
    const to = end === rows.length ? end : end - AROUND;
    if (to - from > AROUND && !unfolded.has(from)) {
      push(from, false);
      push(to, true);
    }
    at = end + 1;
  }
  push(rows.length, false);
  return parts;
}

/** Without what compares: all of it, before and after. */
function uncompared(before: string | null, after: string): readonly DiffRow[] {
  const lines = (kind: 'removed' | 'added', text: string): DiffRow[] =>
    text.split('\n').map((line) => ({kind, text: line, before: undefined, after: undefined}));
  return [...(before === null ? [] : lines('removed', before)), ...lines('added', after)];
}
