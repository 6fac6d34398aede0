import {readFileSync} from 'node:fs';
import {readExport} from '../../src/backend/wire/export.ts';
import type {Item} from '../../src/model/items.ts';
import {checked} from './broken.ts';
import {replay} from './replay.ts';

/** Plays an export of `<session-inspector>` and prints what the page shows at its end; throws what it breaks. */
export async function replayFile(file: string): Promise<void> {
  const {played, skipped, warnings, sessions, threads} = await replay(readExport(readFileSync(file, 'utf8')));
  for (const warning of warnings) console.log(`! ${warning}`);
  console.log(`${sessions.length} sessions`);
  for (const {id, status, title} of sessions) console.log(`  ${id}  ${status.padEnd(9)} ${title}`);
  for (const [session, items] of Object.entries(threads)) {
    console.log(`\n${session}`);
    for (const item of items) console.log(`  ${lineOf(item)}`);
  }
  const looks = [...checked.values()].reduce((sum, count) => sum + count, 0);
  console.log(`\n${played} frames played, ${skipped} without a beginning skipped; ${looks} checks, none failed`);
}

/** `12 message agent: Hello`, at most as long as a line. */
function lineOf(item: Item): string {
  const {key: _, seq, kind, ...rest} = item as Item & {readonly role?: string; readonly text?: string};
  const said = 'text' in item ? `${rest.role ? `${rest.role}: ` : ''}${item.text}` : JSON.stringify(rest);
  return `${String(seq).padStart(4)} ${kind} ${said.replace(/\s+/g, ' ')}`.slice(0, 160);
}
