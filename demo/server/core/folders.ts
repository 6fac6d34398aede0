/** A path without `.` and `..`, or nothing if it is not absolute or leads above the root. */
function normal(path: string): readonly string[] | undefined {
  if (!path.startsWith('/') || path.includes('\0')) return undefined;
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts;
}

/** Whether a path is one of the folders or below one, by its name; what links lead to is for the agent to check. */
export function isWithin(path: string, folders: readonly string[]): boolean {
  const inner = normal(path);
  if (!inner) return false;
  return folders.some((folder) => normal(folder)?.every((part, i) => inner[i] === part) ?? false);
}
