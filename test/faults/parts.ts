import type {createHub} from '../../demo/server/core/hub.ts';
import type {Agent} from '../../demo/server/core/agent.ts';
import type {Client, Clock} from '../../demo/server/core/ports.ts';
import type {Storage} from '../../demo/server/core/storage.ts';
import type {BackendFactory, Environment} from '../../src/backend/backend.ts';
import {createSessionSync} from '../../src/backend/session-sync/session-sync.ts';
import {ScriptedAgent} from './scripts.ts';

/** The seams of the world: each thing as it is used, so that a deliberate mistake can stand in its place. */
export interface Part {
  readonly backend: BackendFactory;
  environment(environment: Environment): Environment;
  storage(storage: Storage): Storage;
  hub(create: typeof createHub): typeof createHub;
  agent(clock: Clock): Agent;
  /** The server's end of a connection. */
  client(client: Client): Client;
}

const same = <T>(thing: T): T => thing;

/** As it is meant to be. */
export const sound: Part = {
  backend: createSessionSync,
  environment: same,
  storage: same,
  hub: same,
  agent: (clock) => new ScriptedAgent(clock),
  client: same,
};
