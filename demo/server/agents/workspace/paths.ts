import {constants} from 'node:fs';
import {lstat, open, opendir, realpath, type FileHandle} from 'node:fs/promises';
import {join, relative, sep} from 'node:path';
import {Refusal, type Context} from './context.ts';
import {code} from './markdown.ts';

/** The part of the file system that the agent may see. */
export interface Place {
  /** A folder, without symbolic links in its path. */
  readonly root: string;
  /** Files and folders, likewise, that are not to be seen even where they lie inside: the server's own data. */
  readonly hidden: readonly string[];
}

/** Something in the workspace that exists and may be seen. */
export interface Located {
  /** Where it really is. */
  readonly real: string;
  /** As a person writes it, from the workspace on; `.` is the workspace. */
  readonly path: string;
  readonly kind: 'file' | 'folder';
}

const isAt = (path: string, top: string): boolean =>
  path === top || path.startsWith(top.endsWith(sep) ? top : top + sep);

/** Whether a path without symbolic links may be seen. */
export const isVisible = ({root, hidden}: Place, real: string): boolean =>
  isAt(real, root) && !hidden.some((top) => isAt(real, top));

/**
 * Finds what a person calls `path`. What lies outside, what is hidden and what is neither a file nor a folder (devices,
 * pipes) is refused; the first two in one way with what is not there, so that nothing can be learned about them.
 */
export const locate = async ({root, ...rest}: Place, path: string): Promise<Located> => {
  const names = path.split('/').filter((name) => name !== '' && name !== '.');
  if (path.startsWith('/') || path.startsWith('~') || names.includes('..') || path.includes('\0'))
    throw new Refusal(`${code(path)} is not a path inside the workspace: it must be relative and without \`..\`.`);

  const shown = names.join('/') || '.';
  let real: string;
  try {
    real = await realpath(join(root, ...names));
    if (!isVisible({root, ...rest}, real)) throw new Error('outside');
  } catch {
    throw new Refusal(`There is no ${code(shown)} in the workspace.`);
  }
  const stat = await lstat(real);
  if (!stat.isFile() && !stat.isDirectory()) throw new Refusal(`${code(shown)} is neither a file nor a folder.`);
  return {real, path: shown, kind: stat.isDirectory() ? 'folder' : 'file'};
};

/** Opens a file that was located; what has become something else since then is refused. */
export const openFile = async ({real, path}: Located): Promise<{handle: FileHandle; size: number}> => {
  let handle: FileHandle | undefined;
  try {
    // NONBLOCK: opening a pipe would wait for a writer. NOFOLLOW: it was no link when it was looked at.
    handle = await open(real, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
    const stat = await handle.stat();
    if (stat.isFile()) return {handle, size: stat.size};
  } catch {
    // Falls through: whatever the reason, it cannot be read.
  }
  await handle?.close();
  throw new Refusal(`${code(path)} cannot be read.`);
};

export interface Entry {
  readonly name: string;
  /** Where it is; itself no link, unless `kind` says so. */
  readonly real: string;
  readonly kind: 'file' | 'folder' | 'link' | 'other';
}

/** What a folder holds, by name; `more`: there is more than may be read. */
export const entriesOf = async (
  folder: Located,
  {place, limits, signal}: Context,
): Promise<{entries: Entry[]; more: boolean}> => {
  const entries: Entry[] = [];
  let more = false;
  try {
    for await (const entry of await opendir(folder.real)) {
      signal.throwIfAborted();
      const real = join(folder.real, entry.name);
      if (!isVisible(place, real)) continue;
      if ((more = entries.length === limits.entries)) break;
      const kind = entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : entry.isSymbolicLink() ? 'link' : 'other';
      entries.push({name: entry.name, real, kind});
    }
  } catch {
    signal.throwIfAborted();
    throw new Refusal(`${code(folder.path)} cannot be read.`);
  }
  return {entries: entries.sort((a, b) => (a.name < b.name ? -1 : 1)), more};
};

/** As a person writes it. */
export const shownPath = ({root}: Place, real: string): string => relative(root, real).split(sep).join('/') || '.';
