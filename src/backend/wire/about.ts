type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields => (Array.isArray(value) ? {} : (Object(value) as Fields));
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What a frame of any of our protocols is, and of which session. Of frames nobody knows it says as much as they do. */
export function about(frame: unknown): {readonly kind: string; readonly session: string | undefined} {
  if (typeof frame !== 'object' || frame === null) return {kind: 'unreadable', session: undefined};
  const fields = fieldsOf(frame);
  const event = fieldsOf(fields['event']);
  const type = textOf(fields['type']) || 'frame';
  const detail =
    textOf(fields['op']) || textOf(event['kind']) || textOf(fields['method']) || textOf(event['event_type']);
  return {
    kind: detail ? `${type} ${detail}`.slice(0, 80) : type.slice(0, 80),
    session: sessionOf(fields, event),
  };
}

/** `session:x`, `session: "x"`, `session: {id: "x"}`, `session_id: "x"`, also one level below. */
function sessionOf(...places: readonly Fields[]): string | undefined {
  for (const fields of places) {
    const channel = textOf(fields['channel']);
    const id =
      (channel.startsWith('session:') && channel.slice('session:'.length)) ||
      textOf(fields['session']) ||
      textOf(fieldsOf(fields['session'])['id']) ||
      textOf(fields['session_id']);
    if (id) return id;
  }
  return undefined;
}
