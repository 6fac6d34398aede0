#!/usr/bin/env node
import {homedir} from 'node:os';
import {join} from 'node:path';
import {endWithParent} from '../../scripts/parent.mjs';
import {dataFolder} from './data-folder.ts';
import {endOnSignal} from './end-on-signal.ts';
import {createLog} from './log.ts';
import {readOptions, usageOf, UsageError, type Options} from './options.ts';

/** The command `agent-session-elements` of the package, which the build puts beside the page. */
const siteRoot = join(import.meta.dirname, '../demo');

const COMMAND = 'agent-session-elements';
const usage = `Usage: ${COMMAND} serve [options]

  serve    a page with the sessions of your agents, and the server behind it (serve --help lists the options)

For example: npx ${COMMAND} serve --agent codex
`;

const say = (text: string): void => void process.stdout.write(text);
const complain = (text: string): void => void process.stderr.write(text);

// Whoever reads the output may go away; the server goes on.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
endWithParent();

/** Resolves with the code to end with, or with none when a server runs. */
async function main([command, ...rest]: readonly string[]): Promise<number | undefined> {
  if (command === 'serve') return serve(rest);
  if (command === '--help' || command === '-h' || command === 'help') {
    say(usage);
    return 0;
  }
  const problem = command === undefined ? 'Say what is to be done.' : `There is no command “${command}”.`;
  complain(`${problem}\n\n${usage}`);
  return 2;
}

async function serve(argv: readonly string[]): Promise<number | undefined> {
  const {env, platform} = process;
  const defaults = {port: '8137', data: dataFolder({env, platform, home: homedir()})};
  const help = usageOf(`${COMMAND} serve`, defaults);
  try {
    const options = readOptions(argv, {env, cwd: process.cwd(), defaults});
    if (options !== 'help') return await start(options);
    say(help);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    complain(`${error.message}\n\n${help}`);
    return 2;
  }
}

async function start(options: Options): Promise<number | undefined> {
  const loaded = await loadServer();
  if (typeof loaded === 'string') {
    complain(loaded);
    return 1;
  }
  const write = createLog(complain);
  // For eyes: only what needs some.
  const log: typeof write = (level, ...what) => level !== 'info' && write(level, ...what);
  try {
    const server = await loaded.startServer(options, siteRoot, log);
    endOnSignal(server, log);
    say(welcome(server.page, options));
    return undefined;
  } catch (error) {
    if (!(error instanceof loaded.StartError)) throw error;
    const hint = error.code === 'port-in-use' ? ' Another one can be given with --port.' : '';
    complain(`${error.message}${hint}\n`);
    return 1;
  }
}

/** The database is an optional dependency, so that it hinders nobody who only wants the elements. */
async function loadServer(): Promise<typeof import('./server.ts') | string> {
  try {
    return await import('./server.ts');
  } catch (error) {
    if (!(error instanceof Error) || !/'@?libsql\b/.test(error.message)) throw error;
    return `The server keeps its conversations with libsql, which is not installed here (${process.platform}, ${process.arch}): npm install libsql\n`;
  }
}

const welcome = (page: string, {agents, data, tokens, workspace}: Options): string =>
  [
    `The page is at ${page} (Ctrl+C ends it).`,
    ...(tokens.length > 0 ? ['Whoever opens it adds #token=TOKEN to the address.'] : []),
    `Agents: ${[...agents.map(({title}) => title), 'Workspace (built in)'].join(', ')}. They work in ${workspace}.`,
    `Conversations are kept in ${data}.`,
    '',
  ].join('\n');

const code = await main(process.argv.slice(2));
if (code !== undefined) process.exitCode = code;
