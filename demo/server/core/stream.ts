import type {TextPiece} from './storage.ts';
import {take, wholeLength, type Weight} from './text.ts';

const isHigh = /[\ud800-\udbff]$/u;

/** Text of one item as it comes. It keeps what may be stored and counts the rest. */
export class Stream {
  readonly item: string;
  readonly turn: string;
  readonly kind: TextPiece['kind'];
  #text = '';
  #full = 0;
  #closed = false;
  #left: Weight;
  /** How much of the text the storage has, and how much the pages were offered. */
  saved = 0;
  offered = 0;

  constructor(head: {readonly item: string; readonly turn: string; readonly kind: TextPiece['kind']}, max: number) {
    this.item = head.item;
    this.turn = head.turn;
    this.kind = head.kind;
    // Escapes make a text longer as JSON; a frame holds less than twice of what an item may.
    this.#left = {bytes: max, json: Math.min(1.75 * max, 900 * 1024)};
  }

  get text(): string {
    return this.#text;
  }

  /** How much can be sent: half a pair is not. */
  get whole(): number {
    return wholeLength(this.#text);
  }

  append(chunk: string): void {
    this.#full += chunk.length;
    if (this.#closed) return;
    const fits = take(chunk, this.#left);
    this.#text += fits.text;
    this.#left = {bytes: this.#left.bytes - fits.bytes, json: this.#left.json - fits.json};
    this.#closed = fits.text.length < chunk.length;
    // The other half of a pair was what did not fit.
    if (this.#closed && isHigh.test(this.#text)) this.#text = this.#text.slice(0, -1);
  }

  /** All of it, as it is stored. */
  piece(): TextPiece {
    return {item: this.item, turn: this.turn, kind: this.kind, text: this.#text, full: this.#full};
  }

  /** What the storage has not yet, if anything. */
  unsaved(): TextPiece | undefined {
    return this.saved < this.#text.length ? {...this.piece(), text: this.#text.slice(this.saved)} : undefined;
  }
}
