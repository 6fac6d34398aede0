import type {Direction, Recording, WireRecord} from './recording.ts';
import {withoutTexts} from './without-texts.ts';

/**
 * One line of an exported recording. A frame is as it was on the wire, without secrets (text that is no JSON is a string);
 * an event is one of the connection. `time` is ISO 8601 in UTC; `generation` counts the connections from 1.
 */
export type ExportLine = {readonly time: string; readonly generation: number} & (
  | {readonly direction: 'received' | 'sent'; readonly frame: unknown}
  | {readonly direction: 'connection'; readonly event: {readonly type: string} & Readonly<Record<string, unknown>>}
);

/** The first line: what the recording is. */
export type RecordingEvent = {
  readonly type: 'recording';
  readonly version: 1;
  /** The connection is older than the recording: what came before is not in it. */
  readonly late: boolean;
  /** Records that have given way to newer ones, or came while it was paused. */
  readonly missing: number;
  /** Only what somebody has searched for. */
  readonly filtered: boolean;
  /** Texts are as many `x` as they were long. */
  readonly withoutTexts: boolean;
};

/** JSON Lines: a line that says what this is, then one for each record. */
export function exportLines(
  recording: Recording,
  records: readonly WireRecord[],
  options: {readonly withoutTexts: boolean},
): string {
  const event: RecordingEvent = {
    type: 'recording',
    version: 1,
    late: recording.isLate,
    missing: recording.dropped + recording.missed,
    filtered: records.length < recording.records.length,
    withoutTexts: options.withoutTexts,
  };
  const first = {time: iso(recording.since), direction: 'connection', generation: 0, event} satisfies ExportLine;
  const lines = records.map(({time, direction, generation, json}) => {
    const value: unknown = JSON.parse(json);
    const content =
      direction === 'connection' ? {event: value} : {frame: options.withoutTexts ? withoutTexts(value) : value};
    return JSON.stringify({time: iso(time), direction, generation, ...content});
  });
  return `${[JSON.stringify(first), ...lines].join('\n')}\n`;
}

/** Reads what `exportLines` has written; throws with the number of a line that it cannot be. */
export function readExport(text: string): readonly ExportLine[] {
  return text.split('\n').flatMap((line, at) => {
    if (!line.trim()) return [];
    const read = lineOf(line);
    if (!read) throw new Error(`line ${at + 1} is none of a recording: ${line.slice(0, 80)}`);
    return [read];
  });
}

const DIRECTIONS: readonly string[] = ['received', 'sent', 'connection'] satisfies readonly Direction[];

function lineOf(line: string): ExportLine | undefined {
  try {
    const read = JSON.parse(line) as Partial<Record<'time' | 'direction' | 'generation' | 'frame' | 'event', unknown>>;
    const {time, direction, generation, event} = read;
    const isEvent = typeof (event as {readonly type?: unknown} | undefined)?.type === 'string';
    const isLine =
      !Number.isNaN(Date.parse(String(time))) &&
      DIRECTIONS.includes(String(direction)) &&
      Number.isInteger(generation) &&
      (direction === 'connection' ? isEvent : 'frame' in read);
    return isLine ? (read as ExportLine) : undefined;
  } catch {
    return undefined;
  }
}

const iso = (time: number): string => new Date(time).toISOString();
