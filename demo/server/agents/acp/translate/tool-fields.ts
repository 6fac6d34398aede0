import type {ContentBlock, EventOf} from '../../../../../src/model/events.ts';
import {fieldsOf, listOf, numberOf, wordsOf, type Fields} from './lenient.ts';
import {readContent} from './tool-content.ts';

/** What one message says of a tool; what it does not say is undefined. */
export interface ToolFields {
  readonly name: string | undefined;
  readonly title: string | undefined;
  readonly category: Category | undefined;
  readonly input: unknown;
  readonly locations: Locations | undefined;
  /** The tool that this one runs inside of. */
  readonly parent: string | undefined;
  /** Its text, if it has any, and what is no text. */
  readonly content: {readonly text: string | undefined; readonly blocks: readonly ContentBlock[]} | undefined;
  /** Its output goes to a terminal. */
  readonly isTerminal: boolean;
  /** What is new in the terminal. */
  readonly written: string | undefined;
  readonly exit: number | undefined;
  readonly end: 'completed' | 'failed' | undefined;
  /** What it has returned, as far as that is a text. */
  readonly returned: string | undefined;
}

export type Category = NonNullable<EventOf<'tool-began'>['category']>;
export type Locations = NonNullable<EventOf<'tool-began'>['locations']>;

const CATEGORIES: readonly Category[] = ['read', 'edit', 'delete', 'move', 'search', 'execute', 'think', 'fetch'];
const MAX_LOCATIONS = 1_000;
/** What a tool returned is often its content once more. */
const MAX_RETURNED = 8 * 1024;

export function readTool(raw: Fields): ToolFields {
  const meta = fieldsOf(raw['_meta']);
  const own = fieldsOf(meta['claudeCode']);
  const {status, kind} = raw;
  const title = wordsOf(raw['title']);
  return {
    name: wordsOf(raw['name']) ?? wordsOf(own['toolName']) ?? wordsOf(meta['toolName']) ?? namedBy(raw, title),
    title,
    category: kind === undefined ? undefined : (CATEGORIES.find((known) => known === kind) ?? 'other'),
    input: isEmpty(raw['rawInput']) ? undefined : raw['rawInput'],
    locations: readLocations(raw['locations']),
    parent: wordsOf(own['parentToolUseId']),
    content: readContent(raw['content']),
    isTerminal:
      listOf(raw['content']).some((each) => fieldsOf(each)['type'] === 'terminal') || 'terminal_output' in meta,
    written: wordsOf(fieldsOf(meta['terminal_output'])['data']),
    exit: readExit(raw, meta),
    end: status === 'completed' || status === 'failed' ? status : undefined,
    returned: readReturned(raw['rawOutput']),
  };
}

/** Some agents tell the name of a tool only as the title of a call whose input they do not know yet. */
const namedBy = (raw: Fields, title: string | undefined): string | undefined =>
  raw['sessionUpdate'] === 'tool_call' && raw['status'] === 'pending' && title && /^[A-Za-z][\w-]{0,63}$/.test(title)
    ? title
    : undefined;

const isEmpty = (input: unknown): boolean =>
  input === undefined || input === null || (typeof input === 'object' && Object.keys(input).length === 0);

function readLocations(raw: unknown): Locations | undefined {
  const locations = listOf(raw)
    .slice(0, MAX_LOCATIONS)
    .flatMap((each) => {
      const path = wordsOf(fieldsOf(each)['path']);
      const line = numberOf(fieldsOf(each)['line']);
      return path === undefined ? [] : [{path, ...(line !== undefined && {line})}];
    });
  // An empty list is what agents send that have nothing to say about it.
  return locations.length > 0 ? locations : undefined;
}

function readExit(raw: Fields, meta: Fields): number | undefined {
  const output = fieldsOf(raw['rawOutput']);
  return (
    numberOf(fieldsOf(meta['terminal_exit'])['exit_code']) ??
    numberOf(output['exit_code']) ??
    numberOf(output['exitCode']) ??
    numberOf(fieldsOf(output['metadata'])['exit'])
  );
}

function readReturned(raw: unknown): string | undefined {
  const parts = listOf(raw).map((part) => wordsOf(fieldsOf(part)['text']) ?? '');
  const {error, output, message} = fieldsOf(raw);
  const text =
    wordsOf(raw) ?? wordsOf(parts.join('\n')) ?? wordsOf(output) ?? wordsOf(error) ?? wordsOf(message) ?? undefined;
  return text !== undefined && text.length <= MAX_RETURNED ? text : undefined;
}
