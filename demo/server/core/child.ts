import {MAX_TEXT_BYTES} from '../../../src/model/commands.ts';
import type {AgentEvent} from './agent.ts';
import type {Draft} from './draft.ts';
import {retitle} from './entries.ts';
import {titleOf, utf8Bytes} from './text.ts';
import {say} from './turns.ts';
import type {Work} from './work.ts';

/** A session that another one starts; its first turn was caused by the parent's. */
export function startChild(
  work: Work,
  parent: Draft,
  said: Extract<AgentEvent, {type: 'child'}>,
): {readonly id: string} | {readonly refused: string} {
  const {core} = work;
  const {text} = said;
  const agent = said.agent ?? parent.face.agent;
  if (typeof text !== 'string' || text === '') return {refused: 'no text'};
  if (utf8Bytes(text) > MAX_TEXT_BYTES) return {refused: 'text too large'};
  if (!core.agents.has(agent)) return {refused: 'unknown agent'};
  if (parent.depth >= core.limits.childDepth) return {refused: 'too deep'};
  const id = core.makeId();
  const {cwd} = parent.face;
  const child = work.create({id, agent, parent: parent.id, depth: parent.depth + 1, ...(cwd !== undefined && {cwd})});
  retitle(work, child, titleOf(text));
  const name = core.agents.get(parent.face.agent)?.title;
  say(work, child, {
    command: core.makeId(),
    text,
    author: {kind: 'agent', session: parent.id, ...(name !== undefined && {name})},
    owes: (parent.state.turn?.owes ?? 0) + 1,
  });
  return {id};
}
