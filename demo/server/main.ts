import {join} from 'node:path';
import {endOnSignal} from './end-on-signal.ts';
import {createLog} from './log.ts';
import {readOptions, usageOf, UsageError, type Options} from './options.ts';
import {StartError, startServer} from './server.ts';

/** The server as a process: `npm run serve`. Standard output has one line, standard error the log. */
const siteRoot = join(import.meta.dirname, '../../dist/demo');
const log = createLog((line) => process.stderr.write(line));

// Whoever reads the output may go away; the server goes on.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

const usage = usageOf('serve');
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
  endOnSignal(server, log);
  log('info', 'listening', {url: server.url, workspace: options.workspace});
  process.stdout.write(`${JSON.stringify({url: server.url, page: server.page})}\n`);
}
