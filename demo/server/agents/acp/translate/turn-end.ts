import {failureOf, type Failure} from '../failure.ts';
import {fieldsOf, numberOf} from './lenient.ts';
import type {Reply, Said} from './messages.ts';
import {cancelled} from './permission.ts';
import {withdrawn} from './question.ts';
import {step, type State, type Step, type Turn} from './state.ts';
import {endTools} from './tools.ts';

type Ending = Extract<Said, {type: 'ending'}>;
type Ended = Extract<Said, {type: 'turn-ended'}>;

/** Ids of tools that are remembered: an agent that uses one again does so soon. */
const MAX_PAST = 1_000;

const TOOL_OUTCOME = {finished: 'detached', stopped: 'cancelled', failed: 'failed'} as const;

const REASONS: Readonly<Record<string, Ending['reason']>> = {
  max_tokens: 'max-tokens',
  max_turn_requests: 'max-requests',
  refusal: 'refused',
};

/** The agent has answered the prompt. After a stop any answer means that it has stopped. */
export function answered(state: State, result: unknown): Step {
  const {turn} = state;
  if (!turn) return step(state);
  if (turn.stopping) return endTurn(state, turn, {type: 'turn-ended', outcome: 'stopped'});
  const {stopReason, usage, _meta} = fieldsOf(result);
  const byItself = stopReason === 'cancelled';
  const reason = byItself && turn.rejected ? 'rejected' : REASONS[String(stopReason)];
  const tokens = readUsage(usage) ?? readUsage(fieldsOf(fieldsOf(_meta)['quota'])['token_count']);
  const ending: Ending = {type: 'ending', ...(reason && {reason}), ...(tokens && {usage: tokens})};
  const said: Said[] = [...(byItself && !turn.rejected ? [alone] : []), ...(reason || tokens ? [ending] : [])];
  return endTurn(state, turn, {type: 'turn-ended', outcome: 'finished'}, said);
}

const alone: Said = {type: 'notice', level: 'warning', text: 'The agent cancelled this turn by itself.'};

/** The prompt was answered with an error. */
export function refused(state: State, error: unknown): Step {
  const {turn} = state;
  if (!turn) return step(state);
  if (turn.stopping) return endTurn(state, turn, {type: 'turn-ended', outcome: 'stopped'});
  if (fieldsOf(fieldsOf(error)['data'])['errorKind'] === 'max_output_tokens') {
    const ending: Said = {type: 'ending', reason: 'max-tokens'};
    return endTurn(state, turn, {type: 'turn-ended', outcome: 'finished'}, [ending]);
  }
  return endTurn(state, turn, {type: 'turn-ended', outcome: 'failed', failure: failureOf(error)});
}

/** The process is gone, and with it whoever waited for an answer. */
export function exited(state: State, failure: Failure): Step {
  const {turn} = state;
  const gone = {...state, asks: new Map(), replaying: false};
  if (!turn) return step(gone);
  if (turn.stopping) return endTurn(gone, turn, {type: 'turn-ended', outcome: 'stopped'});
  return endTurn(gone, turn, {type: 'turn-ended', outcome: 'failed', failure});
}

/** A turn that the agent has begun by itself is over. */
export const endOwnTurn = (state: State): Step =>
  state.turn?.own
    ? endTurn(state, state.turn, {type: 'turn-ended', outcome: state.turn.stopping ? 'stopped' : 'finished'})
    : step(state);

/** Nobody waits for an answer any more: whoever asked is told so. */
export const withdrawAll = ({asks}: State): Reply[] =>
  [...asks].map(([ask, {type}]) => (type === 'permission' ? cancelled(ask) : withdrawn(ask)));

function endTurn(state: State, turn: Turn, ended: Ended, before: readonly Said[] = []): Step {
  const {turn: _, ...rest} = state;
  const past = new Set([...state.past, ...turn.tools.keys()].slice(-MAX_PAST));
  return step(
    {...rest, past, asks: new Map()},
    [...endTools(turn, TOOL_OUTCOME[ended.outcome]), ...before, ended],
    withdrawAll(state),
  );
}

/** Both spellings are in use. */
function readUsage(raw: unknown): Ending['usage'] | undefined {
  const {inputTokens, outputTokens, input_tokens, output_tokens} = fieldsOf(raw);
  const input = numberOf(inputTokens) ?? numberOf(input_tokens);
  const output = numberOf(outputTokens) ?? numberOf(output_tokens);
  if (input === undefined && output === undefined) return undefined;
  return {...(input !== undefined && {input}), ...(output !== undefined && {output})};
}
