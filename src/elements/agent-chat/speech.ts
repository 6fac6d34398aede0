import {sentencesOf} from './sentences.ts';
import {speakable} from './speakable.ts';

/**
 * How much of one answer is said, in characters: about half a minute at the usual speed of a screen reader, which says
 * what it is told to the end. The rest is counted, and stands in the conversation.
 */
const MOST = 600;

export interface SpeechWords {
  /** In place of a block of code. */
  readonly codeBlock: string;
  /** With `{count}`. */
  readonly moreSentences: string;
}

/** A fence, in a list or quote too. */
const FENCE = /^(?:[\s>]|[-*+]\s|\d+[.)]\s)*(`{3,}|~{3,})/;

/** One answer while it is being written, by whole sentences as they are said aloud. */
export class Speech {
  readonly #words: SpeechWords;
  /** How far the text is read. */
  #at = 0;
  /** The fence of the block of code that is open. */
  #fence = '';
  #said = 0;
  #unsaid: string[] = [];

  constructor(words: SpeechWords) {
    this.#words = words;
  }

  /** What is new in `text`, which has grown; all of it once it is `complete`. */
  next(text: string, complete: boolean): string[] {
    const found = this.#read(text, complete);
    const said = found.filter((sentence) => this.#fits(sentence));
    if (!complete) return said;
    const [one, ...more] = this.#unsaid;
    if (more.length) said.push(this.#words.moreSentences.replace('{count}', String(more.length + 1)));
    else if (one !== undefined) said.push(shortened(one));
    this.#unsaid = [];
    return said;
  }

  /** What was read so far is history, and not said. */
  skip(): void {
    this.#said = 0;
    this.#unsaid = [];
  }

  #fits(sentence: string): boolean {
    const isFirst = this.#said === 0;
    this.#said += sentence.length;
    if (isFirst || this.#said <= MOST) return true;
    this.#unsaid.push(sentence);
    return false;
  }

  #read(text: string, complete: boolean): string[] {
    const found: string[] = [];
    while (this.#at < text.length) {
      const end = text.indexOf('\n', this.#at);
      const line = text.slice(this.#at, end < 0 ? undefined : end);
      if (end < 0 && !complete) {
        for (const sentence of this.#begun(line, this.#isLineStart(text))) found.push(sentence);
        break;
      }
      for (const sentence of this.#line(line, this.#isLineStart(text))) found.push(sentence);
      this.#at += line.length + 1;
    }
    return found.filter(Boolean);
  }

  #isLineStart(text: string): boolean {
    return this.#at === 0 || text[this.#at - 1] === '\n';
  }

  #line(line: string, isStart: boolean): string[] {
    const fence = isStart ? (FENCE.exec(line)?.[1] ?? '') : '';
    if (this.#fence) {
      if (fence.startsWith(this.#fence)) this.#fence = '';
      return [];
    }
    this.#fence = fence;
    if (fence) return [this.#words.codeBlock];
    const {whole, rest} = sentencesOf(speakable(line));
    return [...whole, rest].map((sentence) => shortened(sentence.trim()));
  }

  /** The sentences of a line that goes on; one that may turn out to be code or a table says nothing yet. */
  #begun(line: string, isStart: boolean): string[] {
    if (this.#fence || (isStart && /^[\s>]*[`~|]/.test(line))) return [];
    const {whole, rest} = sentencesOf(line);
    this.#at += line.length - rest.length;
    return whole.map((sentence) => shortened(speakable(sentence)));
  }
}

/** What has no end of a sentence for long. */
const shortened = (text: string): string =>
  text.length > MOST ? `${text.slice(0, MOST).replace(/\s+\S*$/, '')}…` : text;
