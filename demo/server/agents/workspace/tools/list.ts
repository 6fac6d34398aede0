import {lstat} from 'node:fs/promises';
import {Refusal} from '../context.ts';
import {bytes, cell, code, plural} from '../markdown.ts';
import {entriesOf, locate, type Entry} from '../paths.ts';
import type {ToolCall} from './tool.ts';

/** `list [dir]`: what a folder holds. */
export const list = (path: string): ToolCall => ({
  name: 'list',
  title: `List ${path}`,
  category: 'read',
  input: {path},
  locations: [{path}],
  async *run({place, limits, signal, ...rest}) {
    const folder = await locate(place, path);
    if (folder.kind === 'file') throw new Refusal(`${code(folder.path)} is a file: \`read\` shows it.`);

    const {entries, more} = await entriesOf(folder, {place, limits, signal, ...rest});
    // Folders first, as a person would look for them.
    const sorted = [...entries.filter(isFolder), ...entries.filter((entry) => !isFolder(entry))];
    const rows: string[] = [];
    for (const entry of sorted.slice(0, limits.rows)) {
      signal.throwIfAborted();
      const name = isFolder(entry) ? `${entry.name}/` : entry.name;
      const what = await describe(entry);
      rows.push(`| ${cell(code(name))} | ${what} |`);
      yield `${name}\t${what}\n`;
    }
    const heading = `${code(folder.path)} holds ${plural(entries.length, 'entry', 'entries')}`;
    if (rows.length === 0) return `${heading}.`;
    const left = entries.length - rows.length;
    const note = more ? 'There are more than can be listed.' : left > 0 ? `${left} more are not shown.` : '';
    return [`${heading}:`, '', '| Name | |', '| --- | --- |', ...rows, ...(note ? ['', note] : [])].join('\n');
  },
});

const isFolder = ({kind}: Entry): boolean => kind === 'folder';

const describe = async ({kind, real}: Entry): Promise<string> => {
  if (kind === 'folder') return 'folder';
  // Where it leads is not looked at: it may be outside.
  if (kind === 'link') return 'link';
  if (kind === 'other') return 'no file';
  try {
    return bytes((await lstat(real)).size);
  } catch {
    return 'gone';
  }
};
