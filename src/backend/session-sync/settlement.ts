import type {Command} from '../../model/commands.ts';
import {carriesText} from '../../model/commands.ts';
import {isSubscribed, type Channel} from './channel.ts';

/** What an `ack` named, and when it came. */
export interface Ack {
  readonly seq: number | undefined;
  readonly rev: number | undefined;
  /** How many answers of the list had been asked for by then. */
  readonly listAsked: number;
}

/** What the page has reached, as far as it concerns one command. */
export interface Reached {
  readonly list: Channel;
  /** The session's own channel, if it is watched. */
  readonly own: Channel | undefined;
  /** The highest `rev` of the session in this epoch; undefined if no copy of it is held. */
  readonly rev: number | undefined;
}

/**
 * When a command is settled (protocol section 5): its effect is in what the page holds, so that it need not be projected
 * any longer. There are two ways to know: the event that it caused, and the ack that says how far to read.
 */

/** Whether an event with this command's id, just applied, is its effect. */
export function isEffect(command: Command, kind: string): boolean {
  if (carriesText(command)) return kind === 'message' || kind === 'queued';
  return command.op !== 'delete';
}

/** Whether its answer says more than that it was obeyed: what became of the words that it takes back. */
export const answerCounts = ({op}: Command): boolean => op === 'stop' || op === 'unqueue';

/** Whether `session-removed` of this session is the effect. */
export const isRemoval = (command: Command, session: string): boolean =>
  command.op === 'delete' && command.session === session;

/** Whether an acked command's effect is reached. */
export function isReached(command: Command, ack: Ack, {list, own, rev}: Reached): boolean {
  const listed = isSubscribed(list);
  const owned = isSubscribed(own);
  // A complete answer that was asked for after the ack has the effect in it.
  const readSince = listed && list.answered > ack.listAsked;
  switch (command.op) {
    case 'delete':
      // What the list does not name (any more) need not be hidden: so ends the repeat of one that an older epoch obeyed.
      return !listed || readSince || (list.live && rev === undefined);
    case 'rename':
    case 'archive':
    case 'stop':
      break;
    default:
      if (owned && ack.seq !== undefined) return (own?.last ?? -1) >= ack.seq;
  }
  // Nothing named: the repeat of an answer of an older epoch. What this epoch says of the session must be there.
  if (ack.rev === undefined) return !owned || !!own?.live;
  if (!listed && !owned) return true;
  if (carriesText(command) && owned) return (rev ?? -1) >= ack.rev;
  return readSince || (rev ?? -1) >= ack.rev;
}
