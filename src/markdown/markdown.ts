import type {ChildPart, ReactiveControllerHost} from 'lit';
import {Directive, directive} from 'lit/directive.js';
import {GrowingDocument} from './document/growing-document.ts';
import type {Drawing} from './drawing.ts';
import {inTurns} from './in-turns.ts';
import {adoptStyles} from './view/adopt-styles.ts';
import type {Page} from './view/block-views.ts';
import {partsNow} from './view/later-parts.ts';
import {markdownStyles} from './view/markdown.styles.ts';
import {ParentView} from './view/parent-view.ts';

/**
 * While it grows, a text is drawn again after so many milliseconds: in every second frame of most screens. Nobody reads
 * faster, and half of what streaming costs is what a browser does for each frame that shows something new.
 */
const PAUSE = 25;

/** Where drawing takes longer, as with thousands of rows in a table, the pause is so many times as long, up to a limit. */
const REST = 3;
const LONGEST_PAUSE = 400;

/**
 * Characters that are drawn at once: what is longer comes in pieces. They grow as long as drawing one, with all that the
 * browser makes of it, leaves half of the 50 ms after which a page is felt to hang (the "long task" of W3C); a text begins
 * with what was right for the one before.
 */
let lastPiece = 250;
const LEAST_PIECE = 250;
const LONGEST_PIECE = 4000;
const LONGEST_WORK = 25;

/**
 * `markdown(text, isComplete, drawing)`, in the template of an element: shows a text that may still grow. What is finished
 * is neither parsed nor drawn again. The styles go to the root in which it stands.
 */
class MarkdownDirective extends Directive {
  readonly #place = document.createElement('div');
  #page: Page | undefined;
  #view: ParentView | undefined;
  #isFollowing = false;
  #text = '';
  #isComplete = false;
  /** So much of the text is drawn. */
  #length = 0;
  #piece = lastPiece;
  /** Not to be drawn again before. */
  #due = -Infinity;
  #pending: ReturnType<typeof setTimeout> | undefined;
  #isWaiting = false;
  /** The element has left the document; what was not drawn yet may be drawn after that. */
  #isAway = false;

  override render(_text: string, _isComplete: boolean, _drawing: Drawing): unknown {
    return this.#place;
  }

  override update(part: ChildPart, [text, isComplete, drawing]: [string, boolean, Drawing]): unknown {
    this.#follow(part.options?.host as ReactiveControllerHost | undefined);
    this.#text = text;
    this.#isComplete = isComplete;
    if (this.#page?.drawing !== drawing || !this.#page.document.continuesWith(text)) this.#begin(drawing);
    clearTimeout(this.#pending);
    const isNew = this.#length === 0;
    if (isNew || text.length - this.#length > this.#piece) this.#wait();
    else if (isComplete || performance.now() >= this.#due) this.#draw();
    // Should nothing come meanwhile.
    else this.#pending = setTimeout(() => this.#draw(), this.#due - performance.now());
    return this.#place;
  }

  #wait(): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    inTurns(() => (this.#isWaiting = this.#draw()), this.#length === 0 && this.#isComplete);
  }

  /** The next piece; returns whether there is more. */
  #draw(): boolean {
    const {document} = this.#page ?? {};
    if (!document || document.isComplete) return false;
    const start = performance.now();
    const text = this.#text;
    const next = this.#length + this.#piece;
    const line = text.lastIndexOf('\n', next);
    const end = next >= text.length ? text.length : line > this.#length ? line : next;
    const isLast = end === text.length;
    document.update(text.slice(0, end), isLast && this.#isComplete);
    this.#view?.update(!document.isComplete);
    if (this.#view && !this.#view.node.parentNode) this.#place.replaceChildren(this.#view.node);
    // What is drawn at once is not in its place before the whole template is.
    queueMicrotask(() => this.#page?.styles.forEach((styles) => adoptStyles(this.#place, styles)));
    this.#length = end;
    if (this.#isAway) this.#uncolor();
    this.#rest(start);
    return !isLast;
  }

  /** Not before so much has passed as it took, with what the browser makes of it in the next frame. */
  #rest(start: number): void {
    const drawn = performance.now();
    this.#due = start + PAUSE;
    requestAnimationFrame(() => {
      const frame = performance.now();
      setTimeout(() => {
        const now = performance.now();
        const work = drawn - start + now - frame;
        this.#due = Math.max(this.#due, now + Math.min(LONGEST_PAUSE, REST * work - PAUSE));
        if (work > LONGEST_WORK) this.#piece = Math.max(LEAST_PIECE, this.#piece / 2);
        else if (2 * work < LONGEST_WORK) this.#piece = Math.min(LONGEST_PIECE, this.#piece * 2);
        lastPiece = this.#piece;
      });
    });
  }

  /** Colours are kept by the document, so they must go with the element. */
  #follow(host: ReactiveControllerHost | undefined): void {
    if (this.#isFollowing) return;
    this.#isFollowing = true;
    host?.addController({
      hostConnected: () => {
        this.#isAway = false;
        this.#page?.colored.forEach((code) => code.color());
      },
      hostDisconnected: () => {
        this.#isAway = true;
        this.#uncolor();
      },
    });
  }

  #uncolor(): void {
    this.#page?.colored.forEach((code) => code.uncolor());
  }

  #begin(drawing: Drawing): void {
    this.#uncolor();
    this.#length = 0;
    this.#due = -Infinity;
    // As it is written, until it is drawn. Where it has just begun, marks would flash; the words come in a moment.
    if (this.#isComplete && !this.#view) this.#place.textContent = this.#text;
    const leaves: Page['leaves'] = new WeakMap();
    const document = new GrowingDocument((leaf) => leaves.get(leaf)?.update(false), partsNow);
    this.#page = {
      document,
      drawing,
      isGrowing: () => !this.#isComplete,
      leaves,
      colored: new Set(),
      styles: new Set([markdownStyles]),
    };
    this.#view = new ParentView(document.root, this.#page);
  }
}

export const markdown = directive(MarkdownDirective);
