import * as v from 'valibot';
import {clientFrames, type ClientFrame} from '../../../src/backend/session-sync/frames.ts';
import {commands} from '../../../src/model/commands.ts';
import {id} from '../../../src/model/session.ts';
import {problemOf} from './problem.ts';

export type Read =
  | {readonly frame: ClientFrame}
  /** Of a type that this version does not know. */
  | {readonly ignored: true}
  /** `command`: the id of a command whose id at least can be read. */
  | {readonly problem: string; readonly command?: string; readonly unsupported?: boolean};

const isObject = (data: unknown): data is Record<string, unknown> =>
  typeof data === 'object' && data !== null && !Array.isArray(data);

const isType = (type: string): type is keyof typeof clientFrames => Object.hasOwn(clientFrames, type);

/** Nothing from a page is used before it was looked at here. */
export function readFrame(text: string): Read {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return {problem: 'not JSON'};
  }
  if (!isObject(data)) return {problem: 'not an object'};
  const {type} = data;
  if (typeof type !== 'string') return {problem: 'no type'};
  if (!isType(type)) return {ignored: true};
  const result = v.safeParse(clientFrames[type], data);
  if (result.success) return {frame: result.output};
  const problem = `${type}: ${problemOf(result.issues[0])}`;
  // A page that is newer than this server: what it asks for is not wrong.
  const unsupported = type === 'command' && typeof data['op'] === 'string' && !Object.hasOwn(commands, data['op']);
  const readable = v.safeParse(id, data['id']);
  return type === 'command' && readable.success ? {problem, command: readable.output, unsupported} : {problem};
}
