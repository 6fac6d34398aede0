/** Any JSON, for people; nothing where nothing was given. */
export const readable = (value: unknown): string => {
  if (typeof value === 'string') return value;
  const text = JSON.stringify(value, null, 2) as string | undefined;
  return text === undefined || text === '{}' || text === 'null' ? '' : text;
};
