import type {Author} from '../../../src/model/events.ts';
import type {User} from './ports.ts';

/** Whose connection it is. */
export interface Account {
  /** What the storage knows the user by; empty where the server knows no users. */
  readonly key: string;
  readonly user?: Required<User>;
  /** Who wrote what comes from here. */
  readonly author?: Author;
}

export function accountOf(known: User | 'anonymous'): Account {
  if (known === 'anonymous') return {key: ''};
  const {id, name = id} = known;
  return {key: id, user: {id, name}, author: {kind: 'person', id, name}};
}
