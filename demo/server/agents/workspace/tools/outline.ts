import {Refusal} from '../context.ts';
import {code, plural} from '../markdown.ts';
import {locate} from '../paths.ts';
import {readText} from '../text.ts';
import {headingsOf} from './headings.ts';
import type {ToolCall} from './tool.ts';

/** `outline FILE.md`: its headings, one below the other as they belong. */
export const outline = (path: string): ToolCall => ({
  name: 'outline',
  title: `Outline ${path}`,
  category: 'read',
  input: {path},
  locations: [{path}],
  async *run(context) {
    const file = await locate(context.place, path);
    if (file.kind === 'folder' || !/\.(md|markdown)$/i.test(file.path))
      throw new Refusal(`\`outline\` reads Markdown files, and ${code(file.path)} is none.`);

    const found = await readText(file, context.limits.fileBytes, context);
    if (!('text' in found)) throw new Refusal(`${code(file.path)} is no text.`);
    const headings = headingsOf(found.text);
    const lines: string[] = [];
    // The levels above: a heading that skips some is still only one step deeper than what it stands under.
    const above: number[] = [];
    for (const {level, text, line} of headings) {
      while ((above.at(-1) ?? 0) >= level) above.pop();
      lines.push(`${'  '.repeat(above.length)}- ${text} (line ${line})`);
      above.push(level);
      yield `${line}: ${'#'.repeat(level)} ${text}\n`;
    }
    const note = found.cut ? ['', 'Only the beginning of the file was read.'] : [];
    if (lines.length === 0) return [`${code(file.path)} has no headings.`, ...note].join('\n');
    return [`${code(file.path)} has ${plural(lines.length, 'heading')}:`, '', ...lines, ...note].join('\n');
  },
});
