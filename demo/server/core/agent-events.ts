import type {EventOf} from '../../../src/model/events.ts';
import type {AgentEvent} from './agent.ts';
import {clipChoices} from './agent-lists.ts';
import {checked, LABEL_UNITS, NAME_UNITS, oneEach, text, UnreadableAgentEvent} from './checked-event.ts';
import {clipContent, clipInput, clipLocations} from './clip.ts';
import type {Limits} from './limits.ts';
import {ERROR_UNITS, take} from './text.ts';

type Said<T extends AgentEvent['type']> = Extract<AgentEvent, {type: T}>;
type Ids = {readonly id: string; readonly turn: string};

const MAX_OPTIONS = 32;
const MAX_FIELDS = 32;
const NOTICE_BYTES = 64 * 1024;

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
  oneEach(
    'approval: options',
    options.map((option) => option?.id),
  );
  return checked('approval-asked', {
    ...ids,
    title: text(said.title, LABEL_UNITS),
    detail: typeof detail === 'string' ? take(detail, {bytes: toolBytes, json: toolBytes}).text : detail,
    content: clipContent(said.content, toolBytes).content,
    options: options.map((option) => ({id: option?.id, label: text(option?.label, NAME_UNITS), kind: option?.kind})),
  });
}

export function questionAsked(
  said: Said<'question'>,
  ids: Ids & {readonly tool?: string},
  {toolBytes}: Limits,
): EventOf<'question-asked'> {
  const {fields} = said;
  if (!Array.isArray(fields) || fields.length > MAX_FIELDS) {
    throw new UnreadableAgentEvent(`question: at most ${MAX_FIELDS} fields`);
  }
  const event = checked('question-asked', {
    ...ids,
    text:
      typeof said.text === 'string' ? take(said.text, {bytes: NOTICE_BYTES, json: 2 * NOTICE_BYTES}).text : said.text,
    fields: fields.map((field) => ({
      id: field?.id,
      label: text(field?.label, LABEL_UNITS),
      type: field?.type,
      options: clipChoices(field?.options, toolBytes / MAX_FIELDS),
      required: field?.required,
    })),
  });
  oneEach(
    'question: fields',
    event.fields.map(({id}) => id),
  );
  const empty = event.fields.find(({type, options = []}) => type.startsWith('choice') && options.length === 0);
  if (empty) throw new UnreadableAgentEvent('question: a choice of nothing');
  return event;
}

export const notice = (said: Said<'notice'>, ids: {readonly id: string; readonly turn?: string}): EventOf<'notice'> =>
  checked('notice', {
    ...ids,
    level: said.level,
    text:
      typeof said.text === 'string' ? take(said.text, {bytes: NOTICE_BYTES, json: 2 * NOTICE_BYTES}).text : said.text,
  });

/** What is said of a turn when it ends, as far as it can be read. */
export function turnEnding(said: Said<'ending'>): Pick<EventOf<'turn-ended'>, 'reason' | 'usage'> {
  const {reason, usage} = checked('turn-ended', {
    turn: 'any',
    outcome: 'finished',
    reason: said.reason,
    usage: said.usage,
  });
  return {...(reason && {reason}), ...(usage && {usage})};
}
