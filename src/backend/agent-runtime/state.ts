import type {Command, CommandOf} from '../../model/commands.ts';
import type {Input} from '../../model/inputs.ts';
import type {Session} from '../../model/session.ts';
import {emptyLog, type Log} from './log.ts';
import {pageIdOf} from './names.ts';
import {nothingNumbered, type Numbered} from './numbering.ts';
import type {Mine} from './telling.ts';
import type {End, Turn} from './turns.ts';
import type {Blueprint, Frame, Job, RawEvent, Row} from './wire.ts';

/** What is held of one session. */
export interface Held {
  readonly row: Row;
  /** What the page calls it. */
  readonly page: string;
  readonly log: Log;
  /** Whether its events have been asked for on this connection, and have come. */
  readonly read: 'no' | 'asked' | 'yes';
  /** Of turns of whose end no event tells. */
  readonly ends: ReadonlyMap<string, End>;
  readonly lost: ReadonlySet<string>;
  /** A turn is known to be stopped, and the row is yet to say so. */
  readonly isStopAhead: boolean;
  /** Turns of which the row has said that one was stopped, and nobody has told which. */
  readonly stoppedOf: readonly string[];
  /** Messages of this page, by the key of their event. */
  readonly mine: ReadonlyMap<string, Mine>;
  /** Messages with words that nobody here has sent, of which the jobs have been asked. */
  readonly checked: ReadonlySet<string>;
  /** Jobs of turns, as far as they are known, and how often the server has said of one that it is over. */
  readonly jobs: ReadonlyMap<string, string>;
  readonly doubts: ReadonlyMap<string, number>;
  readonly turns: readonly Turn[];
  readonly told: Numbered;
  readonly isLive: boolean;
  readonly shown?: Session;
}

export const newHeld = (row: Row, page: string): Held => ({
  row,
  page,
  log: emptyLog,
  read: 'no',
  ends: new Map(),
  lost: new Set(),
  isStopAhead: false,
  stoppedOf: [],
  mine: new Map(),
  checked: new Set(),
  jobs: new Map(),
  doubts: new Map(),
  turns: [],
  told: nothingNumbered,
  isLive: false,
});

/** Words of a person on their way. */
export interface Words {
  readonly command: CommandOf<'start' | 'send'>;
  /**
   * - `waiting`: for the open turn to end, or for the log to be read; - `posting`: the answer is awaited;
   * - `posted`: a job was made of it, its turn is awaited; - `doubt`: the answer was lost, the jobs will tell;
   * - `absent`: they do not name it, and if the log does not either it was never received.
   */
  readonly phase: 'waiting' | 'posting' | 'posted' | 'doubt' | 'absent';
  readonly job?: string;
  /** The time of the last event that was known when it was posted: its message comes later. */
  readonly after?: string;
  /** It may have been posted before this page was loaded. */
  readonly mayBeOld: boolean;
  /** Waits although no turn is open, because the person has stopped what it was said after. */
  readonly isPaused: boolean;
  readonly tries: number;
  /** How often the job was asked for while no frame had come. */
  readonly silent: number;
  /** How often the server has said that the job is over. */
  readonly over: number;
}

export interface Stop {
  readonly command: CommandOf<'stop'>;
  readonly phase: 'new' | 'asked' | 'jobs' | 'stopping';
  readonly askedSession: boolean;
  /** What waited when it was asked: that is not what the person wants next. */
  readonly waiting: readonly string[];
}

/** What works in the session is stopped first: by the session, then, once the jobs have been read, by each of them. */
export interface Deletion {
  readonly phase: 'session' | 'list' | 'jobs' | 'deleting';
  readonly stopped: readonly string[];
}

