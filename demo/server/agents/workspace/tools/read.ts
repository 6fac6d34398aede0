import {extname} from 'node:path';
import {Refusal} from '../context.ts';
import {bytes, code, fence, plural} from '../markdown.ts';
import {locate} from '../paths.ts';
import {linesOf, readText} from '../text.ts';
import type {ToolCall} from './tool.ts';

/** What highlighters call a kind of file that is not called as its names end. */
const languages: Readonly<Record<string, string>> = {
  mjs: 'js',
  cjs: 'js',
  mts: 'ts',
  yml: 'yaml',
  sh: 'bash',
  htm: 'html',
  markdown: 'md',
};

/** `read FILE`: its text, or the beginning of it. */
export const read = (path: string): ToolCall => ({
  name: 'read',
  title: `Read ${path}`,
  category: 'read',
  input: {path},
  locations: [{path}],
  async *run(context) {
    const file = await locate(context.place, path);
    if (file.kind === 'folder') throw new Refusal(`${code(file.path)} is a folder: \`list\` shows what it holds.`);

    const found = await readText(file, context.limits.shownBytes, context);
    if (!('text' in found)) throw new Refusal(`${code(file.path)} is no text (${bytes(found.size)}).`);
    yield found.text;
    const lines = linesOf(found.text);
    const about = found.cut ? `the first ${bytes(context.limits.shownBytes)} of ` : `${plural(lines.length, 'line')}, `;
    const heading = `${code(file.path)}: ${about}${bytes(found.size)}`;
    return lines.length === 0 ? `${heading}.` : `${heading}\n\n${fence(found.text, languageOf(file.path))}`;
  },
});

const languageOf = (path: string): string => {
  const end = extname(path).slice(1).toLowerCase();
  return /^[a-z0-9+#-]*$/.test(end) ? (languages[end] ?? end) : '';
};
