import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';

/** A network of its own, in which there is loopback and nothing else; whoever is not root needs a user namespace for it. */
const UNSHARE = ['--net', ...(process.getuid?.() === 0 ? [] : ['--map-root-user'])];
/** Programs ask for names where they always do; there is somebody to answer (`names.ts`). */
const SCRIPT = `
  ip link set lo up || exit
  sed -n 's/^nameserver[[:space:]]*//p' /etc/resolv.conf | while read -r address; do
    ip address add "$address" dev lo 2>/dev/null
  done
  exec "$@"`;
const inside = (command: readonly string[]): string[] => [...UNSHARE, 'sh', '-c', SCRIPT, 'sh', ...command];

/** Why this machine cannot do it; undefined if it can. */
export function whyNotIsolated(): string | undefined {
  const {error, status, stderr} = spawnSync('unshare', inside(['true']), {encoding: 'utf8'});
  if (error) return error.message;
  return status === 0 ? undefined : stderr.trim();
}

/** Runs a command where nothing that it starts can reach another machine; returns its exit code. */
export async function runIsolated(command: readonly string[], env: Readonly<Record<string, string>>): Promise<number> {
  const child = spawn('unshare', inside(command), {stdio: 'inherit', env});
  const [code] = await once(child, 'exit');
  return (code as number | null) ?? 1;
}
