import type {ContentBlock} from '../../../../../src/model/events.ts';
import type {Said} from './messages.ts';
import type {Category, ToolFields} from './tool-fields.ts';
import {grown, type Grown} from './tool-text.ts';

/** A tool call of the open turn. */
export interface Tool {
  readonly name: string;
  readonly title: string | undefined;
  readonly category: Category | undefined;
  /** As JSON: agents send it again with every update. */
  readonly input: string;
  readonly locations: string;
  /** What stands in its content beside the text. */
  readonly blocks: readonly ContentBlock[];
  /** The text of its content, as it was last. */
  readonly text: string | undefined;
  /** The text that it came with: what it is to do, not what came of it. */
  readonly described: string | undefined;
  /** What of the text was told as output; empty where a terminal writes; undefined where nothing was. */
  readonly streamed: string | undefined;
  readonly isTerminal: boolean;
  readonly exit: number | undefined;
  /** The content as it was told, as JSON. */
  readonly told: string;
  /** A person has said no. */
  readonly rejected: boolean;
  readonly ended: boolean;
}

export type ToolOutcome = Extract<Said, {type: 'tool-ended'}>['outcome'];

interface Change {
  readonly tool: Tool;
  readonly said: readonly Said[];
}

const NOTHING = '[]';

/** The first that is heard of a tool, in whatever message that is. */
export function beginTool(ref: string, fields: ToolFields): Change {
  const {category, input, locations, parent, content} = fields;
  const name = fields.name ?? category ?? 'tool';
  const title = fields.title === name ? undefined : fields.title;
  const tool: Tool = {
    name,
    title,
    category,
    input: JSON.stringify(input) ?? '',
    locations: JSON.stringify(locations) ?? '',
    blocks: content?.blocks ?? [],
    text: fields.end ? undefined : content?.text,
    described: fields.end ? undefined : content?.text,
    streamed: undefined,
    isTerminal: fields.isTerminal,
    exit: fields.exit,
    told: NOTHING,
    rejected: false,
    ended: false,
  };
  const shown = contentOf(tool);
  const began: Said = {
    type: 'tool-began',
    ref,
    name,
    ...(title !== undefined && {title}),
    ...(category !== undefined && {category}),
    ...(input !== undefined && {input}),
    ...(locations !== undefined && {locations}),
    ...(parent !== undefined && {parent}),
    ...(shown.length > 0 && {content: shown}),
  };
  return more(ref, {tool: {...tool, told: JSON.stringify(shown)}, said: [began]}, fields);
}

export function updateTool(ref: string, tool: Tool, fields: ToolFields): Change {
  if (tool.ended) return {tool, said: []};
  const {title, category, input, content} = fields;
  const now = {
    // Some agents call it by its name again when it has ended.
    title: title === undefined || title === tool.name ? tool.title : title,
    category: category ?? tool.category,
    input: input === undefined ? tool.input : (JSON.stringify(input) ?? ''),
    locations: fields.locations === undefined ? tool.locations : JSON.stringify(fields.locations),
  };
  const text: Grown = fields.end ? {text: tool.text, streamed: tool.streamed} : grown(tool, content?.text);
  const next: Tool = {
    ...tool,
    ...now,
    text: text.text,
    streamed: text.streamed,
    blocks: content && (content.blocks.length > 0 || !fields.end) ? content.blocks : tool.blocks,
    isTerminal: tool.isTerminal || fields.isTerminal,
    exit: fields.exit ?? tool.exit,
  };
  const shown = contentOf(next);
  const told = JSON.stringify(shown);
  const news = {
    ...(next.title !== undefined && next.title !== tool.title && {title: next.title}),
    ...(next.category !== undefined && next.category !== tool.category && {category: next.category}),
    ...(next.input !== tool.input && {input}),
    ...(fields.locations !== undefined && next.locations !== tool.locations && {locations: fields.locations}),
    ...(!fields.end && told !== tool.told && {content: shown}),
  };
  const said: Said[] = Object.keys(news).length > 0 ? [{type: 'tool-updated', ref, ...news}] : [];
  if (text.output) said.push({type: 'tool-output', ref, text: text.output});
  return more(ref, {tool: {...next, told: fields.end ? tool.told : told}, said}, fields);
}

/** What only runs on, or ends. */
function more(ref: string, change: Change, fields: ToolFields): Change {
  const {written, end} = fields;
  const said = [...change.said];
  let {tool} = change;
  if (written !== undefined) {
    said.push({type: 'tool-output', ref, text: written});
    tool = {...tool, isTerminal: true, streamed: tool.streamed ?? ''};
  }
  if (!end) return {tool, said};
  const outcome = end === 'failed' && tool.rejected ? 'rejected' : end;
  const ended = endTool(ref, tool, outcome, fields);
  return {tool: ended.tool, said: [...said, ...ended.said]};
}

/** Its last word. What streamed is its output, unless the agent corrected itself. */
export function endTool(
  ref: string,
  tool: Tool,
  outcome: ToolOutcome,
  {content, returned}: Pick<ToolFields, 'content' | 'returned'> = {content: undefined, returned: undefined},
): Change {
  if (tool.ended) return {tool, said: []};
  const last = content?.text;
  const streams = tool.streamed !== undefined;
  const {output, text} = ((): {output: string | undefined; text: string | undefined} => {
    if (tool.isTerminal && streams) return {output: undefined, text: last ?? tool.text};
    if (last !== undefined) return {output: last === tool.streamed ? undefined : last, text: undefined};
    if (streams) return {output: tool.text === tool.streamed ? undefined : tool.text, text: undefined};
    if (returned !== undefined) return {output: returned, text: tool.text};
    if (tool.text === tool.described) return {output: undefined, text: tool.text};
    return {output: tool.text, text: undefined};
  })();
  const shown = [...contentOf({...tool, text, streamed: undefined}), ...exitBlock(tool.exit)];
  const told = JSON.stringify(shown);
  const ended: Said = {
    type: 'tool-ended',
    ref,
    outcome,
    ...(output !== undefined && {output}),
    ...(told !== tool.told && {content: shown}),
  };
  // What it held is in the log now.
  return {
    tool: {...tool, blocks: [], text: undefined, described: undefined, streamed: undefined, told: '', ended: true},
    said: [ended],
  };
}

/** The blocks to be shown: a text that streams as output is not shown twice. */
export function contentOf({text, streamed, blocks, isTerminal}: Tool): ContentBlock[] {
  const corrected = streamed !== undefined && text !== streamed;
  const shows = text !== undefined && text !== '' && (streamed === undefined || isTerminal || corrected);
  return [...(shows ? [{type: 'text' as const, text}] : []), ...blocks];
}

/** That a command ended with success needs no words; the output stands beside it. */
const exitBlock = (exit: number | undefined): ContentBlock[] =>
  exit === undefined || exit === 0 ? [] : [{type: 'terminal', text: '', exit}];
