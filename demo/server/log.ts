import type {Log} from './core/ports.ts';

/** One JSON object a line. What an error carries besides its stack is not written: it may hold a message or a path. */
export const createLog =
  (write: (line: string) => void, now: () => Date = () => new Date()): Log =>
  (level, event, fields = {}) => {
    write(`${JSON.stringify({time: now().toISOString(), level, event, ...fields}, plain)}\n`);
  };

/** `JSON.stringify` makes `{}` of an error. */
const plain = (_key: string, value: unknown): unknown => {
  if (value instanceof Error) return value.stack ?? value.message;
  return typeof value === 'bigint' ? String(value) : value;
};
