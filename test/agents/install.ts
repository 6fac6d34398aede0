import {spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fieldsOf} from '../../demo/server/agents/acp/translate/lenient.ts';
import {presets} from '../../demo/server/agents/acp/presets/presets.ts';
import type {Facts} from '../../demo/server/agents/acp/presets/preset.ts';
import type {KnownAgent} from './known/known-agent.ts';

export const root = join(import.meta.dirname, '../..');

/** What it is in the registry, and the version that was measured. */
export function factsOf({name}: KnownAgent): Facts {
  const preset = presets.get(name);
  if (!preset) throw new Error(`there is no preset ${name}`);
  return preset.facts;
}

const folderOf = ({name}: KnownAgent): string => join(root, '.agents', name);

export const binOf = (agent: KnownAgent): string => join(folderOf(agent), agent.bin);

/** Whether the version that the checks are for is there. */
export function isInstalled(agent: KnownAgent): boolean {
  const manifest = join(folderOf(agent), 'node_modules', factsOf(agent).package, 'package.json');
  if (!existsSync(manifest) || !existsSync(binOf(agent))) return false;
  return fieldsOf(JSON.parse(readFileSync(manifest, 'utf8')))['version'] === factsOf(agent).version;
}

/** From the registry into an ignored folder, without running what the packages would run. Returns npm's exit code. */
export function install(agent: KnownAgent): number {
  const folder = folderOf(agent);
  mkdirSync(folder, {recursive: true});
  // Without one npm would look for a package further up, which is ours.
  writeFileSync(join(folder, 'package.json'), '{"private": true}\n');
  const {package: name, version} = factsOf(agent);
  const args = ['install', '--ignore-scripts', '--save-exact', '--no-audit', '--no-fund'];
  const {status} = spawnSync('npm', [...args, `${name}@${version}`], {cwd: folder, stdio: 'inherit'});
  return status ?? 1;
}
