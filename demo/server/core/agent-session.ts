import type {AgentSession} from './agent.ts';
import type {Draft} from './draft.ts';

/** What an agent is told of a session. */
export const agentSession = (user: string, {id, face, state}: Pick<Draft, 'id' | 'face' | 'state'>): AgentSession => ({
  session: id,
  user,
  ...(face.cwd !== undefined && {cwd: face.cwd}),
  ...(state.kept !== undefined && {kept: state.kept}),
  chosen: state.chosen ?? {},
});
