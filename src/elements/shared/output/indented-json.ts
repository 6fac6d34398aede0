/** In UTF-16 units. Longer ones are left as they came: nobody reads them. */
const LONGEST = 500_000;
/** Deeper lines stand no further in. */
const FURTHEST = 12;

const TOKEN = /"(?:[^"\\]|\\.)*"|[^\s[\]{},:"]+|[[\]{},:]/g;

/**
 * An object or list that a program has written in one line of JSON, on lines of its own; else undefined. Nothing of it is
 * read as a value: numbers stand as they were written, with all of their digits, and so does what is there twice.
 */
export function indentedJson(text: string): string | undefined {
  const line = text.trim();
  if (line.length > LONGEST || !/^(?:\{.*\}|\[.*\])$/.test(line) || !isJson(line)) return undefined;
  const parts: string[] = [];
  let depth = 0;
  let before = '';
  for (const [token] of line.matchAll(TOKEN)) {
    const closes = token === '}' || token === ']';
    if (closes) depth--;
    const isEmpty = closes && (before === '{' || before === '[');
    if (before === ',' || (before === '{' || before === '[' ? !isEmpty : closes)) {
      parts.push('\n', '  '.repeat(Math.min(depth, FURTHEST)));
    }
    parts.push(token === ':' ? ': ' : token);
    if (token === '{' || token === '[') depth++;
    before = token;
  }
  return parts.join('');
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
