import {readFileSync, statSync} from 'node:fs';
import {dirname, resolve} from 'node:path';
import * as v from 'valibot';
import {splitCommand} from './command-line.ts';
import {DEFAULTS, type AcpConfig} from './config.ts';
import {faultLine} from './json-fault.ts';
import {lineOf} from './json-lines.ts';
import type {Preset} from './presets/preset.ts';
import {presets} from './presets/presets.ts';

/** The configuration cannot be obeyed; the message says where and why. */
export class ConfigError extends Error {}

const ID = /^[a-z0-9][a-z0-9_-]{0,63}$/;
const MAX_PROCESSES = 100;
const words = v.pipe(v.string(), v.minLength(1));

const entry = v.strictObject({
  id: v.pipe(v.string(), v.regex(ID, 'expected an id of small letters, digits, - and _.')),
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

interface Source {
  /** What folders are relative to. */
  readonly folder: string;
  readonly wrong: (message: string, ...field: readonly string[]) => ConfigError;
}

const flag: Source = {folder: '.', wrong: (message) => new ConfigError(`--agent: ${message}`)};

/** Reads `--agent`: `ID=COMMAND`, or the `ID` of a preset. */
export function readAgentFlag(text: string): AcpConfig {
  const [, id = '', , command] = /^([^=]*)(=(.*))?$/s.exec(text) ?? [];
  if (!ID.test(id))
    throw new ConfigError(`--agent: expected ID=COMMAND, with an ID of small letters, digits, - and _: ${quoted(id)}.`);
  if (command === undefined) return complete({id}, flag);
  const [program, ...args] = splitCommand(command) ?? [];
  if (!program)
    throw new ConfigError(`--agent: the command of ${quoted(id)} is empty, or a quote in it is not closed.`);
  return complete({id, command: program, args}, flag);
}

/** Reads `--agents`: a file of JSON, `{"agents": […]}`. Folders in it are relative to the file; ids that are `taken` are not. */
export function readAgentsFile(path: string, taken: readonly string[] = []): AcpConfig[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new ConfigError(`--agents: ${path} cannot be read.`);
  }
  const at = (line: number, message: string): ConfigError =>
    new ConfigError(`--agents: ${path}, line ${line}: ${message}`);
  const result = v.safeParse(
    file,
    parse(text, (line) => at(line, 'not JSON from here on.')),
  );
  if (!result.success) {
    const [issue] = result.issues;
    const where = issue.path?.map(({key}) => key as string | number) ?? [];
    throw at(lineOf(text, where), `${where.join('.')}: ${problemOf(issue)}`);
  }
  const {agents} = result.output;
  const ids = [...taken, ...agents.map(({id}) => id)];
  return agents.map((each, index) => {
    const wrong = (message: string, ...field: readonly string[]): ConfigError =>
      at(lineOf(text, ['agents', index, ...field]), message);
    if (ids.indexOf(each.id) < taken.length + index) throw wrong(`There are two agents ${quoted(each.id)}.`, 'id');
    return complete(each, {folder: dirname(path), wrong});
  });
}

function parse(text: string, fault: (line: number) => ConfigError): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw fault(faultLine(text));
  }
}

function complete({idle_minutes, ...given}: Entry, {folder, wrong}: Source): AcpConfig {
  const {facts, ...preset}: Partial<Preset> = presets.get(given.id) ?? {};
  const {command = preset.command, env = {}, folders = []} = given;
  if (command === undefined)
    throw wrong(`${quoted(given.id)} has no command and is none of ${[...presets.keys()].join(', ')}.`);
  // Another command brings its own arguments.
  const args = given.args ?? (given.command === undefined ? preset.args : undefined) ?? [];
  const defined = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const existing = (name: string): string => {
    const path = resolve(folder, name);
    if (!statSync(path, {throwIfNoEntry: false})?.isDirectory()) throw wrong(`There is no folder ${path}.`, 'folders');
    return path;
  };
  return {
    ...DEFAULTS,
    title: given.id,
    ...preset,
    ...(facts && {install: `Install it with: npm i -g ${facts.package}@${facts.version}.`}),
    ...defined,
    id: given.id,
    command,
    args,
    env: {...preset.env, ...env},
    folders: folders.map(existing),
    ...(idle_minutes !== undefined && {idleMs: idle_minutes * 60_000}),
  };
}

/** What stands there is not repeated: it may be a key. */
function problemOf({type, expected, received, message}: v.BaseIssue<unknown>): string {
  if (expected === 'never') return 'there is no such field.';
  if (received === 'undefined') return 'it is missing.';
  return type === 'regex' ? message : `expected ${expected}.`;
}

const quoted = (text: string): string => `“${text}”`;
