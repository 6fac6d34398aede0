import type {EventOf, KnownEvent} from '../../../src/model/events.ts';
import type {AgentAside} from './agent.ts';
import {tellAside} from './asides.ts';
import {tellParent} from './callbacks.ts';
import type {Draft} from './draft.ts';
import {endTool, storeText} from './entries.ts';
import type {TextPiece, TurnRecord} from './storage.ts';
import {cutUnits, ERROR_UNITS} from './text.ts';
import {advance} from './turns.ts';
import type {Work} from './work.ts';

export interface Ending {
  readonly outcome: EventOf<'turn-ended'>['outcome'];
  readonly error?: {readonly code: string; readonly message: string};
  /** What streams at the end, as far as it is known. */
  readonly texts: readonly TextPiece[];
  /** News of tools that were held back. */
  readonly updates?: readonly KnownEvent[];
  readonly reason?: EventOf<'turn-ended'>['reason'];
  /** Of this turn, and of the context of the session. */
  readonly usage?: EventOf<'turn-ended'>['usage'];
  readonly context?: Extract<AgentAside, {type: 'usage'}>;
}

const TOOL_OUTCOME = {finished: 'detached', stopped: 'cancelled', failed: 'failed'} as const;
const WITHDRAWN = {finished: 'withdrawn', stopped: 'stopped', failed: 'agent-exited'} as const;

/** Closes all that is open in the turn and the turn itself; what waits begins in the same transaction. */
export function endTurn(work: Work, draft: Draft, ending: Ending): void {
  const {state, face} = draft;
  const {turn} = state;
  if (!turn) return;
  const {outcome, reason, usage, context} = ending;
  withdrawAsks(work, draft, WITHDRAWN[outcome]);
  endTools(work, draft, turn, ending);
  for (const streamed of ending.texts) storeText(work, draft, streamed, {cut: outcome !== 'finished'});
  const said = lastText(work, draft);
  work.core.storage.unmark(draft.key, 'turn');
  const error = ending.error && {code: ending.error.code, message: cutUnits(ending.error.message, ERROR_UNITS)};
  const ended: KnownEvent = {
    kind: 'turn-ended',
    turn: turn.id,
    outcome,
    // Why a turn ended otherwise is said by its outcome.
    ...(reason && outcome === 'finished' && {reason}),
    ...(error && {error}),
    ...(usage && {usage}),
  };
  state.notable = draft.append(ended);
  state.turn = undefined;
  state.last = outcome;
  state.held = outcome !== 'finished' && !turn.released;
  face.updated = work.time;
  if (error) face.error = error;
  if (context) tellAside(work, draft, context);
  work.ended(draft.key);
  advance(work, draft);
  const how = {
    finished: 'has finished',
    stopped: 'was stopped',
    failed: `has failed (${error?.message ?? 'no reason given'})`,
  };
  tellParent(work, draft, turn.owes, how[outcome], said);
}

type Withdrawn = (typeof WITHDRAWN)[keyof typeof WITHDRAWN];

/** What was asked and is not answered waits for nobody any more. */
export function withdrawAsks(work: Work, draft: Draft, reason: Withdrawn): void {
  for (const kind of ['approval', 'question'] as const) {
    for (const id of openItems(work, draft, kind)) endAsk(work, draft, {id, kind}, reason);
  }
  if (draft.state.turn) draft.state.turn = {...draft.state.turn, asking: 0};
}

/** Answers one with nothing. */
export function endAsk(
  work: Work,
  draft: Draft,
  {id, kind}: {readonly id: string; readonly kind: 'approval' | 'question'},
  reason: Withdrawn,
): void {
  draft.append(
    kind === 'approval'
      ? {kind: 'approval-answered', id, option: null, reason}
      : {kind: 'question-answered', id, values: null},
  );
  work.core.storage.unmark(draft.key, `${kind} ${id}`);
}

function endTools(work: Work, draft: Draft, turn: TurnRecord, {outcome, texts, updates = []}: Ending): void {
  for (const update of updates) draft.append(update);
  for (const id of openItems(work, draft, 'tool')) {
    const event = {kind: 'tool-ended', id, turn: turn.id, outcome: TOOL_OUTCOME[outcome]} as const;
    endTool(
      work,
      draft,
      event,
      texts.find(({item}) => item === id),
    );
  }
}

/** Ids of what is open, the earliest first. */
function openItems(work: Work, draft: Draft, what: 'approval' | 'question' | 'tool'): string[] {
  const marks = work.core.storage
    .marks(draft.key)
    .filter(({item, field}) => field === '' && item.startsWith(`${what} `));
  return marks.map(({item}) => item.slice(what.length + 1));
}

/** What the agent said last in this turn. */
function lastText(work: Work, draft: Draft): string {
  const seq = draft.state.turn?.said;
  if (seq === undefined) return '';
  const [entry] = work.core.storage.entries(draft.key, seq, seq);
  const stored = entry && (JSON.parse(entry.json) as {event: {text?: string}});
  return stored?.event.text ?? '';
}
