import type {Account} from '../account.ts';
import type {Draft} from '../draft.ts';
import type {Work} from '../work.ts';

export interface Context {
  readonly work: Work;
  readonly account: Account;
}

export interface Ack {
  /** The session after it; none if it is gone. */
  readonly draft?: Draft;
  readonly result?: string;
  /** The entry that holds the effect, where it is not the last one. */
  readonly seq?: number;
}

export interface Reject {
  readonly code:
    | 'invalid'
    | 'unauthorized'
    | 'not-found'
    | 'exists'
    | 'too-late'
    | 'too-large'
    | 'too-many'
    | 'unsupported'
    | 'internal';
  /** For people. */
  readonly message: string;
}

/** What an op has come to. One that is rejected has written nothing. */
export type Outcome = Ack | Reject;

export const reject = (code: Reject['code'], message: string): Reject => ({code, message});

/** Another user's session is answered exactly as one that does not exist. */
export const notFound = (): Reject => reject('not-found', 'There is no such session.');
