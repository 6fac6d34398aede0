import {carriesText, type Command, type CommandOf} from './commands.ts';

/** A command that is not settled yet, or words that were refused and wait for the person. */
export interface OutboxEntry {
  readonly command: Command;
  /** Milliseconds since 1970, of the page's clock. */
  readonly created: number;
  /** It may have reached the server. */
  readonly sent: boolean;
  readonly acked: boolean;
  /** The words that a `stop` or `unqueue` takes back, should the server say that they never began. */
  readonly words?: string;
  /** Set on `start` and `send` only; everything else that is refused leaves the outbox. */
  readonly failure?: {readonly code: string; readonly message: string};
}

export type Outbox = readonly OutboxEntry[];

/** Words on their way: what must not be lost when the page is left. */
export const isUnsettledSend = (
  entry: OutboxEntry,
): entry is OutboxEntry & {readonly command: CommandOf<'start' | 'send'>} =>
  carriesText(entry.command) && !entry.failure;

export const without = (outbox: Outbox, id: string): Outbox => outbox.filter(({command}) => command.id !== id);

export const changed = (outbox: Outbox, id: string, change: Partial<OutboxEntry>): Outbox =>
  outbox.map((entry) => (entry.command.id === id ? {...entry, ...change} : entry));

/**
 * The outbox after the server refused `id`. Words stay, with the reason. With a `start` everything that was sent for its
 * session after it fails too, because there is no session. `lost` is what left without words to keep.
 */
export function refused(
  outbox: Outbox,
  id: string,
  failure: {readonly code: string; readonly message: string},
): {readonly outbox: Outbox; readonly lost: readonly OutboxEntry[]} {
  const at = outbox.findIndex(({command}) => command.id === id);
  const target = outbox[at];
  if (!target) return {outbox, lost: []};
  const fails = (entry: OutboxEntry, index: number): boolean =>
    entry === target ||
    (target.command.op === 'start' && index > at && entry.command.session === target.command.session);
  const lost = outbox.filter((entry, index) => fails(entry, index) && !carriesText(entry.command));
  return {
    lost,
    outbox: outbox
      .map((entry, index) => (fails(entry, index) && !entry.failure ? {...entry, failure} : entry))
      .filter((entry) => !lost.some(({command}) => command.id === entry.command.id)),
  };
}

/** The oldest words of this session that the server has not confirmed: what a stop means while no turn is known. */
export const oldestSend = (outbox: Outbox, session: string) =>
  outbox.filter(isUnsettledSend).find(({command}) => command.session === session);
