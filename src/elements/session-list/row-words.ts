import type {SessionView} from '../../model/project.ts';
import type {SessionStore} from '../../store/session-store.ts';

/** What a list looks in besides titles where its server cannot search: the agents, folders and ids of the rows. */
export class RowWords {
  #agents: SessionStore['agents'] | undefined;
  #wordsOf: ((view: SessionView) => string) | undefined;

  /** The same function as long as the agents are. */
  of(store: SessionStore): ((view: SessionView) => string) | undefined {
    if (store.can('search')) return undefined;
    const {agents} = store;
    if (agents === this.#agents && this.#wordsOf) return this.#wordsOf;
    const titles = new Map(agents.map(({id, title}) => [id, title]));
    this.#agents = agents;
    this.#wordsOf = ({id, agent, cwd = ''}) => `${titles.get(agent) ?? agent} ${cwd} ${id}`;
    return this.#wordsOf;
  }
}

/** The last part of a path; nothing where it names no folder. */
export const folderName = (path = ''): string => {
  const name = path.split(/[/\\]/).findLast(Boolean) ?? '';
  return /^\.*$/.test(name) ? '' : name;
};