export interface State {
  readonly isOpen: boolean;
  /** Has ever been let in. */
  readonly wasOpen: boolean;
  readonly sessions: ReadonlyMap<string, Held>;
  /** The server's ids, by the page's. */
  readonly ids: ReadonlyMap<string, string>;
  /** Ids of the server that it has removed. */
  readonly removed: ReadonlySet<string>;
  /** Events of sessions that no row has told of yet. */
  readonly orphans: ReadonlyMap<string, readonly RawEvent[]>;
  readonly watched: readonly string[];
  readonly commands: readonly Command[];
  readonly words: ReadonlyMap<string, Words>;
  readonly stops: ReadonlyMap<string, Stop>;
  readonly deletes: ReadonlyMap<string, Deletion>;
  /** Commands that have been answered for good. */
  readonly over: ReadonlySet<string>;
  readonly blueprints: readonly Blueprint[];
  /** As they were last told; undefined: this server does not tell. */
  readonly jobs?: readonly Job[];
  /** How often a list of them was asked for, and which of these was the last that has come. */
  readonly jobsAsked: number;
  readonly jobsHeard: number;
  /** Commands whose message has been found in a log; they are settled once that has been told. */
  readonly claimed: readonly string[];
  /** The last that a session was given. */
  readonly rev: number;
}

export const initialState: State = {
  isOpen: false,
  wasOpen: false,
  sessions: new Map(),
  ids: new Map(),
  removed: new Set(),
  orphans: new Map(),
  watched: [],
  commands: [],
  words: new Map(),
  stops: new Map(),
  deletes: new Map(),
  over: new Set(),
  blueprints: [],
  jobsAsked: 0,
  jobsHeard: 0,
  claimed: [],
  rev: 0,
};

/** What the translator wants from the server; the answer comes back as news. */
export type Ask =
  | {readonly ask: 'row'; readonly session: string}
  /** `over`: a turn whose job is over, so that all that it has said is in the answer. */
  | {readonly ask: 'events'; readonly session: string; readonly over?: string}
  | {readonly ask: 'launchers'}
  /** `sessions`: as they were when it was asked; of what came later the answer may not know the job. `nth`: see `jobsAsked`. */
  | {readonly ask: 'jobs'; readonly sessions?: ReadonlyMap<string, Held>; readonly nth?: number}
  | {readonly ask: 'job'; readonly job: string}
  | {
      readonly ask: 'post';
      readonly command: string;
      readonly body: Readonly<Record<string, string>>;
    }
  | {readonly ask: 'stop-session' | 'delete'; readonly command: string; readonly session: string}
  | {readonly ask: 'stop-job'; readonly command: string; readonly job: string}
  /** No request: the command is to be looked at again after a while. */
  | {readonly ask: 'remind'; readonly command: string; readonly ms: number};

/** `status` 0: there was no answer, and `body` says why. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export type News =
  /** The first frame, and what was asked for before it was looked at. */
  | {
      readonly type: 'opened';
      readonly rows: readonly Row[];
      readonly blueprints: readonly Blueprint[];
      readonly jobs?: readonly Job[];
    }
  | {readonly type: 'frame'; readonly frame: Frame}
  | {readonly type: 'lost'}
  | {readonly type: 'watch'; readonly sessions: readonly string[]}
  | {readonly type: 'deliver'; readonly commands: readonly Command[]}
  | {readonly type: 'answer'; readonly ask: Ask; readonly answer: Answer}
  /** Some time has passed in which the server may have failed to tell something. */
  | {readonly type: 'check'};

export interface Translation {
  readonly state: State;
  readonly inputs: readonly Input[];
  readonly asks: readonly Ask[];
}

/** The id of a session for the page: the one that a page has made, if its name holds one that is not taken. */
export function pageIdFor(row: Row, {sessions, ids}: Pick<State, 'sessions' | 'ids'>): string {
  const held = sessions.get(row.id);
  if (held) return held.page;
  const made = pageIdOf(row.name);
  const holder = made === undefined ? undefined : ids.get(made);
  return made !== undefined && (holder === undefined || holder === row.id) ? made : row.id;
}

/** Of a job that the server said to be at work before an end was heard that seems to be its own. How it ended is not told. */
export const ENDED = 'ended';

export const isActiveJob = ({status}: Job): boolean => ['pending', 'claimed', 'running', 'stopping'].includes(status);
