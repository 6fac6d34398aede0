import {wordsOf, type Fields} from './lenient.ts';
import {planOf} from './plan.ts';
import {step, type State, type Step, type Turn} from './state.ts';
import {readTool} from './tool-fields.ts';
import {beginTool, endTool, updateTool, type ToolOutcome} from './tool.ts';
import type {Said} from './messages.ts';

/**
 * A tool call, in whatever message it comes: some agents never announce one, and only say that it has failed, or ask
 * whether they may. The same id in another turn is another tool; an update of one of an earlier turn has no place.
 */
export function hearTool(state: State, raw: Fields): Step {
  const ref = wordsOf(raw['toolCallId']);
  const {turn} = state;
  if (!turn || ref === undefined) return step(state);
  const known = turn.tools.get(ref);
  if (!known && raw['sessionUpdate'] === 'tool_call_update' && state.past.has(ref)) return step(state);
  const fields = readTool(raw);
  const {tool, said} = known ? updateTool(ref, known, fields) : beginTool(ref, fields);
  const plan = known?.input === tool.input ? [] : planOf(tool.name, fields.input);
  const tools = new Map(turn.tools).set(ref, tool);
  return step({...state, turn: {...turn, tools}}, [...said, ...plan]);
}

/** What is still open at the end of a turn, the earliest first. */
export function endTools({tools}: Turn, outcome: ToolOutcome): Said[] {
  return [...tools].flatMap(([ref, tool]) => endTool(ref, tool, tool.rejected ? 'rejected' : outcome).said);
}
