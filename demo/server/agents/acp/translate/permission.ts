import {fieldsOf, listOf, wordsOf} from './lenient.ts';
import type {Reply, Said} from './messages.ts';
import {hearTool} from './tools.ts';
import {step, type Ask, type State, type Step} from './state.ts';

const MAX_OPTIONS = 32;
const DETAIL_UNITS = 4_000;

type Kind = Extract<Said, {type: 'approval'}>['options'][number]['kind'];

/** A kind that is not known is shown as the one that allows most. */
const KINDS: Readonly<Record<string, Kind>> = {
  allow_once: 'allow',
  allow_always: 'allow-always',
  reject_once: 'reject',
  reject_always: 'reject-always',
};

const CANCELLED = {outcome: {outcome: 'cancelled'}};

/** The agent asks whether it may. Some tools are heard of here for the first time. */
export function askPermission(state: State, ask: string, params: unknown): Step {
  const {toolCall, options: offered} = fieldsOf(params);
  const raw = fieldsOf(toolCall);
  const options = listOf(offered).flatMap(readOption).slice(0, MAX_OPTIONS);
  const {turn} = state;
  const title = wordsOf(raw['title']);
  if (!turn || turn.stopping || options.length === 0) {
    const missed = `The agent asked for permission${title ? ` (${title})` : ''} when nobody could be asked: it was not given.`;
    return step(state, turn?.stopping ? [] : [{type: 'notice', level: 'warning', text: missed}], [cancelled(ask)]);
  }
  const ref = wordsOf(raw['toolCallId']);
  const heard = ref === undefined ? step(state) : hearTool(state, {...raw, sessionUpdate: 'permission'});
  const tool = ref === undefined ? undefined : heard.state.turn?.tools.get(ref);
  const isOpen = tool !== undefined && !tool.ended;
  const shown = options.map(({name, kind}, i) => ({id: `option-${i + 1}`, label: name, kind}));
  const kept: Ask = {
    type: 'permission',
    tool: isOpen ? ref : undefined,
    options: new Map(
      options.map(({optionId, kind}, i) => [
        `option-${i + 1}`,
        {optionId, rejects: kind === 'reject' || kind === 'reject-always'},
      ]),
    ),
  };
  const content = tool?.blocks.filter(({type}) => type === 'diff') ?? [];
  const detail = commandOf(raw['rawInput']);
  const asked: Said = {
    type: 'approval',
    ask,
    ...(isOpen && ref !== undefined && {ref}),
    title: title ?? tool?.title ?? tool?.name ?? 'The agent asks for permission.',
    ...(detail !== undefined && detail !== title && {detail}),
    ...(content.length > 0 && {content}),
    options: shown,
  };
  return step({...heard.state, asks: new Map(heard.state.asks).set(ask, kept)}, [...heard.said, asked]);
}

/** A person has chosen, or nobody will. What is not open has its answer. */
export function choose(state: State, ask: string, chosen: string | null): Step {
  const open = state.asks.get(ask);
  if (open?.type !== 'permission') return step(state);
  const asks = new Map(state.asks);
  asks.delete(ask);
  const option = chosen === null ? undefined : open.options.get(chosen);
  if (!option) return step({...state, asks}, [], [cancelled(ask)]);
  const reply: Reply = {
    type: 'answer',
    ask,
    result: {outcome: {outcome: 'selected', optionId: option.optionId}},
  };
  return step({...state, asks, ...(option.rejects && rejected(state, open.tool))}, [], [reply]);
}

export const cancelled = (ask: string): Reply => ({type: 'answer', ask, result: CANCELLED});

function rejected({turn}: State, ref: string | undefined): Pick<State, 'turn'> {
  if (!turn) return {};
  const tool = ref === undefined ? undefined : turn.tools.get(ref);
  const tools = tool && ref !== undefined ? new Map(turn.tools).set(ref, {...tool, rejected: true}) : turn.tools;
  return {turn: {...turn, tools, rejected: true}};
}

function readOption(raw: unknown): {optionId: string; name: string; kind: Kind}[] {
  const {optionId, name, kind} = fieldsOf(raw);
  if (typeof optionId !== 'string') return [];
  const known = typeof kind === 'string' && Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  return [{optionId, name: wordsOf(name) ?? optionId, kind: known ?? 'allow-always'}];
}

/** What is to be run is what a person decides about, whatever the title says. */
function commandOf(input: unknown): string | undefined {
  const {command} = fieldsOf(input);
  const text = Array.isArray(command) ? command.map(String).join(' ') : wordsOf(command);
  return text && text.length > DETAIL_UNITS ? `${text.slice(0, DETAIL_UNITS)} …` : text;
}
