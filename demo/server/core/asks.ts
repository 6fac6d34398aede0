import type {QuestionValue} from '../../../src/model/events.ts';
import type {AgentEvent} from './agent.ts';
import {approvalAsked, questionAsked} from './agent-events.ts';
import {UnreadableAgentEvent} from './checked-event.ts';
import type {Core} from './core.ts';
import {endAsk} from './end-turn.ts';
import type {Run} from './run.ts';
import {safely} from './safely.ts';
import type {Tools} from './tools.ts';

/** The id of an option, the values of a form, or nothing: declined or withdrawn. */
export type Answered = string | Readonly<Record<string, QuestionValue>> | null;

type Said = Extract<AgentEvent, {type: 'approval' | 'question'}>;

/** The agent is told what it asked for; a form is not answered with an option. */
const pass = (said: Said, value: Answered): void => {
  if (said.type === 'approval') said.answer(typeof value === 'string' ? value : null);
  else said.answer(typeof value === 'string' ? null : value);
};

/** What the agent of a turn waits for a person to say, by the id that the pages know. */
export class Asks {
  readonly #core: Core;
  readonly #run: Run;
  readonly #tools: Tools;
  readonly #open = new Map<string, Said>();

  constructor(core: Core, run: Run, tools: Tools) {
    this.#core = core;
    this.#run = run;
    this.#tools = tools;
  }

  get size(): number {
    return this.#open.size;
  }

  ask(said: Said): void {
    const {type: kind, ref} = said;
    const {limits} = this.#core;
    if (typeof said.answer !== 'function') throw new UnreadableAgentEvent(`${kind}: nobody waits for the answer`);
    if (this.#open.size >= limits.openApprovals)
      throw new UnreadableAgentEvent('Too many approvals and questions are open.');
    const tool = ref === undefined ? undefined : this.#tools.idOf(ref);
    if (ref !== undefined && tool === undefined) this.#tools.ignore(kind, ref);
    const id = this.#core.makeId();
    const ids = {id, turn: this.#run.of.turn, ...(tool !== undefined && {tool})};
    const event = said.type === 'approval' ? approvalAsked(said, ids, limits) : questionAsked(said, ids, limits);
    this.#run.write((work, draft) => {
      const seq = draft.append(event);
      work.core.storage.mark(draft.key, `${kind} ${id}`, '', seq);
      const {turn} = draft.state;
      if (turn) draft.state.turn = {...turn, asking: turn.asking + 1};
      draft.state.notable = seq;
      draft.face.updated = work.time;
      work.after(() => this.#open.set(id, said));
    });
  }

  /** The agent wants no answer any more. A person may have been quicker. */
  withdraw({ask}: Extract<AgentEvent, {type: 'withdraw'}>): void {
    const [found] = [...this.#open].filter(([, said]) => said.ask === ask);
    if (!found) return;
    const [id, {type: kind}] = found;
    this.#run.write((work, draft) => {
      endAsk(work, draft, {id, kind}, 'withdrawn');
      const {turn} = draft.state;
      if (turn) draft.state.turn = {...turn, asking: turn.asking - 1};
    });
    this.answer(id, null);
  }

  answer(id: string, value: Answered): void {
    const said = this.#open.get(id);
    this.#open.delete(id);
    if (said) safely(this.#core, this.#run.of.session, () => pass(said, value));
  }

  /** Whoever waits is told that no answer comes. */
  withdrawAll(): void {
    for (const id of [...this.#open.keys()]) this.answer(id, null);
  }
}
