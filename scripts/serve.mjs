// `npm run serve -- --port N --data DIR …`: the demo's server alone, in this process (`--help` lists the options).
// Standard output has the one line that says where the server is; what else is to be said goes to standard error, one
// JSON object a line.
import {register} from 'tsx/esm/api';
import {endWithParent} from './parent.mjs';
import {capture} from './run.mjs';

const log = (level, event, fields = {}) =>
  console.error(JSON.stringify({time: new Date().toISOString(), level, event, ...fields}));

endWithParent();
register();
const {readOptions} = await import('../demo/server/options.ts');

/** Whoever only asks for help, or is to be told that something is wrong, does not wait for the page. */
function isToRun() {
  try {
    return readOptions(process.argv.slice(2), {env: process.env, cwd: process.cwd()}) !== 'help';
  } catch {
    return false;
  }
}

if (isToRun()) {
  // Builds only if a source is newer than the page.
  const {code, output} = await capture('node', ['scripts/build.mjs', '--demo-if-stale']);
  if (code !== 0) log('warn', 'page-not-built', {output});
}

await import('../demo/server/main.ts');
