import {html, nothing, render} from 'lit';
import {fill} from '../../context/strings.ts';
import type {Code} from '../document/block.ts';
import type {BlockView, Page} from './block-views.ts';
import {CodeLines, SHOWN} from './code-lines.ts';

/** Code as it is, line by line, with what one does with code. */
export class CodeView implements BlockView {
  readonly node = document.createElement('figure');
  readonly #block: Code;
  readonly #page: Page;
  readonly #bar = this.node.appendChild(document.createElement('figcaption'));
  readonly #pre = this.node.appendChild(document.createElement('pre'));
  readonly #lines: CodeLines;
  readonly #foot = this.node.appendChild(document.createElement('div'));
  #settled = 0;
  #drawn = '';
  #isWrapped = false;
  #isUnfolded = false;
  #isFinished = false;
  /** More is being added, and seen while it is. */
  #isGrowing = false;
  #uncolor: (() => void) | undefined;

  constructor(block: Code, page: Page) {
    this.#block = block;
    this.#page = page;
    this.#lines = new CodeLines(block.lines, () => this.#unfold());
    this.#pre.append(this.#lines.node);
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
    const {lines, settled, info, isClosed} = this.#block;
    this.#lines.draw(this.#settled);
    this.#settled = settled;
    this.#isGrowing = isOpen && !isClosed && this.#page.isGrowing();
    this.#fold();
    const drawn = `${info} ${lines.length > SHOWN ? lines.length : ''}`;
    if (drawn !== this.#drawn) this.#drawBar();
    this.#drawn = drawn;
    if (isOpen || this.#isFinished) return;
    this.#isFinished = true;
    this.#page.colored.add(this);
    this.color();
  }

  get #isFolded(): boolean {
    return this.#block.lines.length > SHOWN && !this.#isUnfolded;
  }

  /** Of what is still being written the end is shown, in a box as high as the beginning will be. */
  #fold(): void {
    const isFolded = this.#isFolded;
    const isFollowed = isFolded && this.#isGrowing;
    this.#lines.show(isFollowed ? 'end' : isFolded ? 'start' : 'all');
    this.node.classList.toggle('folded', isFolded);
    this.node.classList.toggle('followed', isFollowed);
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
    render(
      this.#isFolded
        ? html`<button type="button" class="quiet small" @click=${this.#showAll}>
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

  readonly #showAll = (): void => {
    this.#unfold();
    this.#pre.focus({preventScroll: true});
  };

  #unfold(): void {
    this.#isUnfolded = true;
    this.#fold();
    this.#drawBar();
  }

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
          (line) => this.#lines.placeOf(line),
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
}
