/** What was thrown, in words: it need not be an error, and what an agent throws may even refuse to be a string. */
export function messageOf(error: unknown): string {
  try {
    return error instanceof Error ? error.message : String(error);
  } catch {
    return 'something that cannot be described';
  }
}

/** For the log, where what people or agents wrote does not belong. */
export function nameOf(error: unknown): string {
  try {
    return error instanceof Error ? error.name : typeof error;
  } catch {
    return 'unknown';
  }
}
