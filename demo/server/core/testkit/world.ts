import {createHub, type HubOptions} from '../hub.ts';
import type {Hub} from '../ports.ts';
import type {Storage} from '../storage.ts';
import {VirtualClock} from './clock.ts';
import {Page} from './page.ts';
import {Puppet} from './puppet.ts';

export interface World {
  readonly hub: Hub;
  readonly clock: VirtualClock;
  readonly storage: Storage;
  readonly puppet: Puppet;
  readonly logs: string[];
  /** A page that has said hello. */
  page(channels?: readonly object[], more?: object): Page;
  /** The server dies and another one starts on the same storage. */
  restart(): World;
}

/** A server with a puppet for its agent; `token` is the id of the user. */
export function createWorld(storage: Storage, options: Partial<HubOptions> = {}, puppet = new Puppet()): World {
  const clock = (options.clock as VirtualClock | undefined) ?? new VirtualClock();
  const logs: string[] = [];
  let ids = 0;
  const hub = createHub({
    clock,
    makeId: () => `id-${clock.now()}-${(ids += 1)}`,
    storage,
    authenticate: (token) =>
      token === undefined ? 'anonymous' : token === 'wrong' ? null : {id: token, name: `Mx ${token}`},
    log: (level, event, fields) => void logs.push(`${level} ${event} ${JSON.stringify(fields ?? {})}`),
    agents: [puppet],
    ...options,
  });
  return {
    hub,
    clock,
    storage,
    puppet,
    logs,
    page: (channels, more) => {
      const page = new Page(hub);
      page.hello(channels, more);
      return page;
    },
    restart: () => createWorld(storage, {...options, clock: new VirtualClock(clock.now() + 1_000)}, puppet),
  };
}
