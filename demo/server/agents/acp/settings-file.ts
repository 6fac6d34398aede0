import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {AcpConfig} from './config.ts';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Some agents read from a file only what others take from variables: it is written into `folder`, and the agent is told where
 * it is. Whoever has told the server of another such file keeps that one.
 */
export function withSettingsFile(config: AcpConfig, folder: string, server: Env): AcpConfig {
  const {id, env, settings} = config;
  if (!settings) return config;
  const {variable, content} = settings;
  if (Object.hasOwn(env, variable)) return config;
  if (server[variable] !== undefined) return {...config, env: {...env, [variable]: true}};
  mkdirSync(folder, {recursive: true, mode: 0o700});
  const file = join(folder, `${id}.json`);
  writeFileSync(file, `${JSON.stringify(content, undefined, 2)}\n`);
  return {...config, env: {...env, [variable]: file}};
}
