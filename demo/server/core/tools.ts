import type {EventOf} from '../../../src/model/events.ts';
import type {AgentEvent} from './agent.ts';
import {toolUpdated} from './agent-events.ts';
import {UnreadableAgentEvent} from './checked-event.ts';
import type {Core} from './core.ts';
import type {Run} from './run.ts';
import {Stream} from './stream.ts';
import {messageOf} from './errors.ts';

interface Tool {
  readonly id: string;
  output?: Stream;
  /** News that wait for their time. */
  update?: EventOf<'tool-updated'> | undefined;
  updatedAt: number;
  cancel?: (() => void) | undefined;
}

/** The tool calls of one turn that are open, by the names that the agent has for them. */
export class Tools {
  readonly #core: Core;
  readonly #run: Run;
  readonly #open = new Map<string, Tool>();
  /** Ids of those that have ended, the latest: what they have started may tell of itself later. */
  readonly #ended = new Map<string, string>();

  constructor(core: Core, run: Run) {
    this.#core = core;
    this.#run = run;
  }

  idOf(ref: string): string | undefined {
    return this.#open.get(ref)?.id;
  }

  /** Of one that is open or has ended in this turn. */
  parentOf(ref: string): string | undefined {
    return this.idOf(ref) ?? this.#ended.get(ref);
  }

  canBegin(ref: string): boolean {
    if (this.#open.has(ref)) {
      this.ignore('tool-began', ref);
      return false;
    }
    if (this.#open.size >= this.#core.limits.openTools) throw new UnreadableAgentEvent('Too many tool calls are open.');
    return true;
  }

  begin(ref: string, id: string): void {
    this.#open.set(ref, {id, updatedAt: -Infinity});
  }

  end(ref: string): void {
    const tool = this.#open.get(ref);
    tool?.cancel?.();
    this.#open.delete(ref);
    if (!tool) return;
    this.#ended.delete(ref);
    this.#ended.set(ref, tool.id);
    const [oldest] = this.#ended.keys();
    if (oldest !== undefined && this.#ended.size > this.#core.limits.openTools) this.#ended.delete(oldest);
  }

  /** The stream of its output. */
  output(ref: string): Stream | undefined {
    const tool = this.#open.get(ref);
    if (!tool) {
      this.ignore('tool-output', ref);
      return undefined;
    }
    tool.output ??= new Stream(
      {item: tool.id, turn: this.#run.of.turn, kind: 'tool-output'},
      this.#core.limits.toolBytes,
    );
    return tool.output;
  }

  outputs(): Stream[] {
    return [...this.#open.values()].flatMap(({output}) => (output ? [output] : []));
  }

  outputOf(ref: string): Stream | undefined {
    return this.#open.get(ref)?.output;
  }

  updateOf(ref: string): EventOf<'tool-updated'> | undefined {
    return this.#open.get(ref)?.update;
  }

  updates(): EventOf<'tool-updated'>[] {
    return [...this.#open.values()].flatMap(({update}) => (update ? [update] : []));
  }

  /** Later news of a field replace earlier ones; they are told a few times a second, the last ones always. */
  update(said: Extract<AgentEvent, {type: 'tool-updated'}>): void {
    const tool = this.#open.get(said.ref);
    if (!tool) return this.ignore('tool-updated', said.ref);
    tool.update = {...tool.update, ...toolUpdated(said, {id: tool.id, turn: this.#run.of.turn}, this.#core.limits)};
    const wait = tool.updatedAt + this.#core.limits.updateMs - this.#core.clock.now();
    if (wait <= 0) this.#tell(tool);
    else tool.cancel ??= this.#core.clock.timer(wait, () => this.#tellLater(tool));
  }

  hush(): void {
    for (const tool of this.#open.values()) {
      tool.cancel?.();
      tool.cancel = undefined;
    }
  }

  #tellLater(tool: Tool): void {
    tool.cancel = undefined;
    try {
      this.#tell(tool);
    } catch (error) {
      // It is kept, and told with the next one or with the end of the tool.
      this.#core.log('error', 'update-not-stored', {session: this.#run.of.session, message: messageOf(error)});
    }
  }

  #tell(tool: Tool): void {
    const {update, id} = tool;
    if (!update) return;
    this.#run.write((work, draft) => {
      const seq = draft.append(update);
      const {kind: _, id: _id, turn: _turn, truncated: _truncated, ...fields} = update;
      for (const field of Object.keys(fields)) work.core.storage.mark(draft.key, `tool ${id}`, field, seq);
    });
    tool.update = undefined;
    tool.updatedAt = this.#core.clock.now();
  }

  /** The agent speaks of a call that is not open. */
  ignore(what: string, ref: string): void {
    this.#core.log('warn', 'agent-ref', {
      what,
      ref: String(ref),
      session: this.#run.of.session,
      agent: this.#run.of.agent,
    });
  }
}
