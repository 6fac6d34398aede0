import type {StoredEvent} from '../../model/events.ts';
import type {Input} from '../../model/inputs.ts';
import {answered, type Channel, type SnapshotState} from './channel.ts';
import type {ServerFrameOf} from './frames.ts';
import {unreadableEvent, type Unreadable} from './parse.ts';
import {abandoned, grow, retold, unvouched, without} from './streams.ts';

export type ChannelFrame = ServerFrameOf<'snapshot' | 'event' | 'delta' | 'partial' | 'live'> | ChannelError;
export type ChannelError = ServerFrameOf<'error'> & {readonly channel: string};

/** What a frame means depends on these, besides the channel. */
export interface Surroundings {
  /** Sessions whose own channel is followed: the list does not outdate them. */
  readonly followed: readonly string[];
  /** This session's own `start` was neither acked nor rejected yet. */
  readonly starting: boolean;
}

export interface Received {
  readonly channel: Channel;
  readonly inputs: readonly Input[];
  /** Something is missing: subscribe again. */
  readonly heal: boolean;
}

/** After so many answers in a row that did not help, healing waits for the next `pong`. */
const MAX_FUTILE = 3;

const quiet = (channel: Channel, inputs: readonly Input[] = []): Received => ({channel, inputs, heal: false});

/** One heal at a time: while an answer is awaited it is noted only, and asked for again at its end. */
const incomplete = (channel: Channel): Received => {
  if (channel.awaited) return quiet({...channel, spoiled: true});
  return {channel, inputs: [], heal: channel.live && channel.futile < MAX_FUTILE};
};

/** Applies one frame to its channel. */
export function receive(channel: Channel, frame: ChannelFrame, around: Surroundings): Received {
  switch (frame.type) {
    case 'snapshot':
      return snapshot(channel, frame, around);
    case 'event':
      return event(channel, frame);
    case 'delta':
    case 'partial':
      return piece(channel, frame);
    case 'live':
      return live(channel, frame.seq);
    case 'error':
      return error(channel, frame, around);
  }
}

/** A frame of this channel, or one of an unknown channel, could not be read. */
export function receiveUnreadable(channel: Channel, frame: Unreadable): Received {
  // The end of an answer that nobody can read is an end all the same: waiting for another would be in vain.
  if (frame.type === 'live') return live({...channel, spoiled: true}, 0);
  const {seq} = frame;
  if (frame.type !== 'event' || !seq || channel.last === undefined) return incomplete(channel);
  if (seq <= channel.last) return quiet(channel);
  if (seq > channel.last + 1) return incomplete(channel);
  if (channel.suspect !== seq) return incomplete({...channel, suspect: seq});
  const {session} = channel;
  const inputs: Input[] = session ? [{type: 'event', session, event: unreadableEvent({...frame, seq})}] : [];
  return quiet({...channel, last: seq}, inputs);
}

/** A `pong` names what had been sent by then. */
export const receivePong = (channel: Channel, seq: number): Received => ({
  ...quiet(channel),
  heal: channel.live && !channel.awaited && seq > (channel.last ?? -1),
});

function snapshot(channel: Channel, {seq, state, more}: ServerFrameOf<'snapshot'>, around: Surroundings): Received {
  // Only answers have snapshots: this one is a repeat of what newer events have overtaken.
  if (!channel.awaited) return quiet(channel);
  const whole = joined(channel.part?.seq === seq ? channel.part.state : {}, state);
  if (more) return quiet({...channel, part: {seq, state: whole}});
  const held = {...channel, part: undefined, suspect: undefined, last: seq, snapshot: seq};
  const {session: id} = channel;
  const {sessions, events, open, next} = whole;
  // A copy of another session has no business here.
  const session = whole.session?.id === id ? whole.session : undefined;
  // A part of it never came. What comes again and again in this way is all there is.
  const lacking =
    id === undefined
      ? !state.sessions && !sessions.length
      : events.length > 0
        ? !reaches(events, seq)
        : seq > 0 && !session;
  if (lacking && channel.futile < MAX_FUTILE - 1) return quiet({...channel, part: undefined, spoiled: true});
  if (id === undefined) {
    const more = typeof next === 'string' ? {next} : {};
    return quiet(held, [{type: 'sessions', sessions, keep: around.followed, ...more}]);
  }
  const streams = without(channel.streams, [...events, ...open].flatMap(completes));
  const older = typeof next === 'number' ? {next} : {};
  return quiet({...held, streams}, [
    ...(session ? [{type: 'session', session} as const] : []),
    {type: 'thread', session: id, events, open, ...older},
    ...retold(streams, id),
  ]);
}

