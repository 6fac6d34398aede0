import type {KnownEvent} from '../../../src/model/events.ts';
import type {Draft} from './draft.ts';
import type {TextPiece} from './storage.ts';
import {cutUnits, PREVIEW_UNITS} from './text.ts';
import {wordsOf} from './words.ts';
import type {Work} from './work.ts';

/** A message joined the thread: the list shows its beginning, a search finds it. */
export function noteMessage(work: Work, draft: Draft, text: string): void {
  draft.face.preview = cutUnits(text, PREVIEW_UNITS);
  work.core.storage.index(draft.key, 'messages', wordsOf(text));
}

export function retitle(work: Work, draft: Draft, title: string): void {
  draft.face.title = title;
  work.core.storage.index(draft.key, 'title', wordsOf(title));
}

/** Stores what streamed, in its own place. A message that never had text has none. */
export function storeText(work: Work, draft: Draft, streamed: TextPiece, {cut}: {cut: boolean}): void {
  const {item: id, turn, kind, text, full} = streamed;
  work.core.storage.dropText(draft.key, id);
  if (kind === 'tool-output' || full === 0) return;
  const extra = {...(cut && {cut}), ...(full > text.length && {truncated: full})};
  const event: KnownEvent =
    kind === 'message' ? {kind, id, turn, role: 'agent', text, ...extra} : {kind, id, turn, text, ...extra};
  const seq = draft.append(event, {closes: id});
  if (kind !== 'message') return;
  noteMessage(work, draft, text);
  if (draft.state.turn) draft.state.turn = {...draft.state.turn, said: seq};
}

/** A tool's last word; what it streamed is its output unless it says otherwise. */
export function endTool(
  work: Work,
  draft: Draft,
  event: Extract<KnownEvent, {kind: 'tool-ended'}>,
  streamed: TextPiece | undefined,
): void {
  const {storage} = work.core;
  const output =
    streamed && streamed.full > 0 && event.output === undefined
      ? {output: streamed.text, ...(streamed.full > streamed.text.length && {truncated: streamed.full})}
      : {};
  draft.append({...event, ...output}, {closes: event.id});
  storage.dropText(draft.key, event.id);
  storage.unmark(draft.key, `tool ${event.id}`);
}
