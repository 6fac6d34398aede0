import {channelOf, LIST} from '../../backend/session-sync/wire.ts';
import {show} from '../client.ts';
import type {Scenario} from '../stage.ts';
import {settle} from './settle.ts';

const names: Scenario = {
  name: 'rename',
  rules: ['rename', 'updated', 'length-limits'],
  has: ['rename'],
  async run(stage) {
    const page = await stage.page();
    const {session, command} = await stage.begin(page, 'echo');
    await settle(page, session, command);
    const before = page.session(session);
    const ack = await page.acked('rename', 'rename', session, {title: 'Conformance'});
    const {event} = await page.event('rename', session, 'session-put', {
      is: (each) => each.session.title === 'Conformance',
    });
    page.check(
      'ack-rev',
      event.session.rev === ack.rev,
      () => `the ack names rev ${ack.rev}, the event ${event.session.rev}`,
    );
    page.check(
      'updated',
      event.session.updated === before?.updated,
      () => `${before?.updated} became ${event.session.updated}`,
    );
    await page.until('rename', 'the new title in the list', () =>
      page.frames.find(
        (frame) =>
          frame.type === 'event' &&
          frame.channel === LIST &&
          frame.event.kind === 'session-put' &&
          frame.event.session.rev === ack.rev,
      ),
    );
    await page.acked('length-limits', 'rename', session, {title: 'long '.repeat(100)});
    const long = await page.event('length-limits', session, 'session-put', {
      is: (each) => each.session.title.startsWith('long'),
    });
    const {length} = long.event.session.title;
    page.check('length-limits', length <= 256, () => `a title of ${length} characters`);
  },
};

const archive: Scenario = {
  name: 'archive',
  rules: ['rename', 'updated', 'list-query'],
  has: ['archive'],
  async run(stage) {
    const page = await stage.page();
    const {session, command} = await stage.begin(page, 'echo');
    await settle(page, session, command);
    for (const archived of [true, false]) {
      const before = page.session(session);
      await page.acked('rename', 'archive', session, {archived});
      const {event} = await page.event('rename', session, 'session-put', {
        is: (each) => each.session.rev > (before?.rev ?? 0) && (each.session.archived ?? false) === archived,
      });
      page.check(
        'updated',
        event.session.updated === before?.updated,
        () => `${before?.updated} became ${event.session.updated}`,
      );
      const found = await page.query({channel: LIST, archived, limit: 200});
      const isNamed = found.type === 'page' && found.items.some((item) => 'id' in item && item.id === session);
      page.check('list-query', isNamed, () => `a query for archived: ${archived} does not name the session`, session);
    }
  },
};

const gone: Scenario = {
  name: 'delete',
  rules: ['delete', 'id-taken', 'unknown-session'],
  has: ['delete'],
  async run(stage) {
    const page = await stage.page();
    const {session} = await stage.begin(page, 'echo');
    const other = await stage.page();
    await other.subscribe(channelOf(session));
    const ack = await page.acked('delete', 'delete', session);
    for (const each of [page, other]) {
      await each.until(
        'delete',
        'session-removed in the list',
        () =>
          each.frames.find(
            (frame) =>
              frame.type === 'event' && frame.event.kind === 'session-removed' && frame.event.session === session,
          ),
        {about: session},
      );
      const end = await each.until(
        'delete',
        'error not-found on its channel',
        () => each.frames.find((frame) => frame.type === 'error' && frame.channel === channelOf(session)),
        {about: session},
      );
      each.check('delete', end.type === 'error' && end.code === 'not-found', () => JSON.stringify(end), session);
    }
    const again = await page.command('delete', session, {}, {id: ack.command});
    page.check(
      'same-answer',
      again.type === 'ack',
      () => `the delete that was acked is answered ${show(again)}`,
      session,
    );
    const {end} = await page.subscribe(channelOf(session));
    page.check('unknown-session', end.type === 'error', () => 'a deleted session can be subscribed', session);
    await page.refused('id-taken', ['exists'], 'start', session, stage.startFields('echo'));
    const fresh = await stage.page();
    fresh.check(
      'delete',
      fresh.session(session) === undefined,
      () => 'the list that is asked for afterwards names it',
      session,
    );
  },
};

/** What people change of a session. */
export const changes: readonly Scenario[] = [names, archive, gone];
