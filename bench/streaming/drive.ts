import {behindFrame} from '../kit/behind-frame.ts';
import {answerOf, lettersOf, linesOf, type Structure} from './answer.ts';
import './candidate.ts';

/** `frames`: so many pieces in each animation frame; `burst`: each in a task of its own, as fast as it goes. */
export type Pace = 'frames' | 'burst';

/** Characters in a piece, and pieces in a frame: about 5,000 characters a second. */
const PIECE = 6;
const IN_FRAME = 14;

export interface Drawn {
  /** Pieces that were written before the time was over. */
  readonly written: number;
  readonly pieces: number;
  /** All lines are on the page, in their order. */
  readonly isWhole: boolean;
  readonly structure: Structure;
  readonly nodes: number;
}

let pieces: string[] = [];
let seen: readonly string[] = [];
let written = 0;

const channel = new MessageChannel();
const task = (): Promise<unknown> =>
  new Promise((resolve) => {
    channel.port1.onmessage = resolve;
    channel.port2.postMessage('');
  });

/** Nothing more changes: the same text for half a second, or the patience is over. */
async function settled(isWhole: () => boolean): Promise<void> {
  for (let round = 0; round < 120; round++) {
    if (round % 10 === 9 && isWhole()) return;
    await behindFrame();
  }
}

/** The text of the page, through shadow roots. */
function textOf(node: Node): string {
  if (node.nodeType === Node.TEXT_NODE) return (node as Text).data;
  if (node instanceof HTMLElement && ['STYLE', 'SCRIPT'].includes(node.tagName)) return '';
  let text = node instanceof Element && node.shadowRoot ? textOf(node.shadowRoot) : '';
  for (const child of node.childNodes) text += textOf(child);
  return text;
}

/** As often as `selector` is found, through shadow roots. */
function count(root: Document | ShadowRoot, selector: string): number {
  let found = root.querySelectorAll(selector).length;
  for (const element of root.querySelectorAll('*'))
    if (element.shadowRoot) found += count(element.shadowRoot, selector);
  return found;
}

/** Every line is there, in its order; between them may stand what belongs to code, like a button. */
function isWhole(): boolean {
  const text = lettersOf(textOf(document.body));
  let at = 0;
  return seen.every((line) => {
    const found = text.indexOf(line, at);
    at = found + line.length;
    return found >= 0;
  });
}

export const drive = {
  async prepare(length: number, plain: boolean): Promise<void> {
    const {text, seen: shown} = answerOf(length);
    pieces = text.match(new RegExp(`[^]{1,${PIECE}}`, 'g')) ?? [];
    seen = plain ? linesOf(text) : shown;
    await window.candidate.mount();
    for (let round = 0; round < 20; round++) await behindFrame();
  },

  /** What is measured. Ends after `patience` milliseconds, whatever has been written. */
  async write(pace: Pace, patience: number): Promise<void> {
    const {candidate} = window;
    const start = performance.now();
    for (written = 0; written < pieces.length && performance.now() - start < patience;) {
      const next = pieces.slice(written, written + (pace === 'frames' ? IN_FRAME : 1));
      for (const piece of next) candidate.write(piece);
      written += next.length;
      await (pace === 'frames' ? behindFrame() : task());
    }
    candidate.end();
    for (let round = 0; round < 3; round++) await behindFrame();
  },

  async drawn(): Promise<Drawn> {
    if (written === pieces.length) await settled(isWhole);
    return {
      written,
      pieces: pieces.length,
      isWhole: isWhole(),
      structure: {
        headings: count(document, 'h1, h2, h3, h4, h5, h6'),
        entries: count(document, 'li'),
        codes: count(document, 'pre'),
        tables: count(document, 'table'),
      },
      nodes: count(document, '*'),
    };
  },
};

declare global {
  interface Window {
    drive: typeof drive;
  }
}
window.drive = drive;
