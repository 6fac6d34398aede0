import {html, nothing, type TemplateResult} from 'lit';
import {AsyncDirective, directive} from 'lit/async-directive.js';
import {ref} from 'lit/directives/ref.js';
import {fill, type Strings} from '../../../context/strings.ts';
import {directionOf} from './direction.ts';
import {countLines, pieces, someLines, type Range} from './pieces.ts';
import {textSource, type TextFormat, type TextSource} from './text-source.ts';

/** What is longer is folded, to so many of its lines. */
const LONG_LINES = 60;
const LONG_UNITS = 8_000;
const FOLDED_LINES = 15;
const FOLDED_UNITS = 3_000;

export interface TextBlock {
  readonly label: string;
  readonly text: string;
  readonly strings: Strings;
  readonly format?: TextFormat;
  /** Which part of a long text is shown first. */
  readonly from?: 'start' | 'end';
  /** A class, for its looks. */
  readonly kind?: string;
}

/**
 * A text that may be long: its own scroller, to be reached by the keyboard. A long one is folded; unfolded it stands in
 * pieces that the browser lays out, and that are given their colours, only when they come into sight.
 */
class TextBlockDirective extends AsyncDirective {
  #block: TextBlock | undefined;
  #read: {readonly block: TextBlock; readonly source: TextSource} | undefined;
  #isWhole = false;
  readonly #seen = new Set<number>();
  #sight: IntersectionObserver | undefined;

  override render(block: TextBlock): TemplateResult {
    this.#block = block;
    const {label, text, strings, kind = '', from} = block;
    const source = this.#source(block);
    const size = source && foldable(source.text, strings);
    return html`<figure class="block ${kind}">
      <figcaption>${label}</figcaption>
      <pre class=${from ?? ''} tabindex="0" role="group" aria-label=${label} dir=${directionOf(text)}>
${source && html`<div>${this.#drawn(source, !!size)}</div>`}</pre>
      ${
        size
          ? html`<button type="button" class="quiet small unfold" @click=${this.#toggle}>
              ${this.#isWhole ? strings.showLess : size}
            </button>`
          : nothing
      }
    </figure>`;
  }

  protected override disconnected(): void {
    this.#sight?.disconnect();
    this.#sight = undefined;
  }

  protected override reconnected(): void {
    this.#again();
  }

  /** Read once as long as it says the same. */
  #source(block: TextBlock): TextSource | undefined {
    const {text, format = 'plain'} = block;
    if (this.#read?.block.text === text && this.#read.block.format === block.format) return this.#read.source;
    const source = textSource(text, format, this.#again);
    this.#read = source && {block, source};
    return source;
  }

  #drawn(source: TextSource, isLong: boolean): unknown {
    const {text, draw} = source;
    if (!isLong) return draw({start: 0, end: text.length});
    if (!this.#isWhole) return draw(someLines(text, FOLDED_LINES, FOLDED_UNITS, this.#block?.from ?? 'start'));
    return pieces(text).map((range, index) => this.#piece(source, range, index));
  }

  #piece({text, draw, isCheap}: TextSource, range: Range, index: number): TemplateResult {
    const isDrawn = isCheap || this.#seen.has(index);
    // The line break after it would be lost to who copies it.
    const content = [isDrawn ? draw(range) : text.slice(range.start, range.end), '\n'];
    const seeing = isCheap ? nothing : ref(this.#observe);
    return html`<div class="piece" data-piece=${index} ${seeing}>${content}</div>`;
  }

  readonly #observe = (piece: Element | undefined): void => {
    this.#sight ??= new IntersectionObserver(this.#saw);
    if (piece) this.#sight.observe(piece);
  };

  readonly #saw = (entries: readonly IntersectionObserverEntry[]): void => {
    const before = this.#seen.size;
    for (const {isIntersecting, target} of entries) {
      if (!isIntersecting) continue;
      this.#seen.add(Number((target as HTMLElement).dataset['piece']));
      this.#sight?.unobserve(target);
    }
    if (this.#seen.size > before) this.#again();
  };

  readonly #toggle = (): void => {
    this.#isWhole = !this.#isWhole;
    this.#seen.clear();
    this.#again();
  };

  readonly #again = (): void => {
    if (this.isConnected && this.#block) this.setValue(this.render(this.#block));
  };
}

/** What unfolds it; nothing where it is shown as a whole. */
function foldable(text: string, strings: Strings): string | undefined {
  const lines = countLines(text);
  if (lines > LONG_LINES) return fill(strings.showAllLines, {count: lines});
  return text.length > LONG_UNITS ? fill(strings.showAllCharacters, {count: text.length}) : undefined;
}

export const textBlock = directive(TextBlockDirective);
