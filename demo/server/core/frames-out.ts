import type {ServerFrame} from '../../../src/backend/session-sync/frames.ts';
import type {Entry} from './storage.ts';
import {utf8Bytes} from './text.ts';

export const frame = (data: ServerFrame): string => JSON.stringify(data);

/** What stands before an entry to make it an `event` frame of this channel. */
export const eventHead = (channel: string): string => `{"type":"event","channel":${JSON.stringify(channel)},`;

/** Entries are kept as JSON, so that they need not be read to be sent. */
export const eventFrame = (channel: string, entry: Entry): string => eventHead(channel) + entry.json.slice(1);

export interface Snapshot {
  readonly channel: string;
  readonly seq: number;
  /** Fields of the state that are not lists, as JSON. */
  readonly fields: Readonly<Record<string, string | undefined>>;
  /** Lists of the state, their elements as JSON. */
  readonly lists: Readonly<Record<string, Iterable<string>>>;
}

/** The frames of a snapshot, each below `max` bytes; all but the last say `more`. */
export function* snapshotFrames({channel, seq, fields, lists}: Snapshot, max: number): Generator<string> {
  const head = `{"type":"snapshot","channel":${JSON.stringify(channel)},"seq":${seq},"state":{`;
  const names = Object.keys(lists);
  const first = Object.entries(fields).flatMap(([name, json]) => (json === undefined ? [] : [`"${name}":${json}`]));
  let parts = new Map<string, string[]>(names.map((name) => [name, []]));
  let plain: readonly string[] = first;
  let bytes = utf8Bytes(head) + first.reduce((sum, part) => sum + utf8Bytes(part) + 1, 0) + 64;
  const build = (more: boolean): string => {
    const state = [...plain, ...[...parts].map(([name, items]) => `"${name}":[${items.join(',')}]`)].join(',');
    return `${head}${state}}${more ? ',"more":true' : ''}}`;
  };
  for (const name of names) {
    for (const item of lists[name] ?? []) {
      const size = utf8Bytes(item) + 1;
      if (bytes + size > max) {
        yield build(true);
        parts = new Map();
        plain = [];
        bytes = utf8Bytes(head) + 64;
      }
      const items = parts.get(name) ?? [];
      items.push(item);
      parts.set(name, items);
      bytes += size;
    }
  }
  yield build(false);
}
