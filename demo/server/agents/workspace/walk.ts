import type {Context} from './context.ts';
import {Refusal} from './context.ts';
import {entriesOf, shownPath, type Located} from './paths.ts';

/** Folders that hold what others wrote or what is no text. */
const passedOver = new Set(['node_modules', '.git']);

export interface Walk {
  /** The files so far: after the walk, all of them. */
  files: number;
  folders: number;
  /** Not everything was seen. */
  cut: boolean;
}

/**
 * Goes through the files below a folder, in the order of their paths. Links are not followed: what they lead to is either
 * outside or is met anyway, and there is no way to walk in a circle.
 */
export async function* walk(top: Located, context: Context, seen: Walk): AsyncGenerator<Located> {
  const {place, limits, signal} = context;
  // From the end: what is to be met next lies last.
  const open: Located[] = [top];
  for (let next = open.pop(); next; next = open.pop()) {
    signal.throwIfAborted();
    if (next.kind === 'file') {
      if (seen.files === limits.files) {
        seen.cut = true;
        return;
      }
      seen.files++;
      yield next;
      continue;
    }
    if (next !== top && ++seen.folders > limits.files) {
      seen.cut = true;
      return;
    }
    const {entries, more} = await readable(next, top, context);
    seen.cut ||= more;
    for (const {name, real, kind} of entries.reverse()) {
      if (kind === 'file' || (kind === 'folder' && !passedOver.has(name)))
        open.push({real, path: shownPath(place, real), kind});
    }
  }
}

/** A folder that cannot be read is passed over, unless it is the one that was asked for. */
const readable = async (folder: Located, top: Located, context: Context): ReturnType<typeof entriesOf> => {
  try {
    return await entriesOf(folder, context);
  } catch (error) {
    if (folder === top || !(error instanceof Refusal)) throw error;
    return {entries: [], more: true};
  }
};
