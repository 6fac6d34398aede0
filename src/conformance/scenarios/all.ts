import type {Scenario} from '../stage.ts';
import {changes} from './changes.ts';
import {children} from './children.ts';
import {door, lateHello} from './door.ts';
import {frames} from './frames.ts';
import {people} from './people.ts';
import {queue} from './queue.ts';
import {sessions} from './sessions.ts';
import {streams} from './streaming.ts';
import {sync} from './sync.ts';

/** One after the other, because a server may run one turn at a time. */
export const scenarios: readonly Scenario[] = [
  ...door,
  ...frames,
  ...sessions,
  ...changes,
  ...sync,
  ...streams,
  ...queue,
  ...people,
  ...children,
];

/** Beside the others: what takes long and needs no turn. */
export const background: readonly Scenario[] = [lateHello];
