import * as v from 'valibot';
import {knownEvents, type ContentBlock, type EventOf, type KnownEvent} from '../../../src/model/events.ts';
import type {AgentEvent} from './agent.ts';
import {problemOf} from './problem.ts';
import type {Limits} from './limits.ts';
import {cutUnits, ERROR_UNITS, take, utf8Bytes} from './text.ts';
import {messageOf} from './errors.ts';

/** What an agent said that the server cannot make an event of. */
export class UnreadableAgentEvent extends Error {}

type Said<T extends AgentEvent['type']> = Extract<AgentEvent, {type: T}>;
type Ids = {readonly id: string; readonly turn: string};

const NAME_UNITS = 256;
const LABEL_UNITS = 2_000;
const MAX_LOCATIONS = 100;
const MAX_OPTIONS = 32;
const NOTICE_BYTES = 64 * 1024;

/** Checks what an agent gave as strictly as what comes from a page, and leaves out what is undefined. */
function checked<K extends keyof typeof knownEvents>(kind: K, fields: object): Extract<KnownEvent, {kind: K}> {
  let plain: unknown;
  try {
    plain = JSON.parse(JSON.stringify({kind, ...fields}));
  } catch (error) {
    throw new UnreadableAgentEvent(`${kind}: ${messageOf(error)}`);
  }
  const result = v.safeParse(knownEvents[kind], plain);
  if (!result.success) throw new UnreadableAgentEvent(`${kind}: ${problemOf(result.issues[0])}`);
  // The parser has read what it knows; blocks of a type that it does not know are to arrive as they were given.
  return plain as Extract<KnownEvent, {kind: K}>;
}

const text = (value: unknown, max: number): unknown => (typeof value === 'string' ? cutUnits(value, max) : value);

/** Any JSON; what is too large stays readable as the beginning of its text. */
function clipInput(input: unknown, max: number): {input?: unknown; truncated?: number} {
  if (input === undefined) return {};
  const json = JSON.stringify(input) ?? 'null';
  if (utf8Bytes(json) <= max) return {input};
  return {input: take(json, {bytes: max, json: max}).text, truncated: json.length};
}

/** Blocks as far as they fit; the text of the one that does not is cut. */
function clipContent(
  content: readonly ContentBlock[] | undefined,
  max: number,
): {content?: unknown; truncated?: number} {
  if (content === undefined) return {};
  const whole = JSON.stringify(content);
  if (!Array.isArray(content) || utf8Bytes(whole) <= max) return {content};
  const kept: unknown[] = [];
  let left = max;
  for (const block of content as readonly ContentBlock[]) {
    const bytes = utf8Bytes(JSON.stringify(block)) + 1;
    if (bytes <= left) {
      kept.push(block);
      left -= bytes;
      continue;
    }
    const head =
      'text' in block && typeof block.text === 'string' ? block : {type: 'text', text: '(left out: too large)'};
    const room = Math.max(0, left - 64);
    kept.push({...head, text: take(String(head.text), {bytes: room, json: room}).text});
    break;
  }
  return {content: kept, truncated: whole.length};
}

function clipLocations(locations: unknown): object {
  if (!Array.isArray(locations)) return {locations};
  return {
    locations: locations.slice(0, MAX_LOCATIONS).map((location: {path?: unknown; line?: unknown}) => ({
      path: text(location?.path, 512),
      line: location?.line,
    })),
  };
}

function clipTool(said: Said<'tool-began'> | Said<'tool-updated'>, {toolBytes}: Limits): object {
  const input = clipInput(said.input, toolBytes);
  const content = clipContent(said.content, toolBytes);
  const truncated = input.truncated ?? content.truncated;
  return {
    title: text(said.title, LABEL_UNITS),
    category: said.category,
    input: input.input,
    content: content.content,
    ...clipLocations(said.locations),
    child: said.child,
    truncated,
  };
}

export const toolBegan = (
  said: Said<'tool-began'>,
  ids: Ids & {readonly parent?: string},
  limits: Limits,
): EventOf<'tool-began'> =>
  checked('tool-began', {...ids, name: text(said.name, NAME_UNITS), ...clipTool(said, limits)});

export const toolUpdated = (said: Said<'tool-updated'>, ids: Ids, limits: Limits): EventOf<'tool-updated'> =>
  checked('tool-updated', {...ids, ...clipTool(said, limits)});

export function toolEnded(said: Said<'tool-ended'>, ids: Ids, {toolBytes}: Limits): EventOf<'tool-ended'> {
  const {output} = said;
  const kept = typeof output === 'string' ? take(output, {bytes: toolBytes, json: 1.5 * toolBytes}).text : output;
  const content = clipContent(said.content, toolBytes);
  return checked('tool-ended', {
    ...ids,
    outcome: said.outcome,
    output: kept,
    content: content.content,
    error: text(said.error, ERROR_UNITS),
    truncated: kept === output ? content.truncated : String(output).length,
  });
}

export function approvalAsked(
  said: Said<'approval'>,
  ids: Ids & {readonly tool?: string},
  {toolBytes}: Limits,
): EventOf<'approval-asked'> {
  const {options, detail} = said;
  if (!Array.isArray(options) || options.length === 0 || options.length > MAX_OPTIONS) {
    throw new UnreadableAgentEvent(`approval: between 1 and ${MAX_OPTIONS} options`);
  }
  if (new Set(options.map((option) => option?.id)).size < options.length) {
    throw new UnreadableAgentEvent('approval: two options with one id');
  }
  return checked('approval-asked', {
    ...ids,
    title: text(said.title, LABEL_UNITS),
    detail: typeof detail === 'string' ? take(detail, {bytes: toolBytes, json: toolBytes}).text : detail,
    content: clipContent(said.content, toolBytes).content,
    options: options.map((option) => ({id: option?.id, label: text(option?.label, NAME_UNITS), kind: option?.kind})),
  });
}

export const notice = (said: Said<'notice'>, ids: Ids): EventOf<'notice'> =>
  checked('notice', {
    ...ids,
    level: said.level,
    text:
      typeof said.text === 'string' ? take(said.text, {bytes: NOTICE_BYTES, json: 2 * NOTICE_BYTES}).text : said.text,
  });
