import {parseArgs} from 'node:util';
import {names} from './run.ts';

export interface CommandLine {
  readonly url: string;
  readonly token?: string;
  readonly secondToken?: string;
  /** The name of a file. */
  readonly script?: string;
  readonly only?: readonly string[];
  readonly timeout: number;
  readonly json: boolean;
  readonly verbose: boolean;
}

/** The command line cannot be obeyed; the message says why. */
export class UsageError extends Error {}

export const usage = `Usage: agent-session-conformance URL [options]

Plays the rules of the Session Sync Protocol against a server and says which sentences it breaks.
It starts sessions there, and deletes them again where the server can. URL is ws://… or wss://…

  --token T          say hello with token T
  --second-token T   of another user: checks that the two do not see each other
  --script FILE      JSON: the messages that make the agent stream, ask, fail, … (docs/conformance.md);
                     without it, what needs such an agent is not checked
  --only NAME        only this rule or scenario; repeatable
  --timeout S        how long one answer may take, in seconds (5)
  --json             the whole report as JSON on standard output
  --verbose          also list what holds
  --help             this text

Exit code: 0 nothing is broken, 1 something is, 2 it could not be checked.
`;

const flags = {
  token: {type: 'string'},
  'second-token': {type: 'string'},
  script: {type: 'string'},
  only: {type: 'string', multiple: true},
  timeout: {type: 'string', default: '5'},
  json: {type: 'boolean', default: false},
  verbose: {type: 'boolean', default: false},
  help: {type: 'boolean', default: false},
} as const;

/** Reads the command line; throws a `UsageError`. */
export function readCommandLine(argv: readonly string[]): CommandLine | 'help' {
  const {values, positionals} = parse(argv);
  if (values.help) return 'help';
  const [url, ...more] = positionals;
  if (url === undefined || more.length > 0) throw new UsageError('One URL has to be given.');
  if (!URL.canParse(url) || !/^wss?:$/.test(new URL(url).protocol)) {
    throw new UsageError(`${url} is not a URL that begins with ws:// or wss://.`);
  }
  const seconds = Number(values.timeout);
  if (!(seconds > 0 && seconds <= 600)) throw new UsageError('--timeout is a number of seconds, at most 600.');
  const unknown = values.only?.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new UsageError(`There is no rule or scenario “${unknown}”.`);
  const {token, script, only, json, verbose, 'second-token': secondToken} = values;
  return {
    url,
    timeout: seconds * 1000,
    json,
    verbose,
    ...(token !== undefined && {token}),
    ...(secondToken !== undefined && {secondToken}),
    ...(script !== undefined && {script}),
    ...(only && {only}),
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({args: [...argv], options: flags, allowPositionals: true});
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