const joined = (a: SnapshotState, b: SnapshotState) => ({
  ...a,
  ...b,
  sessions: [...(a.sessions ?? []), ...(b.sessions ?? [])],
  events: [...(a.events ?? []), ...(b.events ?? [])],
  open: [...(a.open ?? []), ...(b.open ?? [])],
});

/** Whether these are the events up to that number, without holes. */
const reaches = (events: readonly StoredEvent[], last: number): boolean =>
  events.at(-1)?.seq === last && events.every(({seq}, at) => seq === last - events.length + 1 + at);

/** The streamed item that this event replaces. */
const completes = ({event}: Pick<StoredEvent, 'event'>): string[] =>
  event.kind === 'message' || event.kind === 'thought' || event.kind === 'tool-ended' ? [event.id] : [];

function event(channel: Channel, {seq, time, command, event}: ServerFrameOf<'event'>): Received {
  if (channel.last === undefined || seq <= channel.last) return quiet(channel);
  // While an answer is awaited nothing is a gap but what its `live` shows.
  if (seq > channel.last + 1) return channel.awaited ? quiet(channel) : incomplete(channel);
  const applied = {...channel, last: seq};
  const {session} = channel;
  const isOwn = event.kind === 'session-put' && (session === undefined || session === event.session.id);
  const put: Input[] = isOwn ? [{type: 'session', session: event.session}] : [];
  if (event.kind === 'session-removed') {
    return quiet(applied, session === undefined ? [{type: 'session-removed', session: event.session}] : []);
  }
  if (session === undefined) return quiet(applied, put);
  const stored: StoredEvent = {seq, time, ...(command !== undefined && {command}), event};
  const streams = without(channel.streams, completes(stored));
  // Output that came before its tool could not be shown.
  const early = event.kind === 'tool-began' ? retold(streams, session, event.id) : [];
  return quiet({...applied, streams}, [...put, {type: 'event', session, event: stored}, ...early]);
}

function piece(channel: Channel, frame: ServerFrameOf<'delta' | 'partial'>): Received {
  const {session, last, live, awaited} = channel;
  // While an answer is awaited its partials will tell.
  const isOf = frame.type === 'delta' ? live && !awaited : last !== undefined;
  if (session === undefined || !isOf) return quiet(channel);
  const {streams, inputs, gap} = grow(channel.streams, session, frame);
  return gap ? incomplete({...channel, streams}) : quiet({...channel, streams}, inputs);
}

/** An answer is complete; of several that are awaited the last counts. */
function live(channel: Channel, seq: number): Received {
  const done = answered(channel);
  if (done.awaited) return quiet({...done, streams: unvouched(channel.streams)});
  const behind = channel.spoiled || channel.last === undefined || seq > channel.last;
  if (!channel.awaited) return behind ? incomplete(done) : quiet(done);
  const futile = behind ? (channel.last === channel.heldBefore ? channel.futile + 1 : 0) : 0;
  if (behind && futile < MAX_FUTILE) return {channel: {...done, futile}, inputs: [], heal: true};
  const gone = abandoned(channel.streams);
  const complete = {
    ...done,
    futile,
    live: true,
    doubtful: false,
    answered: behind ? channel.answered : channel.asked,
    streams: without(channel.streams, gone),
  };
  return quiet(complete, [
    ...gone.map((item) => ({type: 'stream-dropped', session: channel.session ?? '', item}) as const),
    ...(channel.live ? [] : liveness(channel, true)),
    ...(behind ? [gaveUp(channel)] : []),
  ]);
}

export const liveness = ({session}: Channel, live: boolean): Input[] => [
  session === undefined ? {type: 'list-live', live} : {type: 'thread-live', session, live},
];

const gaveUp = ({session}: Channel): Input => ({
  type: 'problem',
  code: 'incomplete',
  message: 'The server leaves out a part of what it should send; what is shown may be incomplete.',
  ...(session !== undefined && {session}),
});

function error(channel: Channel, {code, message}: ChannelError, {starting}: Surroundings): Received {
  const over = answered(channel);
  if (over.awaited || channel.ended) return quiet(over);
  const {session, live} = channel;
  const nothing = {...over, live: false, doubtful: false, last: undefined, streams: new Map<string, never>()};
  const inputs = live ? liveness(channel, false) : [];
  if (code !== 'not-found' || session === undefined) {
    const problem: Input = {type: 'problem', code, message, ...(session !== undefined && {session})};
    return quiet({...nothing, ended: 'refused'}, [...inputs, problem]);
  }
  // Before its `start` is acked a session is rightly unknown: asked for once more behind it.
  if (starting || channel.doubtful) return quiet(nothing, inputs);
  return quiet({...nothing, ended: 'missing'}, [...inputs, {type: 'session-missing', session}]);
}
