import {labelsIn, parseInline, type Definitions, type Token} from '../grammar/grammar.ts';
import type {Block, Leaf, Root} from './block.ts';
import {joinChildren} from './join-blocks.ts';
import {readBlocks} from './read-blocks.ts';
import type {settle} from './settle.ts';
import type {undecided} from './undecided.ts';

/** What only a text needs that grows. Without it, all of it is parsed again. */
export interface Growth {
  readonly settle: typeof settle;
  readonly undecided: typeof undecided;
}

/**
 * A text that grows, as blocks. What is finished is parsed once; only the lines of what is open are parsed again. However
 * a text comes, in the end its blocks are those of the whole text.
 */
export class GrowingDocument {
  readonly root: Root = {kind: 'root', from: 0, to: 0, afterBlank: false, children: [], settled: 0};
  /** Told of leaves that have become links meanwhile. */
  readonly #onLinked: (leaf: Leaf) => void;
  readonly #growth: () => Growth | undefined;
  #text = '';
  /** What is still looked at; the last one has no end yet. */
  readonly #lines: string[] = [''];
  #isComplete = false;
  readonly #definitions = Object.create(null) as Definitions;
  readonly #waiting = new Map<string, Set<Leaf>>();

  constructor(onLinked: (leaf: Leaf) => void = () => {}, growth: () => Growth | undefined = () => undefined) {
    this.#onLinked = onLinked;
    this.#growth = growth;
  }

  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** How many lines are parsed again when something comes. */
  get openLines(): number {
    return this.#lines.length;
  }

  /** Whether `text` goes on from what is held; else a new document is needed. */
  continuesWith(text: string): boolean {
    return this.#isComplete ? text === this.#text : text.startsWith(this.#text);
  }

  /** `text` is all of it so far. */
  update(text: string, isComplete: boolean): void {
    if (this.#isComplete || (text.length === this.#text.length && !isComplete)) return;
    this.#take(text.slice(this.#text.length));
    this.#text = text;
    this.#isComplete = isComplete;
    const lines = this.#lines;
    const growth = isComplete ? undefined : this.#growth();
    const shown = growth ? lines.slice(0, lines.length - growth.undecided(lines)) : lines;
    joinChildren(this.root, readBlocks(shown).children);
    if (isComplete) this.#defineAll(this.root);
    else growth?.settle(this.root, lines, Math.min(shown.length, lines.length - 1), (block) => this.#define(block));
  }

  /** The tokens of a leaf's text; told again if a definition comes that it lacks. */
  inline(text: string, leaf: Leaf): Token[] {
    if (text.includes('[')) {
      for (const label of labelsIn(text)) {
        if (label in this.#definitions) continue;
        const waiting = this.#waiting.get(label);
        if (waiting) waiting.add(leaf);
        else this.#waiting.set(label, new Set([leaf]));
      }
    }
    return parseInline(text, this.#definitions);
  }

  #take(text: string): void {
    const [first = '', ...rest] = text.split('\n');
    const lines = this.#lines;
    lines.push((lines.pop() ?? '') + first);
    for (const line of rest) {
      lines.push((lines.pop() ?? '').replace(/\r$/, ''), line);
    }
  }

  #defineAll(block: Block): void {
    this.#define(block);
    if ('children' in block) for (const child of block.children.slice(block.settled)) this.#defineAll(child);
  }

  #define(block: Block): void {
    if (block.kind !== 'definition') return;
    for (const [label, definition] of Object.entries(block.defines)) {
      if (label in this.#definitions) continue;
      this.#definitions[label] = definition;
      this.#waiting.get(label)?.forEach((leaf) => this.#onLinked(leaf));
      this.#waiting.delete(label);
    }
  }
}
