import {ownTask} from '../shared/own-task.ts';
import type {ListSection} from '../../store/list-order.ts';
import type {ListRow} from '../../store/list-view.ts';

/** At most so many rows more are rendered at once: each may take a millisecond. What stands around them comes before. */
const STEP = 6;
/** So many are, where nobody tells how many are in sight: the page may not be seen. */
const FEWEST = 12;
/** Until one could be measured, in pixels. */
const ROW = 66;
/** Rendered beyond what is in sight, above and below, in pixels. */
const MARGIN = 400;

/** What stands in a list: rows, headings before the rows that begin a section, and room for the rows that are not rendered. */
export type Piece =
  | {readonly row: ListRow; readonly index: number}
  | {readonly section: ListSection; readonly index: number}
  | {readonly gap: number; readonly index: number};

interface Parts {
  /** Its children are the pieces. */
  readonly rows: Element;
  readonly scroller: Element;
  /** The button at the end, if there is more than the page knows. */
  readonly more: Element | undefined;
}

/** Which rows are rendered: those in sight, wherever it is that a person scrolls, and those that are needed for another reason. */
export class RowWindow {
  readonly #changed: () => void;
  readonly #reached: () => void;
  #from = 0;
  #to = 0;
  #height = ROW;
  #rows: readonly ListRow[] = [];
  #pieces: readonly Piece[] = [];
  #parts: Parts | undefined;
  #gaps: IntersectionObserver | undefined;
  #end: IntersectionObserver | undefined;
  #more: Element | undefined;
  #wasOut = false;
  #beginning: Promise<void> | undefined;

  /** `changed` is called when others are in sight, `reached` when a person has scrolled to the end. */
  constructor(changed: () => void, reached: () => void) {
    this.#changed = changed;
    this.#reached = reached;
  }

