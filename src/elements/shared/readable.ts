/** What is nested deeper is left out (data that is meant to be deep would be longer than what it says). */
const DEEPEST = 100;
/** Deeper lines stand no further in. */
const FURTHEST = 12;

/** Any JSON, for people; nothing where nothing was given. */
export const readable = (value: unknown): string => {
  if (typeof value === 'string') return value;
  const text = value === undefined || value === null ? '' : json(value, 0);
  return text === '{}' ? '' : text;
};

function json(value: unknown, depth: number): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const isList = Array.isArray(value);
  const [open, close] = isList ? '[]' : '{}';
  const entries = isList
    ? value.map((each) => ['', each] as const)
    : Object.entries(value).map(([key, each]) => [`${JSON.stringify(key)}: `, each] as const);
  if (!entries.length) return `${open}${close}`;
  if (depth === DEEPEST) return `${open}…${close}`;
  const inset = (level: number): string => '  '.repeat(Math.min(level, FURTHEST));
  const lines = entries.map(([key, each]) => `${inset(depth + 1)}${key}${json(each, depth + 1)}`);
  return `${open}\n${lines.join(',\n')}\n${inset(depth)}${close}`;
}
