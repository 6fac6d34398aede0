import {lstat} from 'node:fs/promises';
import {extname} from 'node:path';
import {Refusal, type Context} from '../context.ts';
import {bytes, cell, code, plural} from '../markdown.ts';
import {entriesOf, locate, type Located} from '../paths.ts';
import {linesOf, wholeText} from '../text.ts';
import {walk, type Walk} from '../walk.ts';
import type {ToolCall} from './tool.ts';

const KINDS = 10;

interface Sum {
  files: number;
  lines: number;
  bytes: number;
}

/** `count [dir]`: how many files, folders, lines and bytes lie below a folder, by kind of file. */
export const count = (path: string): ToolCall => ({
  ...call(path),
  async *run(context) {
    const top = await locate(context.place, path);
    const seen: Walk = {files: 0, folders: 0, cut: false};
    const all: Sum = {files: 0, lines: 0, bytes: 0};
    const kinds = new Map<string, Sum>();
    let read = 0;
    for await (const file of walk(top, context, seen)) {
      const size = await sizeOf(file);
      const lines = read > context.limits.walkBytes ? 0 : await linesIn(file, context);
      read += Math.min(size, context.limits.fileBytes);
      const kind = extname(file.path).toLowerCase() || 'no ending';
      for (const sum of [all, kinds.get(kind) ?? added(kinds, kind)]) {
        sum.files++;
        sum.lines += lines;
        sum.bytes += size;
      }
    }
    yield `files: ${all.files}\nfolders: ${seen.folders}\nlines: ${all.lines}\nbytes: ${all.bytes}\n`;

    const heading =
      `${code(top.path)} holds **${plural(all.files, 'file')}** in ${plural(seen.folders, 'folder')} below it: ` +
      `${plural(all.lines, 'line')} of text, ${bytes(all.bytes)}.`;
    const rows = [...kinds]
      .sort(([a, x], [b, y]) => y.files - x.files || (a < b ? -1 : 1))
      .slice(0, KINDS)
      .map(([kind, sum]) => `| ${cell(code(kind))} | ${sum.files} | ${sum.lines} | ${bytes(sum.bytes)} |`);
    const table = rows.length ? ['', '| Kind | Files | Lines | Size |', '| --- | --: | --: | --: |', ...rows] : [];
    const notes = [
      ...(kinds.size > KINDS ? [`${plural(kinds.size - KINDS, 'more kind')} of file.`] : []),
      ...(seen.cut ? ['There is more than was counted.'] : []),
    ];
    return [heading, ...table, ...notes.flatMap((note) => ['', note])].join('\n');
  },
});

/** The same tool, quick: only what lies directly in a folder. */
export const countEntries = (path: string): ToolCall => ({
  ...call(path),
  async *run(context) {
    const folder = await locate(context.place, path);
    if (folder.kind === 'file') throw new Refusal(`${code(folder.path)} is a file.`);
    const {entries} = await entriesOf(folder, context);
    const files = entries.filter(({kind}) => kind === 'file').length;
    const folders = entries.filter(({kind}) => kind === 'folder').length;
    yield `files: ${files}\nfolders: ${folders}\n`;
    return `${code(folder.path)} holds ${plural(files, 'file')} and ${plural(folders, 'folder')}.`;
  },
});

const call = (path: string): Omit<ToolCall, 'run'> => ({
  name: 'count',
  title: `Count ${path}`,
  category: 'read',
  input: {path},
  locations: [{path}],
});

const added = (kinds: Map<string, Sum>, kind: string): Sum => {
  const sum = {files: 0, lines: 0, bytes: 0};
  kinds.set(kind, sum);
  return sum;
};

const sizeOf = async (file: Located): Promise<number> => {
  try {
    return (await lstat(file.real)).size;
  } catch {
    return 0;
  }
};

const linesIn = async (file: Located, context: Context): Promise<number> => {
  const text = await wholeText(file, context);
  return text === undefined ? 0 : linesOf(text).length;
};
