/** A piece of one look. `look` are names of classes, none for plain text. */
export interface Run {
  readonly text: string;
  readonly look: string;
}

interface Look {
  readonly marks: ReadonlySet<string>;
  readonly front: number | undefined;
  readonly back: number | undefined;
}

const PLAIN: Look = {marks: new Set(), front: undefined, back: undefined};

/**
 * One step: an escape sequence (of those that set titles or links, all up to their end, which has to be on the same line), a
 * carriage return, a line break, a control that draws nothing, or text.
 */
const STEP =
  /\x1b(?:\[([0-?]*)[ -/]*([@-~])?|[\]PX^_](?:[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c))?|[ -/]*[0-~]?)|\r+|\n|[\x00-\x08\x0b-\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f]+|[^\x00-\x08\x0a-\x1f\x7f-\x9f]+/g;

/**
 * Terminal output as text with looks. What is written over a line from its start on (progress) takes its place; titles,
 * links and movements of the cursor are left out. Colours are the sixteen of every terminal, others the nearest of them.
 */
export function terminalRuns(text: string): readonly Run[] {
  const done: Run[] = [];
  let line: Run[] = [];
  let look = PLAIN;
  let hasReturned = false;
  for (const [step, codes = '', command] of text.replaceAll('\r\n', '\n').matchAll(STEP)) {
    if (step === '\n') {
      for (const run of line) done.push(run);
      done.push({text: '\n', look: ''});
      line = [];
      hasReturned = false;
    } else if (step.startsWith('\r')) hasReturned = true;
    else if (command === 'm') look = changed(look, codes);
    else if (command === 'K' && hasReturned) line = [];
    else if (isText(step)) {
      if (hasReturned) line = [];
      hasReturned = false;
      line.push({text: step, look: classes(look)});
    }
  }
  return joined([...done, ...line]);
}

/** A tab is drawn, all other controls are not. */
const isText = (step: string): boolean => /^[^\x00-\x08\x0a-\x1f\x7f-\x9f]/.test(step);

function joined(runs: readonly Run[]): readonly Run[] {
  const found: {text: string; look: string}[] = [];
  for (const run of runs) {
    const last = found.at(-1);
    if (last && (last.look === run.look || run.text === '\n')) last.text += run.text;
    else found.push({...run});
  }
  return found;
}

const MARKS: Readonly<Record<number, string>> = {
  1: 'bold',
  2: 'dim',
  3: 'italic',
  4: 'underline',
  7: 'inverse',
  9: 'strike',
  21: 'underline',
};
const ENDS: Readonly<Record<number, readonly string[]>> = {
  22: ['bold', 'dim'],
  23: ['italic'],
  24: ['underline'],
  27: ['inverse'],
  29: ['strike'],
};

/** “Select graphic rendition”. What hides text is not obeyed. */
function changed(before: Look, codes: string): Look {
  const numbers = codes.split(/[;:]/).map(Number);
  let {front, back} = before;
  const marks = new Set(before.marks);
  for (let at = 0; at < numbers.length; at++) {
    const code = numbers[at] ?? 0;
    const mark = MARKS[code];
    if (code === 0) {
      marks.clear();
      front = back = undefined;
    } else if (mark) marks.add(mark);
    else if (code === 38 || code === 48 || code === 58) {
      const [color, used] = longColor(numbers, at + 1);
      if (code === 38) front = color;
      if (code === 48) back = color;
      at += used;
    } else if (code >= 30 && code <= 37) front = code - 30;
    else if (code >= 90 && code <= 97) front = bright(code - 90);
    else if (code >= 40 && code <= 47) back = code - 40;
    else if (code >= 100 && code <= 107) back = bright(code - 100);
    else if (code === 39) front = undefined;
    else if (code === 49) back = undefined;
    else for (const ended of ENDS[code] ?? []) marks.delete(ended);
  }
  return {marks, front, back};
}

/** Of a colour by number (`5;n`) or by its parts (`2;r;g;b`), and how many numbers say so. */
function longColor(numbers: readonly number[], at: number): readonly [color: number | undefined, used: number] {
  const [kind, first = 0, second = 0, third = 0] = numbers.slice(at, at + 4);
  if (kind === 2) return [nearest(first, second, third), 4];
  if (kind !== 5) return [undefined, 1];
  if (first < 8) return [first, 2];
  if (first < 16) return [bright(first - 8), 2];
  if (first > 231) return [nearest(...gray((first - 232) * 10 + 8)), 2];
  const place = first - 16;
  const part = (size: number): number => (Math.floor(place / size) % 6) * 51;
  return [nearest(part(36), part(6), part(1)), 2];
}

const gray = (value: number): [number, number, number] => [value, value, value];

/** A bright colour is the colour itself, made for the page's ground; but bright black is a gray. */
const bright = (color: number): number => (color === 0 ? 8 : color);

/** The nearest of black, red, green, yellow, blue, magenta, cyan, white, and gray (8). */
function nearest(red: number, green: number, blue: number): number {
  const most = Math.max(red, green, blue);
  const least = Math.min(red, green, blue);
  if (most - least < 40) return most < 48 ? 0 : most < 176 ? 8 : 7;
  const middle = (most + least) / 2;
  return (red > middle ? 1 : 0) + (green > middle ? 2 : 0) + (blue > middle ? 4 : 0);
}

function classes({marks, front, back}: Look): string {
  const [fore, ground] = marks.has('inverse') ? [back ?? 0, front ?? 7] : [front, back];
  const names = [...marks].filter((mark) => mark !== 'inverse');
  if (fore !== undefined) names.push(`fore-${fore}`);
  if (ground !== undefined) names.push(`ground-${ground}`);
  return names.join(' ');
}
