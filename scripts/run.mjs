// Starts the tools of node_modules/.bin, also when a script was not started by npm.
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {delimiter, join} from 'node:path';

export const root = join(import.meta.dirname, '..');

const PATH = [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);

/** Runs a command to its end and gives its exit code; what it prints goes straight through. */
export async function run(command, args = [], {env = {}, stdout = 'inherit'} = {}) {
  const child = spawn(command, args, {
    cwd: root,
    env: {...process.env, PATH, ...env},
    stdio: ['ignore', stdout, 'inherit'],
  });
  const [code] = await once(child, 'exit');
  return code ?? 1;
}

/** The same, but holds back what it prints. */
export async function capture(command, args = []) {
  const child = spawn(command, args, {cwd: root, env: {...process.env, PATH}, stdio: ['ignore', 'pipe', 'pipe']});
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
  const [code] = await once(child, 'close');
  return {code: code ?? 1, output};
}

/** Seconds since `from`, for people. */
export const since = (from) => `${((performance.now() - from) / 1000).toFixed(1)} s`;
