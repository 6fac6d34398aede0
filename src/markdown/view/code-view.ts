import {html, nothing, render} from 'lit';
import {fill} from '../../context/strings.ts';
import type {Code} from '../document/block.ts';
import type {BlockView, Page} from './block-views.ts';

/** Of a longer block the rest is folded away. */
const SHOWN = 30;

/** So many lines stand in one box: a browser lays out a box as a whole when a line is added to it. */
const IN_BOX = 30;

/** Code as it is, line by line, with what one does with code. */
export class CodeView implements BlockView {
  readonly node = document.createElement('figure');
  readonly #block: Code;
  readonly #page: Page;
  readonly #bar = this.node.appendChild(document.createElement('figcaption'));
  readonly #pre = this.node.appendChild(document.createElement('pre'));
  readonly #code = this.#pre.appendChild(document.createElement('code'));
  readonly #foot = this.node.appendChild(document.createElement('div'));
  #rest: HTMLElement | undefined;
  /** One text each box. */
  readonly #texts: Text[] = [];
  #settled = 0;
  #drawn = '';
  #isWrapped = false;
  #isUnfolded = false;
  #isFinished = false;
  #uncolor: (() => void) | undefined;

  constructor(block: Code, page: Page) {
    this.#block = block;
    this.#page = page;
    this.node.className = 'code';
    this.#pre.tabIndex = 0;
    this.#pre.dir = 'ltr';
    this.#pre.setAttribute('role', 'group');
    this.#pre.ariaLabel = page.drawing.strings.code;
    this.#drawBar();
  }

  get #language(): string {
    return /^[\w+#.-]{1,30}/.exec(this.#block.info)?.[0] ?? '';
  }

  update(isOpen: boolean): void {
    const {lines, settled, info} = this.#block;
    this.#drawLines(Math.floor(this.#settled / IN_BOX));
    this.#settled = settled;
    const drawn = `${info} ${lines.length > SHOWN ? lines.length : ''}`;
    if (drawn !== this.#drawn) this.#drawBar();
    this.#drawn = drawn;
    if (isOpen || this.#isFinished) return;
    this.#isFinished = true;
    this.#page.colored.add(this);
    this.color();
  }

  /** Draws the boxes from this one on. */
  #drawLines(from: number): void {
    const {lines} = this.#block;
    const boxes = Math.ceil(lines.length / IN_BOX);
    for (let box = from; box < boxes; box++) {
      const text = lines.slice(box * IN_BOX, (box + 1) * IN_BOX).join('\n') + '\n';
      const held = (this.#texts[box] ??= this.#newBox(box));
      if (held.data === text) continue;
      const common = held.data.length && text.startsWith(held.data.slice(0, -1)) ? held.data.length - 1 : 0;
      if (common) held.replaceData(common, 1, text.slice(common));
      else held.data = text;
    }
    for (const text of this.#texts.splice(boxes)) text.parentElement?.remove();
  }

  #newBox(box: number): Text {
    const text = document.createTextNode('');
    const element = document.createElement('span');
    element.append(text);
    if ((box + 1) * IN_BOX <= SHOWN) this.#code.append(element);
    else this.#folded().append(element);
    return text;
  }

  #folded(): HTMLElement {
    if (this.#rest) return this.#rest;
    const rest = document.createElement('span');
    // Found by the browser's search, which opens it.
    if (!this.#isUnfolded) rest.setAttribute('hidden', 'onbeforematch' in rest ? 'until-found' : '');
    rest.addEventListener('beforematch', this.#unfold);
    this.#code.append(rest);
    return (this.#rest = rest);
  }

  #drawBar(): void {
    const {drawing} = this.#page;
    const {strings} = drawing;
    render(
      html`<span class="language">${this.#language}</span>
        <button
          type="button"
          class="quiet small"
          aria-pressed=${this.#isWrapped ? 'true' : 'false'}
          @click=${this.#wrap}
        >
          ${strings.wrapLines}
        </button>
        ${drawing.copyButton(() => this.#block.lines.join('\n') + '\n')}`,
      this.#bar,
    );
    const count = this.#block.lines.length;
    const isFolded = count > SHOWN && !this.#isUnfolded;
    render(
      isFolded
        ? html`<button type="button" class="quiet small" @click=${this.#unfold}>
            ${fill(strings.showAllLines, {count})}
          </button>`
        : nothing,
      this.#foot,
    );
  }

  readonly #wrap = (): void => {
    this.#isWrapped = !this.#isWrapped;
    this.node.classList.toggle('wrapped', this.#isWrapped);
    this.#drawBar();
  };

  readonly #unfold = ({type}: Event): void => {
    this.#isUnfolded = true;
    this.#rest?.removeAttribute('hidden');
    if (type === 'click') this.#pre.focus({preventScroll: true});
    this.#drawBar();
  };

  /** With colours, if there is a grammar; without waiting for it. */
  color(): void {
    const language = this.#language.toLowerCase();
    if (!language || this.#uncolor || !('highlights' in CSS)) return;
    let isWanted = true;
    this.#uncolor = () => (isWanted = false);
    const {lines} = this.#block;
    void import('../highlight/color-lines.ts')
      .then(({colorLines}) =>
        colorLines(
          language,
          lines,
          (line) => this.#placeOf(line),
          () => isWanted,
        ),
      )
      .then((undo) => {
        if (isWanted) this.#uncolor = undo;
        else undo();
      })
      .catch((cause: unknown) => console.warn(`agent-session-elements: no colours for ${language}.`, cause));
  }

  uncolor(): void {
    this.#uncolor?.();
    this.#uncolor = undefined;
  }

  /** Where a line begins. */
  #placeOf(line: number): readonly [Text, number] | undefined {
    const box = Math.floor(line / IN_BOX);
    const text = this.#texts[box];
    if (!text) return undefined;
    let offset = 0;
    for (let at = box * IN_BOX; at < line; at++) offset += (this.#block.lines[at]?.length ?? 0) + 1;
    return [text, offset];
  }
}
