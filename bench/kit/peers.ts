import {spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';

const folder = join(import.meta.dirname, '../peers');

export const peer = (file: string): string => join(folder, file);

/** Installs what is measured beside this package, into a folder of its own. Returns the versions, or why there are none. */
export function installPeers(): Readonly<Record<string, string>> | string {
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'];
  const {status, stderr} = spawnSync('npm', ['install', ...flags], {cwd: folder, encoding: 'utf8'});
  if (status !== 0) {
    return stderr
      .split('\n')
      .filter((line) => line.startsWith('npm error'))
      .join('; ');
  }
  const {dependencies} = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  return dependencies;
}
