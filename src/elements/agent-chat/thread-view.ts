import {fill, type Strings} from '../../context/strings.ts';
import type {MessageItem, ToolItem} from '../../model/items.ts';
import type {SessionView} from '../../model/project.ts';
import type {ThreadCell} from '../../store/cells.ts';
import type {ToolRuns} from './tool/tool-runs.ts';

/** Times and numbers in the language of the place. */
export interface LocalText {
  time(time: string): string;
  number(number: number): string;
}

/** What entries that are no messages need besides themselves. What it gives is to be read while rendering. */
export interface Surroundings extends LocalText {
  readonly runs: ToolRuns;
  /** Of the server. */
  readonly clock: {readonly serverTime: number} | undefined;
  /** Another session, if it is known. */
  session(id: string): SessionView | undefined;
  /** For a person who wants to see it: a page may have it otherwise. */
  openSession(id: string): void;
  /** Text is moving, which tells that the agent is at work: nothing else needs to. */
  flow(): void;
}

/**
 * Draws the text of a message: a node, a string or a Lit template, or nothing to leave it to the element. Called whenever
 * the message changes, which is often while it is streamed; the same node returned again stays where it is.
 */
export type BodyRenderer = (message: MessageItem) => unknown;

/** Draws the card of a call of a tool, likewise. */
export type ToolRenderer = (tool: ToolItem) => unknown;

/** What a page draws in its own way, and what it allows. */
export interface Rendering {
  readonly body?: BodyRenderer;
  /** By the name of the tool. */
  readonly tools?: Readonly<Record<string, ToolRenderer>>;
  /** Hosts (`example.org`, `example.org:8080`) whose images are loaded without a question. */
  readonly imageHosts?: readonly string[];
}

/** What all entries of a thread have in common. Its identity changes only with a field, because each entry renders then. */
export interface ThreadView {
  readonly strings: Strings;
  readonly local: Surroundings | undefined;
  readonly thread: ThreadCell;
  /** The id of the person who looks. */
  readonly user: string | undefined;
  readonly agentTitle: string;
  readonly readonly: boolean;
  readonly rendering: Rendering | undefined;
  /** The server can take a queued message back. */
  readonly canRemove: boolean;
}

/** `next`, or `held` if it says the same. */
export function keepIdentity<T extends object>(held: T | undefined, next: T): T {
  const keys = Object.keys(next) as (keyof T)[];
  return held && keys.every((key) => held[key] === next[key]) ? held : next;
}

type Looks = Pick<ThreadView, 'user'>;

const isMine = ({role, author}: MessageItem, {user}: Looks): boolean =>
  role === 'user' && (!author || (author.kind === 'person' && (author.id ? author.id === user : !author.name)));

/** Where a message stands: a person's own, another's, or the agent's. */
export const sideOf = (item: MessageItem, view: Looks): 'mine' | 'other' | 'agent' =>
  item.role === 'agent' ? 'agent' : isMine(item, view) ? 'mine' : 'other';

/** Who says it. */
export function authorOf(item: MessageItem, view: ThreadView): string {
  const {author, role} = item;
  const {strings, agentTitle} = view;
  if (isMine(item, view)) return strings.you;
  if (author?.kind === 'callback') return fill(strings.resultOf, {title: author.name ?? strings.untitled});
  return author?.name ?? (role === 'agent' ? agentTitle : strings.agent);
}