  /** How many rows are in sight at once. */
  get page(): number {
    const {top = 0, bottom = 0} = this.#sight() ?? {};
    return Math.max(1, Math.floor((bottom - top) / this.#height) - 1);
  }

  reset(): void {
    this.#from = 0;
    this.#to = 0;
  }

  /** What to render of `rows`; `kept`: ids that have to be there, also out of sight. */
  pieces(rows: readonly ListRow[], kept: ReadonlySet<string>): readonly Piece[] {
    this.#follow(rows);
    if (this.#from >= rows.length) [this.#from, this.#to] = [Math.max(0, rows.length - STEP), rows.length];
    const wanted = new Set<number>();
    for (let index = this.#from; index < Math.min(this.#to, rows.length); index++) wanted.add(index);
    if (kept.size) rows.forEach(({id}, index) => kept.has(id) && wanted.add(index));
    const pieces: Piece[] = [];
    let next = 0;
    for (const index of [...wanted].sort((a, b) => a - b)) {
      const row = rows[index];
      if (!row) continue;
      if (index > next) pieces.push({gap: index - next, index: next});
      if (row.section) pieces.push({section: row.section, index});
      pieces.push({row, index});
      next = index + 1;
    }
    if (next < rows.length) pieces.push({gap: rows.length - next, index: next});
    return (this.#pieces = pieces);
  }

  /** What was rendered stays rendered where rows came or went above it: as most of it has moved, whatever single ones did. */
  #follow(rows: readonly ListRow[]): void {
    if (rows === this.#rows) return;
    const before = new Map(this.#rows.slice(this.#from, this.#to).map(({id}, index) => [id, this.#from + index]));
    this.#rows = rows;
    if (!this.#from) return;
    const moves: number[] = [];
    rows.forEach(({id}, index) => {
      const was = before.get(id);
      if (was !== undefined) moves.push(index - was);
    });
    const by = moves.sort((a, b) => a - b)[moves.length >> 1] ?? 0;
    this.#from = Math.max(0, this.#from + by);
    this.#to = Math.max(this.#from, this.#to + by);
  }

  /** After each update, with what stands there by then. */
  watch(parts: Parts | undefined): void {
    this.#parts = parts;
    this.#gaps?.disconnect();
    if (parts && this.#to < Math.min(FEWEST, this.#rows.length)) this.#beginning ??= ownTask().then(this.#begin);
    this.#pieces.forEach((piece, at) => {
      const element = parts?.rows.children[at];
      if (!('gap' in piece) || !(element instanceof HTMLElement)) return;
      element.style.setProperty('block-size', `${Math.round(piece.gap * this.#height)}px`);
      // Observed anew each time, so that it is told also of a gap that was in sight before and still is.
      this.#gaps ??= observer((isInSight) => isInSight && this.#look(), MARGIN);
      this.#gaps.observe(element);
    });
    this.#watchEnd(parts?.more);
  }

  #watchEnd(more: Element | undefined): void {
    if (more === this.#more) return;
    this.#more = more;
    this.#end?.disconnect();
    this.#wasOut = false;
    if (!more) return;
    // Only where it comes into sight: of a short list, where it always is, nobody has scrolled to the end.
    this.#end ??= observer((isInSight) => {
      if (isInSight && this.#wasOut) this.#reached();
      this.#wasOut = !isInSight;
    }, MARGIN);
    this.#end.observe(more);
  }

  /** Until the next of the first rows are asked for; undefined: all of them are. */
  get beginning(): Promise<void> | undefined {
    return this.#beginning;
  }

  readonly #begin = (): void => {
    this.#beginning = undefined;
    if (!this.#parts || this.#to >= FEWEST) return;
    this.#to += STEP;
    this.#changed();
  };

  #look(): void {
    const sight = this.#sight();
    if (!sight || !this.#parts) return;
    this.#measure(this.#parts.rows);
    const reach = MARGIN + this.#height;
    const from = this.#indexAt(sight.top - reach);
    const to = this.#indexAt(sight.bottom + reach) + 1;
    if (from === this.#from && to === this.#to) return;
    // What is in sight comes first. As long as there is a gap in it, this is asked again.
    const isFar = to <= this.#from || from >= this.#to;
    const seen = isFar ? this.#indexAt(sight.top) : this.#from;
    const end = isFar ? seen : Math.min(to, this.#to);
    this.#to = Math.min(to, end + STEP);
    this.#from = Math.max(from, seen - (STEP - (this.#to - end)));
    this.#changed();
  }

  /** What of the window a person sees of the list, from the top edge of the window; undefined: nothing. */
  #sight(): {readonly top: number; readonly bottom: number} | undefined {
    if (!this.#parts) return undefined;
    const box = this.#parts.scroller.getBoundingClientRect();
    const [top, bottom] = [Math.max(0, box.top), Math.min(innerHeight, box.bottom)];
    return bottom > top ? {top, bottom} : undefined;
  }

  #measure({children}: Element): void {
    let count = 0;
    let height = 0;
    this.#pieces.forEach((piece, at) => {
      if ('gap' in piece) return;
      if ('row' in piece) count++;
      height += children[at]?.getBoundingClientRect().height ?? 0;
    });
    if (count && height) this.#height = height / count;
  }

  /** The row at a place of the window, as far as it is known. */
  #indexAt(y: number): number {
    let last = 0;
    for (const [at, piece] of this.#pieces.entries()) {
      const box = this.#parts?.rows.children[at]?.getBoundingClientRect();
      const count = 'gap' in piece ? piece.gap : 1;
      last = piece.index + count - 1;
      if (!box || box.bottom <= y) continue;
      return piece.index + Math.min(count - 1, Math.max(0, Math.floor((y - box.top) / this.#height)));
    }
    return last;
  }
}

const observer = (told: (isInSight: boolean) => void, margin: number): IntersectionObserver =>
  new IntersectionObserver(
    (entries) => {
      if (entries.length) told(entries.some(({isIntersecting}) => isIntersecting));
    },
    {rootMargin: `${margin}px`, scrollMargin: `${margin}px`},
  );
