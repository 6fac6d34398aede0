// `npm start`: the demo, with a folder and a port of its own. Takes the options of `npm run serve`; PORT is another way
// to say the port.
import {join} from 'node:path';
import {register} from 'tsx/esm/api';
import {endWithParent} from './parent.mjs';
import {root, run} from './run.mjs';

const given = process.argv.slice(2);
const defaults = {port: process.env.PORT ?? '8137', data: join(root, '.data')};

endWithParent();
register();
const {endOnSignal} = await import('../demo/server/end-on-signal.ts');
const {readOptions, usageOf, UsageError} = await import('../demo/server/options.ts');
const {StartError, startServer} = await import('../demo/server/server.ts');

const usage = usageOf('npm start --', defaults);

// For eyes: only what needs some.
const log = (level, event, fields) => {
  if (level !== 'info') console.error(level, event, fields ?? '');
};

async function start(options) {
  const site = join(root, 'dist/demo');
  try {
    return await startServer(options, site, log);
  } catch (error) {
    if (!(error instanceof StartError) || error.code !== 'port-in-use') throw error;
    console.log(`${error.message} Another one is taken.`);
    return startServer({...options, port: 0}, site, log);
  }
}

try {
  const options = readOptions(given, {env: process.env, cwd: process.cwd(), defaults});
  if (options === 'help') {
    console.log(usage);
  } else {
    if ((await run('node', ['scripts/build.mjs', '--demo-if-stale'])) !== 0)
      console.error('The page could not be built; the server starts without it.');
    const server = await start(options);
    endOnSignal(server, log);
    console.log(`The demo is at ${server.page} (Ctrl+C ends it).`);
  }
} catch (error) {
  if (error instanceof UsageError) {
    console.error(`${error.message}\n\n${usage}`);
    process.exitCode = 2;
  } else if (error instanceof StartError) {
    console.error(error.message);
    process.exitCode = 1;
  } else throw error;
}
