import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Check} from './checks.ts';
import {factsOf, root} from './install.ts';
import type {KnownAgent} from './known/known-agent.ts';
import type {Stage} from './stage.ts';

/** How one check went; the note says what the agent does otherwise, or what did not hold. */
export interface Outcome {
  readonly name: string;
  readonly passed: boolean;
  readonly note?: string;
}

export async function outcomeOf({name, run}: Check, stage: Stage): Promise<Outcome> {
  try {
    const note = await run(stage);
    return {name, passed: true, ...(note !== undefined && {note})};
  } catch (error) {
    await stage.settle();
    return {name, passed: false, note: error instanceof Error ? error.message : String(error)};
  }
}

export const lineOf = ({name, passed, note}: Outcome): string =>
  `${passed ? 'passed' : 'FAILED'}  ${name}${note === undefined ? '' : `: ${note}`}`;

/** What the documentation is made of. */
export function writeReport(agent: KnownAgent, checks: readonly Outcome[], picture: Uint8Array | undefined): void {
  const {name} = agent;
  const {package: from, version} = factsOf(agent);
  const date = new Date().toISOString().slice(0, 10);
  const report = {agent: name, package: from, version, date, node: process.version, checks};
  write(join('docs/agents', `${name}.json`), `${JSON.stringify(report, undefined, 2)}\n`);
  if (picture) write(join('docs/images/agents', `${name}.png`), picture);
}

function write(path: string, content: string | Uint8Array): void {
  const file = join(root, path);
  mkdirSync(join(file, '..'), {recursive: true});
  writeFileSync(file, content);
}
