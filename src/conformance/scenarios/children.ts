import {LIST} from '../../backend/session-sync/wire.ts';
import type {Session} from '../../model/session.ts';
import type {RuleId} from '../rules.ts';
import type {Client} from '../client.ts';
import type {Scenario} from '../stage.ts';

const childOf = (page: Client, parent: string, rule: RuleId): Promise<Session> =>
  page.until(
    rule,
    `a session in the list with parent ${parent}`,
    () => [...page.judge.sessions.values()].find((session) => session.parent === parent),
    {about: parent, more: 10_000},
  );

const callback: Scenario = {
  name: 'a child calls back',
  rules: ['parent', 'callback', 'callback-turn', 'list-query'],
  needs: ['child'],
  has: ['children'],
  async run(stage) {
    const page = await stage.page();
    const {session} = await stage.begin(page, 'child');
    const child = await childOf(page, session, 'parent');
    const began = await page.event('callback', session, 'turn-began', {
      is: ({origin}) => origin === 'callback',
      more: 20_000,
    });
    const names = began.event.children?.includes(child.id) ?? false;
    page.check(
      'callback-turn',
      names,
      () => `its children are ${began.event.children?.join(', ') ?? 'not named'}`,
      session,
    );
    const message = await page.event('callback-turn', session, 'message', {
      from: began.seq,
      is: ({role}) => role === 'user',
    });
    const {author, text} = message.event;
    const isCallback = author?.kind === 'callback' && author.session === child.id && author.name !== undefined;
    page.check('callback-turn', isCallback, () => `its author is ${JSON.stringify(author)}`, session);
    page.check('callback-turn', text.trim() !== '', () => 'its text is empty', session);
    const found = await page.query({channel: LIST, parent: session});
    const ids = found.type === 'page' ? found.items.flatMap((item) => ('id' in item ? [item.id] : [])) : [];
    page.check('list-query', ids.join() === child.id, () => `of parent ${session} it names ${ids.join(', ')}`, session);
    await page.event('callback', session, 'turn-ended', {from: began.seq, more: 10_000});
  },
};

const apart: Scenario = {
  name: 'a child outlives its parent',
  rules: ['stop-children', 'orphan'],
  needs: ['child-at-work', 'silent'],
  has: ['children', 'delete'],
  async run(stage) {
    const page = await stage.page();
    const {session} = await stage.begin(page, 'child-at-work');
    const {id} = await childOf(page, session, 'parent');
    stage.made(id);
    await page.status('parent', id, ['running'], 10_000);
    await page.event('parent', session, 'turn-ended', {more: 10_000});
    const {command} = await page.acked('stop-children', 'send', session, {text: stage.text('silent')});
    await page.event('stop-children', session, 'message', {is: (_, stored) => stored.command === command, more: 5_000});
    await page.acked('stop-children', 'stop', session, {of: command});
    await page.status('stop-children', session, ['stopped'], 5_000);
    page.check(
      'stop-children',
      page.session(id)?.status === 'running',
      () => `the child became ${page.session(id)?.status}`,
      id,
    );
    await page.acked('orphan', 'delete', session);
    await page.until(
      'orphan',
      'the child without a parent',
      () => {
        const child = page.session(id);
        return child && child.parent === undefined ? child : undefined;
      },
      {about: id},
    );
    page.check(
      'orphan',
      page.session(id)?.status === 'running',
      () => `the child became ${page.session(id)?.status}`,
      id,
    );
  },
};

/** Sessions that were started by others. */
export const children: readonly Scenario[] = [callback, apart];
