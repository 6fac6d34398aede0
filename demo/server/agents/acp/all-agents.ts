import {join} from 'node:path';
import {steadyClock} from '../../clock.ts';
import type {Agent} from '../../core/agent.ts';
import type {Log} from '../../core/ports.ts';
import {createAcpAgent} from './acp-agent.ts';
import type {AcpConfig} from './config.ts';
import {endLeftBehind, ownerOf} from './left-behind.ts';

interface Place {
  /** Of the server; nobody else has it open. */
  readonly data: string;
  readonly workspace: string;
  /** Users that are told apart have homes of their own; nobody finds another's keys or conversations. */
  readonly hasUsers: boolean;
}

/** The agents of a server, as they are configured. */
export function createAcpAgents(configs: readonly AcpConfig[], {data, workspace, hasUsers}: Place, log: Log): Agent[] {
  const owner = ownerOf(data);
  const cleared = endLeftBehind(owner).catch((error: unknown) => log('warn', 'left-behind', {error}));
  const surroundings = {
    env: process.env,
    workspace,
    ...(hasUsers && {homes: join(data, 'agents')}),
    clock: steadyClock,
    owner,
    cleared,
  };
  return configs.map((config) => createAcpAgent(config, surroundings));
}
