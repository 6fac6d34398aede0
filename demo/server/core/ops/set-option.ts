import type {CommandOf} from '../../../../src/model/commands.ts';
import type {SessionOption} from '../../../../src/model/events.ts';
import type {OptionValue} from '../agent.ts';
import {agentSession} from '../agent-session.ts';
import {lastOf, tellBeside} from '../asides.ts';
import {offersOf, type Core} from '../core.ts';
import type {Draft} from '../draft.ts';
import {messageOf} from '../errors.ts';
import {transact, type Work} from '../work.ts';
import {notFound, reject, type Context, type Outcome} from './outcome.ts';

const allows = ({type, choices = []}: SessionOption, value: OptionValue): boolean =>
  type === 'boolean' ? typeof value === 'boolean' : choices.some((choice) => choice.value === value);

/** The wish is shown at once; the agent is asked once it is stored. */
export function setOption({work}: Context, command: CommandOf<'set-option'>): Outcome {
  const {option: id, value} = command;
  if (!offersOf(work.core).has('options')) return reject('unsupported', 'This server has no agent with options.');
  const draft = work.session(command.session);
  if (!draft) return notFound();
  const before = find(work, draft, id);
  if (!before) return reject('not-found', 'There is no such option.');
  if (!allows(before, value)) return reject('invalid', 'This option cannot have this value.');
  draft.state.chosen = {...draft.state.chosen, [id]: value};
  const seq = put(work, draft, id, value);
  const {core, user} = work;
  work.after(() => void ask(core, agentSession(user, draft), draft.face.agent, {id, value, before: before.value}));
  return {draft, seq};
}

interface Wish {
  readonly id: string;
  readonly value: OptionValue;
  readonly before: OptionValue;
}

async function ask(core: Core, of: ReturnType<typeof agentSession>, agent: string, wish: Wish): Promise<void> {
  try {
    await core.agents.get(agent)?.setOption?.(of, wish.id, wish.value);
  } catch (error) {
    refuse(core, of, wish, messageOf(error));
  }
}

/** The old value again, unless another one was chosen or told meanwhile, and why. */
function refuse(core: Core, of: ReturnType<typeof agentSession>, {id, value, before}: Wish, why: string): void {
  const {user, session} = of;
  try {
    const label = transact(core, user, {}, (work) => {
      const draft = work.session(session);
      const now = draft && find(work, draft, id);
      if (!draft || now?.value !== value) return undefined;
      draft.state.chosen = {...draft.state.chosen, [id]: before};
      put(work, draft, id, before);
      return now.label;
    });
    if (label === undefined) return;
    tellBeside(core, of, {type: 'notice', level: 'warning', text: `“${label}” stays as it was: ${why}`});
  } catch (error) {
    core.log('error', 'option-not-restored', {session, message: messageOf(error)});
  }
}

const find = (work: Work, draft: Draft, id: string): SessionOption | undefined =>
  lastOf(work.core.storage, draft.key, 'options')?.options.find((option) => option.id === id);

function put(work: Work, draft: Draft, id: string, value: OptionValue): number {
  const {storage} = work.core;
  const {options = []} = lastOf(storage, draft.key, 'options') ?? {};
  const changed = options.map((option) => (option.id === id ? {...option, value} : option));
  const seq = draft.append({kind: 'options', options: changed});
  storage.mark(draft.key, 'options', '', seq);
  return seq;
}
