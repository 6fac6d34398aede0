import type {Command} from '../../model/commands.ts';
import type {Agent, User} from '../../model/inputs.ts';
import type {Page, Query} from '../backend.ts';
import type {MemoryBackend} from './memory-backend.ts';

/** What the caller may want to answer at once instead of looking it up later. */
export interface MemoryHandlers {
  /** The page wants a connection; `memory.welcome()` grants it. */
  readonly onConnect?: (memory: MemoryBackend) => void;
  /** A command has arrived, once in each connection until it is answered. */
  readonly onCommand?: (command: Command, memory: MemoryBackend) => void;
  readonly onQuery?: (query: MemoryQuery, memory: MemoryBackend) => void;
  /** For the times of sessions and events. */
  readonly date?: () => Date;
}

/** A query that the page has asked: call one of the two. */
export interface MemoryQuery {
  readonly query: Query;
  answer(page: Partial<Page>): void;
  fail(code: string, message?: string): void;
}

export interface Welcome {
  readonly agents?: readonly Agent[];
  readonly capabilities?: readonly string[];
  readonly user?: User;
  /** The server has forgotten everything it ever answered. */
  readonly reset?: boolean;
}

export interface StreamPiece {
  readonly item: string;
  readonly turn: string;
  readonly kind?: 'message' | 'thought' | 'tool-output';
  readonly text: string;
  /** Where the text goes; the end of what was streamed unless given. */
  readonly at?: number;
}

/** All that a server can have. */
export const ALL_CAPABILITIES: readonly string[] = [
  ...['continue', 'unqueue', 'answer', 'rename', 'archive', 'set-option', 'seen', 'delete'],
  ...['queue', 'approvals', 'search', 'find', 'thoughts', 'children', 'plans', 'options', 'commands', 'questions'],
];
