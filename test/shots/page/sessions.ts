import type {Session} from '../../../src/model/session.ts';
import type {Stage} from './stage.ts';

const DAY = 24 * 60;

/** Each with the minutes since something happened in it. */
const sessions: readonly (Partial<Session> & {readonly id: string; readonly minutes: number})[] = [
  {id: 'pay', minutes: 1, title: 'Retry failed payments once an hour', status: 'waiting', unread: true},
  {
    id: 'deps',
    minutes: 3,
    title: 'Update the dependencies',
    status: 'running',
    preview: 'Reading the change logs of 14 packages',
  },
  {id: 'deps-1', minutes: 3, parent: 'deps', title: 'Update the test runner', status: 'running'},
  {
    id: 'deps-2',
    minutes: 6,
    parent: 'deps',
    title: 'Update the database driver',
    status: 'failed',
    error: {code: 'agent', message: 'The integration tests did not pass: 3 of 212 failed.'},
  },
  {
    id: 'deps-2a',
    minutes: 5,
    parent: 'deps-2',
    title: 'Find out when the pool began to leak',
    status: 'finished',
    unread: true,
    preview: 'Since 4.2.0: a connection that was refused was never given back.',
  },
  {
    id: 'mail',
    minutes: 14,
    title: 'Why do some customers get the confirmation mail twice?',
    status: 'finished',
    unread: true,
    preview: 'The worker takes the same job again when it needs more than 30 seconds.',
  },
  {id: 'img', minutes: 41, title: 'Serve product images as AVIF', status: 'stopped'},
  {id: 'queue', minutes: 55, title: 'Import the catalogue of 2019', status: 'pending', queued: 2},
  {
    id: 'search',
    minutes: DAY + 60,
    title: 'Search suggestions that forgive typing errors',
    status: 'finished',
    preview: 'Done: “trosuers” now finds trousers.',
  },
  {id: 'docs', minutes: DAY + 300, title: 'Write down how a release is made', status: 'finished'},
  {
    id: 'a11y',
    minutes: 3 * DAY,
    title: 'Make the checkout usable with a keyboard alone',
    status: 'finished',
    preview: 'All 31 steps can be done without a pointer.',
  },
  {id: 'logs', minutes: 12 * DAY, title: 'Logs without addresses of customers', status: 'finished'},
];

/** A list as somebody has it in the middle of a day. */
export function addSessions({memory, ago}: Stage): void {
  for (const {minutes, ...session} of sessions) {
    memory.put({
      agent: session.id === 'img' ? 'writer' : 'coder',
      cwd: '/srv/shop',
      created: ago(minutes + 30),
      updated: ago(minutes),
      ...session,
    });
  }
}

/** Enough of them to be more than a page holds. */
export function addMany({memory, ago}: Stage): void {
  for (let each = 0; each < 400; each++) {
    memory.put({
      id: `many-${each}`,
      title: `Night run ${400 - each}`,
      status: each % 9 ? 'finished' : 'failed',
      created: ago(60 + each),
      updated: ago(60 + each),
    });
  }
}
