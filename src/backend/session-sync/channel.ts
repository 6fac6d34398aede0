import {channelOf, LIST, type ClientFrameOf, type ServerFrameOf} from './frames.ts';
import {emptied, have, unvouched, type Streams} from './streams.ts';

export type SnapshotState = ServerFrameOf<'snapshot'>['state'];

/** What the page holds of one channel, and what it has asked for (protocol section 2). */
export interface Channel {
  readonly name: string;
  /** Undefined: the list. */
  readonly session: string | undefined;
  /** The `seq` applied last; undefined while nothing is held. */
  readonly last: number | undefined;
  /** How many answers were ever asked for; how many of them are still to come; which of them was the last complete one. */
  readonly asked: number;
  readonly awaited: number;
  readonly answered: number;
  /** What was held when the answer under way was asked for. */
  readonly heldBefore: number | undefined;
  /** How many answers in a row left a gap and brought nothing. */
  readonly futile: number;
  /** What is held was complete once, and is followed since. */
  readonly live: boolean;
  /** The server has said that there is no such channel, or has refused it; not asked again by itself. */
  readonly ended: 'missing' | 'refused' | undefined;
  /** What came of the answer under way was incomplete. */
  readonly spoiled: boolean;
  /** A `not-found` of the answer under way means nothing: it was asked for before the session's `start` was acked. */
  readonly doubtful: boolean;
  /** The place of an event that was unreadable once. */
  readonly suspect: number | undefined;
  /** The parts of a snapshot that has more. */
  readonly part: {readonly seq: number; readonly state: SnapshotState} | undefined;
  /** Of the last snapshot; older pages know less. */
  readonly snapshot: number;
  readonly streams: Streams;
}

/** Before anything was asked for on a connection. */
const unasked = {
  awaited: 0,
  futile: 0,
  live: false,
  ended: undefined,
  spoiled: false,
  doubtful: false,
  part: undefined,
};

/** While no number means anything. */
const unnumbered = {last: undefined, heldBefore: undefined, suspect: undefined, snapshot: 0};

export const newChannel = (session?: string): Channel => ({
  ...unasked,
  ...unnumbered,
  name: session === undefined ? LIST : channelOf(session),
  session,
  asked: 0,
  answered: 0,
  streams: new Map(),
});

/** Nothing is held, nothing was asked for on this connection, and nothing speaks against asking. */
export const isIdle = ({live, awaited, ended}: Channel): boolean => !live && !awaited && !ended;

/** The server tells what happens on it, or will: what the protocol calls subscribed. */
export const isSubscribed = (channel: Channel | undefined): boolean => !!channel && !channel.ended;

type Subscription = ClientFrameOf<'hello'>['channels'][number];

/** Asks for what was missed. After an answer that did not help, for everything. */
export function ask(channel: Channel): {readonly channel: Channel; readonly subscription: Subscription} {
  const {name, last, futile, streams, awaited} = channel;
  const held = have(streams);
  return {
    subscription: {
      channel: name,
      ...(last !== undefined && !futile && {after: last}),
      ...(held && {have: held}),
    },
    channel: {
      ...channel,
      asked: channel.asked + 1,
      awaited: awaited + 1,
      heldBefore: last,
      streams: awaited ? streams : unvouched(streams),
    },
  };
}

/** The connection is gone; what is held stays. */
export const lost = (channel: Channel): Channel => ({...channel, ...unasked});

/** An answer is over; whether that was the last one awaited is to be looked at. */
export const answered = (channel: Channel): Channel => ({
  ...channel,
  awaited: Math.max(0, channel.awaited - 1),
  part: undefined,
  spoiled: false,
});

/** All numbers start over (new epoch). */
export const outdated = (channel: Channel): Channel => ({
  ...channel,
  ...unnumbered,
  streams: emptied(channel.streams),
});
