/** Of more lines, so many are shown. */
export const SHOWN = 30;

/** So many lines stand in one box: a browser lays out a box as a whole when a line is added to it. */
const IN_BOX = SHOWN;

/** `end` is the last box and the one before it: together they fill what is shown, wherever the last one has come to. */
type Part = 'start' | 'end' | 'all';

/** Lines of code, of which a part is shown. The browser's search finds the others, too, and calls `onFound`. */
export class CodeLines {
  readonly node = document.createElement('code');
  readonly #lines: readonly string[];
  readonly #onFound: () => void;
  /** One text each box. */
  readonly #texts: Text[] = [];
  /** The boxes that are shown: from this one up to that. */
  #from = 0;
  #to = 0;

  constructor(lines: readonly string[], onFound: () => void) {
    this.#lines = lines;
    this.#onFound = onFound;
  }

  /** Draws those behind the first `settled`, which are the same as before. */
  draw(settled: number): void {
    const boxes = Math.ceil(this.#lines.length / IN_BOX);
    for (let box = Math.floor(settled / IN_BOX); box < boxes; box++) {
      const text = this.#lines.slice(box * IN_BOX, (box + 1) * IN_BOX).join('\n') + '\n';
      const held = (this.#texts[box] ??= this.#newBox());
      if (held.data === text) continue;
      const common = held.data.length && text.startsWith(held.data.slice(0, -1)) ? held.data.length - 1 : 0;
      if (common) held.replaceData(common, 1, text.slice(common));
      else held.data = text;
    }
    for (const text of this.#texts.splice(boxes)) text.parentElement?.remove();
    this.#to = Math.min(this.#to, boxes);
  }

  /** Touches only the boxes that come or go. */
  show(part: Part): void {
    const boxes = this.#texts.length;
    const from = part === 'end' ? Math.max(0, boxes - 2) : 0;
    const to = part === 'start' ? Math.min(1, boxes) : boxes;
    this.#texts.slice(this.#from, Math.min(this.#to, from)).forEach(hide);
    this.#texts.slice(Math.max(this.#from, to), this.#to).forEach(hide);
    this.#texts.slice(from, Math.min(to, this.#from)).forEach(reveal);
    this.#texts.slice(Math.max(from, this.#to), to).forEach(reveal);
    this.#from = from;
    this.#to = to;
  }

  /** Where a line begins. */
  placeOf(line: number): readonly [Text, number] | undefined {
    const box = Math.floor(line / IN_BOX);
    const text = this.#texts[box];
    if (!text) return undefined;
    let offset = 0;
    for (let at = box * IN_BOX; at < line; at++) offset += (this.#lines[at]?.length ?? 0) + 1;
    return [text, offset];
  }

  #newBox(): Text {
    const text = document.createTextNode('');
    const element = document.createElement('span');
    element.append(text);
    hide(text);
    element.addEventListener('beforematch', this.#onFound);
    this.node.append(element);
    return text;
  }
}

/** Found by the browser's search, where it can do that. */
const hide = ({parentElement: box}: Text): void =>
  box?.setAttribute('hidden', 'onbeforematch' in box ? 'until-found' : '');

const reveal = ({parentElement: box}: Text): void => box?.removeAttribute('hidden');
