import {randomUUID} from 'node:crypto';
import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {temporaryFolder} from './server-process.ts';
import {World} from './world.ts';

const script = join(import.meta.dirname, 'acp-agent.mjs');

export interface ScriptedWorld {
  readonly world: World;
  /** Where the agent keeps what it was told; one of its folders. */
  readonly folder: string;
}

/** A world whose first agent is the scripted one, as a process; `more` is what its configuration has beside that. */
export async function scriptedWorld(more: object = {}, ...flags: string[]): Promise<ScriptedWorld> {
  const {path, remove} = await temporaryFolder();
  const agent = {
    id: 'scripted',
    title: 'Scripted',
    command: process.execPath,
    args: [script, ...flags],
    env: {ACP_TEST_STATE: path, ACP_TEST_RUN: randomUUID()},
    ...more,
  };
  const file = join(path, 'agents.json');
  await writeFile(file, JSON.stringify({agents: [agent]}));
  const world = await World.create('--agents', file);
  world.atEnd(remove);
  return {world, folder: path};
}
