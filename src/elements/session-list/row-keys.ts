import type {ListRow} from '../../store/list-view.ts';
import type {RowMarks} from './row-marks.ts';

/** What is typed within so many milliseconds is one word. */
const WORD = 700;

/** What the keys of a list work on. */
export interface KeyBoard {
  readonly rows: () => readonly ListRow[];
  readonly titleOf: (id: string) => string;
  /** How many rows are in sight. */
  readonly page: () => number;
  readonly isRightToLeft: () => boolean;
  /** Undefined: nothing can be done with what would be marked. */
  readonly marks: () => RowMarks | undefined;
  readonly go: (id: string) => void;
  readonly fold: (id: string, isClosed: boolean) => void;
  /** Asks before it is deleted, or all that are marked if it is one of them. */
  readonly remove: (id: string) => void;
}

/** The keys of a list, wherever in a row the focus is; fields in which text is written keep theirs. */
export class RowKeys {
  readonly #board: KeyBoard;
  #typed = '';
  #typedAt = 0;

  constructor(board: KeyBoard) {
    this.#board = board;
  }

  readonly onKeydown = (event: KeyboardEvent): void => {
    const {target} = event;
    if (event.defaultPrevented || event.isComposing || !(target instanceof HTMLElement)) return;
    const row = target.closest('session-list-row');
    if (!row || target.matches('input:not([type=checkbox])')) return;
    if (this.#isMeant(event, row.sessionId, target.matches('.open'))) event.preventDefault();
  };

  /** A button is pressed when the space bar comes up again. */
  readonly onKeyup = (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLElement && event.target.matches('.open') && this.#marksBySpace(event)) {
      event.preventDefault();
    }
  };

  #isMeant(event: KeyboardEvent, id: string, isTitle: boolean): boolean {
    const {key, shiftKey, altKey} = event;
    const marks = this.#board.marks();
    const isCommand = event.ctrlKey || event.metaKey;
    if (altKey) return false;
    if (isCommand && key.toLowerCase() === 'a' && marks) marks.all(this.#board.rows());
    else if (isTitle && marks && this.#marksBySpace(event)) marks.toggle(id);
    else if (isCommand) return false;
    else if (key === 'Escape' && marks?.isOn) marks.clear();
    else if (key === 'Delete' && !shiftKey) this.#board.remove(id);
    else if (key === 'ArrowLeft' || key === 'ArrowRight') return isTitle && !shiftKey && this.#sideways(key, id);
    else if (isTitle && key !== ' ' && [...key].length === 1) return this.#type(event, id);
    else return this.#along(event, id, marks);
    return true;
  }

  #marksBySpace({key, ctrlKey, shiftKey}: KeyboardEvent): boolean {
    const marks = this.#board.marks();
    return key === ' ' && marks !== undefined && (marks.isOn || ctrlKey || shiftKey);
  }

  #along({key, shiftKey}: KeyboardEvent, id: string, marks: RowMarks | undefined): boolean {
    const rows = this.#board.rows();
    const at = rows.findIndex((row) => row.id === id);
    const places: Readonly<Record<string, number>> = {
      ArrowUp: at - 1,
      ArrowDown: at + 1,
      Home: 0,
      End: rows.length - 1,
    };
    const page = {PageUp: -1, PageDown: 1}[key];
    const place = page ? at + page * this.#board.page() : places[key];
    if (place === undefined || at < 0) return false;
    const next = rows[Math.max(0, Math.min(rows.length - 1, place))];
    if (!next) return false;
    if (shiftKey) marks?.extend(id, next.id, rows);
    this.#board.go(next.id);
    return true;
  }

  /** Into a branch and out of it, as the page is read. */
  #sideways(key: string, id: string): boolean {
    const rows = this.#board.rows();
    const at = rows.findIndex((row) => row.id === id);
    const {branch, depth = 0} = rows[at] ?? {};
    const isIn = (key === 'ArrowRight') !== this.#board.isRightToLeft();
    const to = isIn
      ? branch === 'open' && rows[at + 1]
      : depth > 0 && rows.slice(0, at).findLast((row) => row.depth < depth);
    if (isIn && branch === 'closed') this.#board.fold(id, false);
    else if (!isIn && branch === 'open') this.#board.fold(id, true);
    else if (to) this.#board.go(to.id);
    else return false;
    return true;
  }

  /** To the next row whose title begins with what is typed; the same letter again goes on. */
  #type({key, timeStamp}: KeyboardEvent, id: string): boolean {
    const isNew = timeStamp - this.#typedAt > WORD;
    this.#typedAt = timeStamp;
    this.#typed = isNew || this.#typed === key ? key : this.#typed + key;
    const rows = this.#board.rows();
    const at = rows.findIndex((row) => row.id === id);
    const ahead = this.#typed.length > 1 ? at : at + 1;
    const begin = this.#typed.toLowerCase();
    const found = [...rows.slice(ahead), ...rows.slice(0, ahead)].find((row) =>
      this.#board.titleOf(row.id).toLowerCase().startsWith(begin),
    );
    if (found) this.#board.go(found.id);
    return true;
  }
}
