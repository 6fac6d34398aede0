import type {ChildPart, ReactiveControllerHost} from 'lit';
import {Directive, directive} from 'lit/directive.js';
import {GrowingDocument} from './document/growing-document.ts';
import type {Drawing} from './drawing.ts';
import {adoptStyles} from './view/adopt-styles.ts';
import type {Page} from './view/block-views.ts';
import {markdownStyles} from './view/markdown.styles.ts';
import {ParentView} from './view/parent-view.ts';

/**
 * While it grows, a text is drawn again after so many milliseconds: in every second frame of most screens. Nobody reads
 * faster, and half of what streaming costs is what a browser does for each frame that shows something new.
 */
const PAUSE = 25;

/**
 * `markdown(text, isComplete, drawing)`, in the template of an element: shows a text that may still grow. What is finished
 * is neither parsed nor drawn again. The styles go to the root in which it stands.
 */
class MarkdownDirective extends Directive {
  #page: Page | undefined;
  #view: ParentView | undefined;
  #isFollowing = false;
  #drawn = -Infinity;
  #pending: ReturnType<typeof setTimeout> | undefined;

  override render(_text: string, _isComplete: boolean, _drawing: Drawing): unknown {
    return this.#view?.node;
  }

  override update(part: ChildPart, [text, isComplete, drawing]: [string, boolean, Drawing]): unknown {
    this.#follow(part.options?.host as ReactiveControllerHost | undefined);
    if (this.#page?.drawing !== drawing || !this.#page.document.continuesWith(text)) this.#begin(drawing);
    clearTimeout(this.#pending);
    if (isComplete || performance.now() - this.#drawn >= PAUSE) this.#draw(text, isComplete);
    // Should nothing come meanwhile.
    else this.#pending = setTimeout(() => this.#draw(text, false), PAUSE);
    const page = this.#page;
    // What is drawn for the first time is not in its place before the whole template is.
    queueMicrotask(() => page?.styles.forEach((styles) => adoptStyles(part.parentNode, styles)));
    return this.#view?.node;
  }

  #draw(text: string, isComplete: boolean): void {
    const document = this.#page?.document;
    if (!document || document.isComplete) return;
    this.#drawn = performance.now();
    document.update(text, isComplete);
    this.#view?.update(!isComplete);
  }

  /** Colours are kept by the document, so they must go with the element. */
  #follow(host: ReactiveControllerHost | undefined): void {
    if (this.#isFollowing) return;
    this.#isFollowing = true;
    host?.addController({
      hostConnected: () => this.#page?.colored.forEach((code) => code.color()),
      hostDisconnected: () => this.#uncolor(),
    });
  }

  #uncolor(): void {
    this.#page?.colored.forEach((code) => code.uncolor());
  }

  #begin(drawing: Drawing): void {
    this.#uncolor();
    this.#drawn = -Infinity;
    const leaves: Page['leaves'] = new WeakMap();
    const document = new GrowingDocument((leaf) => leaves.get(leaf)?.update(false));
    this.#page = {document, drawing, leaves, images: new Set(), colored: new Set(), styles: new Set([markdownStyles])};
    this.#view = new ParentView(document.root, this.#page);
  }
}

export const markdown = directive(MarkdownDirective);
