import {Refusal, type Context} from '../context.ts';
import {code, plural} from '../markdown.ts';
import {locate, type Located} from '../paths.ts';
import {linesOf, wholeText} from '../text.ts';
import {walk, type Walk} from '../walk.ts';
import type {ToolCall} from './tool.ts';

/** Of a line that is shown. */
const SHOWN = 160;

/** `search TEXT`: every line below the workspace that holds it, in whatever case. */
export const search = (wanted: string): ToolCall => ({
  name: 'search',
  title: `Search for ${wanted}`,
  category: 'search',
  input: {text: wanted},
  async *run(context) {
    if (/[\r\n]/.test(wanted)) throw new Refusal('A search is for text within one line.');

    const {place, limits} = context;
    const seen: Walk = {files: 0, folders: 0, cut: false};
    const found: string[] = [];
    const files = new Set<string>();
    let bytes = 0;
    search: for await (const file of walk(await locate(place, '.'), context, seen)) {
      const {size, matches} = await matchesIn(file, wanted.toLowerCase(), context);
      for (const {line, text} of matches) {
        if ((seen.cut ||= found.length === limits.matches)) break search;
        files.add(file.path);
        found.push(`- ${code(`${file.path}:${line}`)} ${code(text)}`);
        yield `${file.path}:${line}: ${text}\n`;
      }
      bytes += size;
      if ((seen.cut ||= bytes > limits.walkBytes)) break;
    }
    const searched = `${plural(seen.files, 'file')} searched${seen.cut ? ', not all of the workspace' : ''}`;
    if (found.length === 0) return `Nothing holds ${code(wanted)} (${searched}).`;
    const heading = `${plural(found.length, 'line')} in ${plural(files.size, 'file')} with ${code(wanted)} (${searched}):`;
    return [heading, '', ...found].join('\n');
  },
});

interface Match {
  readonly line: number;
  readonly text: string;
}

const matchesIn = async (
  file: Located,
  wanted: string,
  context: Context,
): Promise<{size: number; matches: Match[]}> => {
  const text = await wholeText(file, context);
  if (text === undefined) return {size: 0, matches: []};
  const matches = linesOf(text)
    .map((line, index) => ({line: index + 1, at: line.toLowerCase().indexOf(wanted), text: line}))
    .filter(({at}) => at >= 0)
    .map(({line, at, text}) => ({line, text: around(text, at)}));
  return {size: text.length, matches};
};

/** A long line is cut around the place, between characters. */
const around = (line: string, at: number): string => {
  const text = line.trim();
  if (text.length <= SHOWN) return text;
  const from = Math.max(0, at - (line.length - line.trimStart().length) - SHOWN / 4);
  const part = text.slice(from, from + SHOWN).replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, '');
  return `${from > 0 ? '…' : ''}${part}${from + SHOWN < text.length ? '…' : ''}`;
};
