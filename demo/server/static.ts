import {constants} from 'node:fs';
import {open, realpath, type FileHandle} from 'node:fs/promises';
import {extname, join, sep} from 'node:path';

/** A file of the page, open: whoever gets it closes it. */
export interface StaticFile {
  readonly handle: FileHandle;
  readonly type: string;
  readonly size: number;
  readonly etag: string;
}

export type Found = StaticFile | {readonly redirect: string} | undefined;

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/** The names between the slashes, or nothing if one of them is no plain name: `..`, hidden files, empty ones, tricks. */
const segmentsOf = (path: string): string[] | undefined => {
  if (!path.startsWith('/')) return undefined;
  let names: string[];
  try {
    names = path.slice(1).split('/').map(decodeURIComponent);
  } catch {
    return undefined;
  }
  const last = names.at(-1) === '' ? names.slice(0, -1) : names;
  return last.every((name) => name !== '' && !name.startsWith('.') && !/[/\\\0]/.test(name)) ? last : undefined;
};

/** Finds what a path of a URL names below `root`. A folder is its `index.html`; its content is never listed. */
export const findStatic = async (root: string, path: string): Promise<Found> => {
  const segments = segmentsOf(path);
  if (!segments) return undefined;
  const isFolder = path.endsWith('/');
  const found = await openBelow(root, join(root, ...segments, ...(isFolder ? ['index.html'] : [])));
  if (found !== 'folder') return found;
  return isFolder ? undefined : {redirect: `/${segments.map(encodeURIComponent).join('/')}/`};
};

const openBelow = async (root: string, path: string): Promise<StaticFile | 'folder' | undefined> => {
  let handle: FileHandle | undefined;
  try {
    const [top, file] = await Promise.all([realpath(root), realpath(path)]);
    if (!file.startsWith(top + sep)) return undefined;
    // NONBLOCK: opening a FIFO must not wait for somebody to write.
    handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
    const stat = await handle.stat();
    if (stat.isFile()) {
      const type = types[extname(file).toLowerCase()] ?? 'application/octet-stream';
      const etag = `"${stat.size.toString(36)}-${Math.trunc(stat.mtimeMs * 1000).toString(36)}"`;
      return {handle, type, size: stat.size, etag};
    }
    await handle.close();
    return stat.isDirectory() ? 'folder' : undefined;
  } catch {
    await handle?.close().catch(() => undefined);
    return undefined;
  }
};
