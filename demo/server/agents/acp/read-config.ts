import {readFileSync, statSync} from 'node:fs';
import {dirname, resolve} from 'node:path';
import * as v from 'valibot';
import {splitCommand} from './command-line.ts';
import {DEFAULTS, type AcpConfig} from './config.ts';
import {lineOf} from './json-lines.ts';
import {presets} from './presets/presets.ts';

/** The configuration cannot be obeyed; the message says where and why. */
export class ConfigError extends Error {}

const ID = /^[a-z0-9][a-z0-9_-]{0,63}$/;
const MAX_PROCESSES = 100;
const words = v.pipe(v.string(), v.minLength(1));

const entry = v.strictObject({
  id: v.pipe(v.string(), v.regex(ID, 'not an id of small letters, digits, - and _')),
  title: v.optional(words),
  description: v.optional(v.string()),
  command: v.optional(words),
  args: v.optional(v.array(v.string())),
  env: v.optional(v.record(words, v.union([v.string(), v.literal(true)]))),
  folders: v.optional(v.array(words)),
  process: v.optional(v.picklist(['per-session', 'shared'])),
  idle_minutes: v.optional(v.pipe(v.number(), v.minValue(0.01), v.maxValue(10_000))),
  limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_PROCESSES))),
});
const file = v.strictObject({agents: v.array(entry)});

type Entry = v.InferOutput<typeof entry>;

/** Reads `--agent`: `ID=COMMAND`, or the `ID` of a preset. */
export function readAgentFlag(text: string): AcpConfig {
  const [, id = '', , command] = /^([^=]*)(=(.*))?$/s.exec(text) ?? [];
  if (!ID.test(id))
    throw new ConfigError(
      `--agent: expected ID=COMMAND, with an ID of small letters, digits, - and _: ${quoted(text)}.`,
    );
  if (command === undefined) {
    if (presets.has(id)) return complete({id}, '.');
    throw new ConfigError(`--agent: ${quoted(id)} has no command and is none of ${[...presets.keys()].join(', ')}.`);
  }
  const [program, ...args] = splitCommand(command) ?? [];
  if (!program)
    throw new ConfigError(`--agent: the command of ${quoted(id)} is empty, or a quote in it is not closed.`);
  return complete({id, command: program, args}, '.');
}

/** Reads `--agents`: a file of JSON, `{"agents": […]}`. Folders in it are relative to the file. */
export function readAgentsFile(path: string): AcpConfig[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new ConfigError(`--agents: ${path} cannot be read.`);
  }
  const result = v.safeParse(file, parse(text, path));
  if (result.success) return result.output.agents.map((each) => complete(each, dirname(path)));
  const [issue] = result.issues;
  const where = issue.path?.map(({key}) => key as string | number) ?? [];
  throw new ConfigError(`--agents: ${path}, line ${lineOf(text, where)}: ${where.join('.')}: ${issue.message}`);
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const at = /position (\d+)/.exec(message)?.[1];
    const line = text.slice(0, at === undefined ? text.length : Number(at)).split('\n').length;
    throw new ConfigError(`--agents: ${path}, line ${line}: not JSON (${message}).`);
  }
}

function complete({idle_minutes, ...given}: Entry, folder: string): AcpConfig {
  const preset = presets.get(given.id);
  const {command = preset?.command, env = {}, folders = []} = given;
  if (command === undefined)
    throw new ConfigError(
      `The agent ${quoted(given.id)} has no command and is none of ${[...presets.keys()].join(', ')}.`,
    );
  // Another command brings its own arguments.
  const args = given.args ?? (given.command === undefined ? preset?.args : undefined) ?? [];
  const defined = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return {
    ...DEFAULTS,
    title: given.id,
    ...preset,
    ...defined,
    id: given.id,
    command,
    args,
    env: {...preset?.env, ...env},
    folders: folders.map((each) => existing(resolve(folder, each), given.id)),
    ...(idle_minutes !== undefined && {idleMs: idle_minutes * 60_000}),
  };
}

function existing(folder: string, id: string): string {
  if (statSync(folder, {throwIfNoEntry: false})?.isDirectory()) return folder;
  throw new ConfigError(`The agent ${quoted(id)}: there is no folder ${folder}.`);
}

const quoted = (text: string): string => `“${text}”`;
