import {cutUnits} from '../../../core/text.ts';
import {chunk} from './chunk.ts';
import {readCommands} from './commands.ts';
import {fieldsOf, firstLine, numberOf, wordsOf, type Fields} from './lenient.ts';
import type {Heard, Said} from './messages.ts';
import {openOptions, setConfig, setMode} from './options.ts';
import {askPermission, choose} from './permission.ts';
import {readPlan} from './plan.ts';
import {askQuestion, fill} from './question.ts';
import {step, type State, type Step, type Turn} from './state.ts';
import {hearTool} from './tools.ts';
import {answered, endOwnTurn, exited, refused, withdrawAll} from './turn-end.ts';

const TITLE_UNITS = 80;
const NOTICE_UNITS = 4_000;

/**
 * What is to be told to the server and to the agent after one thing has happened in a session. It knows no clock, no process
 * and no other session; what it is given may be anything, and it throws for none of it.
 */
export function translate(state: State, heard: Heard): Step {
  switch (heard.type) {
    case 'prompt': {
      const before = endOwnTurn(state);
      return step({...before.state, turn: newTurn(false), replaying: false}, before.said, before.replies);
    }
    case 'update':
      return hearUpdate(state, fieldsOf(heard.update));
    case 'permission':
      return askPermission(state, heard.ask, heard.params);
    case 'elicitation':
      return askQuestion(state, heard.ask, heard.params);
    case 'withdrawn':
      return withdraw(state, heard.ask);
    case 'chosen':
      return choose(state, heard.ask, heard.option);
    case 'filled':
      return fill(state, heard.ask, heard.values);
    case 'stop':
      return stop(state);
    case 'answered':
      return answered(state, heard.result);
    case 'refused':
      return refused(state, heard.error);
    case 'exited':
      return exited(state, heard.failure);
    case 'loading':
      return step({...state, replaying: true});
    case 'opened':
      return openOptions({...state, replaying: false}, heard.result);
    case 'own-turn':
      return heard.open ? beginOwnTurn(state) : endOwnTurn(state);
  }
}

const newTurn = (own: boolean): Turn => ({own, stopping: false, rejected: false, tools: new Map()});

/** Within a turn that is open already nothing new begins. */
const beginOwnTurn = (state: State): Step =>
  state.turn ? step(state) : step({...state, turn: newTurn(true)}, [{type: 'turn-began'}]);

function hearUpdate(state: State, update: Fields): Step {
  switch (update['sessionUpdate']) {
    case 'available_commands_update':
      return readCommands(state, update['availableCommands']);
    case 'config_option_update':
      return setConfig(state, update['configOptions']);
    case 'current_mode_update':
      return setMode(state, wordsOf(update['currentModeId']) ?? '');
    case 'usage_update':
      return step(state, readContext(update));
    case 'session_info_update':
      return step(state, readTitle(update['title']));
  }
  // Our log has it already, and knows it better.
  if (state.replaying) return step(state);
  switch (update['sessionUpdate']) {
    case 'agent_message_chunk':
      return chunk(state, 'text', update);
    case 'agent_thought_chunk':
      return chunk(state, 'thought', update);
    case 'tool_call':
    case 'tool_call_update':
      return hearTool(state, update);
    case 'plan':
      return step(state, state.turn ? [readPlan(update['entries'])] : []);
    case 'notice':
      return step(state, readNotice(update));
    default:
      return step(state);
  }
}

/** The cancel goes first: one agent takes an answer that comes before it for a person's no. */
function stop(state: State): Step {
  if (!state.turn) return step(state);
  const turn = {...state.turn, stopping: true};
  return step({...state, turn, asks: new Map()}, [], [{type: 'cancel'}, ...withdrawAll(state)]);
}

/** The agent has taken its request back, which was answered by that. */
function withdraw(state: State, ask: string): Step {
  if (!state.asks.has(ask)) return step(state);
  const asks = new Map(state.asks);
  asks.delete(ask);
  return step({...state, asks}, [{type: 'withdraw', ask}]);
}

function readContext(update: Fields): Said[] {
  const used = numberOf(update['used']);
  const size = numberOf(update['size']);
  if (used === undefined || size === undefined) return [];
  const amount = numberOf(fieldsOf(update['cost'])['amount']);
  const currency = wordsOf(fieldsOf(update['cost'])['currency']);
  // As the protocol has it, a code of ISO 4217; a page shows it as it is.
  const hasCost = amount !== undefined && currency !== undefined && /^[A-Z]{3}$/.test(currency);
  return [{type: 'usage', used, size, ...(hasCost && {cost: {amount, currency}})}];
}

function readTitle(raw: unknown): Said[] {
  const title = firstLine(wordsOf(raw) ?? '', TITLE_UNITS);
  return title === '' ? [] : [{type: 'title', title}];
}

function readNotice({severity, title, description}: Fields): Said[] {
  const text = [wordsOf(title), wordsOf(description)].filter((part) => part !== undefined).join('\n');
  const level = severity === 'warning' || severity === 'error' ? severity : 'info';
  return text === '' ? [] : [{type: 'notice', level, text: cutUnits(text, NOTICE_UNITS)}];
}
