import {mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, sep} from 'node:path';
import {readOptions, UsageError, type Options, type Surroundings} from '../../demo/server/options.ts';
import {StartError, startServer} from '../../demo/server/server.ts';
import {mustHold, Wrong, type Round, type Tally, type Target} from './hunt.ts';
import {Luck} from './luck.ts';

export interface CommandLine {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Also starts what was asked for. */
  readonly start: boolean;
}

export type Read = typeof readOptions;

const SECRET = 'hush-hush-secret';
const FLAGS = [
  'port',
  'data',
  'host',
  'origin',
  'token',
  'token-file',
  'workspace',
  'new-epoch',
  'help',
  'nothing',
  '',
];
const VALUES = [
  ...['0', '1', '65535', '65536', '-1', '1e3', '0x10', ' 80', '８０', 'NaN', ''],
  ...[
    'd',
    'work',
    'tokens',
    'wrong',
    'empty',
    '.',
    '..',
    '/',
    'no/such',
    'tokens/below',
    'a\0b',
    '\ud800',
    'x'.repeat(5_000),
  ],
  ...['127.0.0.1', '::1', '[::1]', '0.0.0.0', 'localhost', 'example.org', '::', '1.2.3', '[', '-', '--'],
  ...[
    'https://a.example',
    'http://b.example:80/',
    'https://*',
    'null',
    'https://a.example/path',
    'http://[',
    'file:///x',
  ],
  ...[
    `${SECRET}=ann`,
    `${SECRET}=`,
    `=${SECRET}`,
    SECRET,
    `${SECRET}=ann\n${SECRET}=ben`,
    `${SECRET}==bob`,
    '__proto__=x',
  ],
];
const VALID = [
  ['--port', '0'],
  ['--data', 'd'],
  ['--host', '127.0.0.1'],
  ['--origin', 'https://a.example'],
  ['--token', `${SECRET}=ann`],
  ['--token-file', 'tokens'],
  ['--workspace', 'work'],
  ['--new-epoch'],
] as const;

class CommandLineRound implements Round<CommandLine> {
  readonly #luck: Luck;
  readonly #tally: Tally;
  readonly #read: Read;
  readonly #cwd = realpathSync(mkdtempSync(join(tmpdir(), 'fuzz-argv-')));

  constructor(seed: number, tally: Tally, read: Read) {
    this.#luck = new Luck(seed);
    this.#tally = tally;
    this.#read = read;
    mkdirSync(join(this.#cwd, 'work'));
    writeFileSync(join(this.#cwd, 'tokens'), 'one=ann\n');
    writeFileSync(join(this.#cwd, 'wrong'), `one=ann\n${SECRET}\n`);
    writeFileSync(join(this.#cwd, 'empty'), '');
  }

  next(): CommandLine {
    const luck = this.#luck;
    const argv: string[] = luck.percent(70) ? ['--port', '0', '--data', luck.pick(['d', 'e', 'deep/er'])] : [];
    for (let left = luck.below(5); left > 0; left -= 1) {
      if (luck.percent(40)) argv.push(...luck.pick(VALID));
      else if (luck.percent(30)) argv.push(luck.pick(VALUES));
      else if (luck.percent(50)) argv.push(`--${luck.pick(FLAGS)}=${luck.pick(VALUES)}`);
      else argv.push(`--${luck.pick(FLAGS)}`, luck.pick(VALUES));
    }
    if (luck.percent(20)) argv.sort(() => luck.next() - 0.5);
    const env = luck.percent(10) ? {SESSION_TOKENS: luck.pick(VALUES)} : {};
    return {argv, env, start: luck.percent(2)};
  }

  async act({argv, env, start}: CommandLine): Promise<void> {
    const say = (): string => JSON.stringify({argv, env}).slice(0, 800);
    const around: Surroundings = {env, cwd: this.#cwd};
    let options: Options | 'help';
    try {
      options = this.#read(argv, around);
    } catch (error) {
      if (!(error instanceof UsageError))
        throw new Wrong('a command line is obeyed or refused', `${String(error)} ${say()}`);
      this.#tally.count(`refused: ${/^(--[a-z-]+|[A-Z]\w+)/.exec(error.message)?.[0] ?? 'others'}`);
      // A word that stands where none belongs, and the name of a file, are named, whatever they are.
      const isSafe =
        !error.message.includes(SECRET) || !/^(--token:|--token-file, line|SESSION_TOKENS|One)/.test(error.message);
      mustHold('a refusal names no secret', isSafe, () => `${error.message} ${say()}`);
      return mustHold('a refusal is a sentence', error.message.length > 0 && !error.message.includes('    at '), say);
    }
    this.#tally.count(options === 'help' ? 'help' : 'obeyed');
    if (options === 'help') return;
    const {port, data, host, origins, tokens, workspace, newEpoch} = options;
    const fits =
      Number.isInteger(port) &&
      port >= 0 &&
      port <= 65_535 &&
      data.startsWith(sep) &&
      host !== '' &&
      workspace.startsWith(sep) &&
      typeof newEpoch === 'boolean' &&
      origins.every((origin) => new URL(origin).origin === origin) &&
      tokens.every(({token, user}) => token !== '' && user !== '');
    mustHold('what is obeyed is what was asked for', fits, () => `${JSON.stringify(options)} ${say()}`);
    const isLocal = host === '127.0.0.1' || host === 'localhost';
    mustHold(
      'others come in with tokens only',
      isLocal || /^(\[?::1\]?|127\..*)$/i.test(host) || host.toLowerCase() === 'localhost' || tokens.length > 0,
      say,
    );
    // Only where nothing of this machine is in the way.
    if (start && port === 0 && host === '127.0.0.1' && data.startsWith(this.#cwd + sep))
      await this.#start(options, say);
  }

  async #start(options: Options, say: () => string): Promise<void> {
    try {
      const server = await startServer(options, this.#cwd, () => undefined);
      await server.stop();
    } catch (error) {
      if (!(error instanceof StartError))
        throw new Wrong('a server starts, or says why not', `${String(error)} ${say()}`);
    }
  }

  end(): Promise<void> {
    rmSync(this.#cwd, {recursive: true, force: true});
    return Promise.resolve();
  }
}

/** The command line of the demo's server. */
export const commandLine = (read: Read = readOptions): Target<CommandLine> => ({
  name: 'command line',
  deeds: 500,
  begin: (seed, tally) => new CommandLineRound(seed, tally, read),
});
