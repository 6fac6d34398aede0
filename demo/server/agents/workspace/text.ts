import {Refusal, type Context} from './context.ts';
import {openFile, type Located} from './paths.ts';

export interface FileText {
  readonly text: string;
  /** In bytes, of the whole file. */
  readonly size: number;
  /** There is more of it than `text` holds. */
  readonly cut: boolean;
}

/** Reads the beginning of a file, as text; nothing if it is none. */
export const readText = async (file: Located, bytes: number, {signal}: Context): Promise<FileText | {size: number}> => {
  const {handle, size} = await openFile(file);
  try {
    const buffer = Buffer.alloc(Math.min(bytes, size));
    let length = 0;
    while (length < buffer.length) {
      signal.throwIfAborted();
      const {bytesRead} = await handle.read(buffer, length, Math.min(buffer.length - length, 256 * 1024), length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    const content = buffer.subarray(0, length);
    if (content.includes(0)) return {size};
    const cut = size > length;
    // A cut may go through a character: what is not complete is left out.
    return {text: new TextDecoder().decode(content, {stream: cut}), size, cut};
  } finally {
    await handle.close();
  }
};

/** The whole text of a file that is one, can be read and is not too large to be looked through. */
export const wholeText = async (file: Located, context: Context): Promise<string | undefined> => {
  try {
    const found = await readText(file, context.limits.fileBytes, context);
    return 'text' in found && !found.cut ? found.text : undefined;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
};

/** Without the end that a last line break makes. */
export const linesOf = (text: string): string[] => {
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
};
