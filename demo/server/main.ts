import {join} from 'node:path';
import {createLog} from './log.ts';
import {readOptions, usage, UsageError, type Options} from './options.ts';
import {StartError, startServer} from './server.ts';

/** The server as a process: `npm run serve`. Standard output has one line, standard error the log. */
const siteRoot = join(import.meta.dirname, '../../dist/demo');
const log = createLog((line) => process.stderr.write(line));

// Whoever reads the output may go away; the server goes on.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

const options = ((): Options | undefined => {
  try {
    const read = readOptions(process.argv.slice(2), {env: process.env, cwd: process.cwd()});
    if (read !== 'help') return read;
    process.stdout.write(usage);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n\n${usage}`);
    process.exitCode = 2;
  }
  return undefined;
})();

if (options) {
  try {
    await run(options);
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    log('error', 'not-started', {code: error.code, message: error.message});
    process.exitCode = 1;
  }
}

async function run(options: Options): Promise<void> {
  const server = await startServer(options, siteRoot, log);
  let stopping = false;
  const stop = (signal: string): void => {
    if (stopping) return;
    stopping = true;
    log('info', 'stopping', {signal});
    server.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log('error', 'stop-failed', {error});
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // What was acknowledged is stored: to start again is safer than to go on in a state that nobody knows.
  process.on('uncaughtException', (error) => {
    log('error', 'crashed', {error});
    process.exit(1);
  });
  log('info', 'listening', {url: server.url, workspace: options.workspace});
  process.stdout.write(`${JSON.stringify({url: server.url, page: server.page})}\n`);
}
