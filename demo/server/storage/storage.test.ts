import assert from 'node:assert/strict';
import type {SessionRecord} from '../core/storage.ts';
import {onEachStorage} from './testkit.ts';

const record = (key: number, id: string, more: Partial<SessionRecord['session']> = {}): SessionRecord => ({
  key,
  user: 'ada',
  session: {id, rev: 1, title: id, status: 'finished', agent: 'a', created: 't', updated: `t${key}`, ...more},
  seq: 0,
  held: false,
  seen: 0,
  notable: 0,
  depth: 0,
});

const entry = (seq: number): {seq: number; json: string; bytes: number} => ({seq, json: `{"seq":${seq}}`, bytes: 10});

onEachStorage('what a transaction that throws has written was never there', (storage) => {
  storage.transaction(() => {
    storage.putSession(record(1, 'a'));
    storage.enqueue(1, {command: 'c1', text: 'x', bytes: 1, owes: 0});
    storage.enqueue(1, {command: 'c2', text: 'y', bytes: 1, owes: 0});
  });
  const number = storage.transaction(() => storage.number());
  assert.throws(() =>
    storage.transaction(() => {
      storage.number();
      storage.putSession(record(2, 'b'));
      storage.append(1, entry(1), undefined);
      storage.mark(1, 'tool x', '', 1);
      storage.dequeue(1, 'c1');
      storage.owe(1, {child: 'k', title: 't', text: 'x', lastText: '', owes: 0});
      storage.saveText(1, {item: 'i', turn: 't', kind: 'message', text: 'x', full: 1});
      storage.putAnswer('ada', 'c', {session: 'a', epoch: 'e', json: '{}'});
      storage.index(1, 'title', ['word']);
      storage.appendList('ada', entry(1), 10);
      throw new Error('no');
    }),
  );
  assert.equal(storage.session('ada', 'b'), undefined);
  assert.equal(storage.taken('ada', 'b'), false);
  assert.deepEqual(storage.entries(1, 1, 9), []);
  assert.deepEqual(storage.marks(1), []);
  assert.deepEqual(
    storage.queue(1).map(({command}) => command),
    ['c1', 'c2'],
  );
  assert.deepEqual(storage.owed(1), []);
  assert.deepEqual(storage.texts(1), []);
  assert.equal(storage.answer('ada', 'c'), undefined);
  assert.deepEqual(storage.list('ada', {limit: 9, words: ['wor']}), []);
  assert.equal(storage.listSeq('ada'), 0);
  assert.equal(
    storage.transaction(() => storage.number()),
    number + 1,
  );
});

onEachStorage('text that streams is joined from its pieces, whatever it holds', (storage) => {
  storage.transaction(() => {
    storage.putSession(record(1, 'a'));
    storage.saveText(1, {item: 'i', turn: 't', kind: 'message', text: 'a\0\ud83d', full: 3});
    storage.saveText(1, {item: 'i', turn: 't', kind: 'message', text: '\ude00"', full: 9});
  });
  assert.deepEqual(storage.texts(1), [{item: 'i', turn: 't', kind: 'message', text: 'a\0😀"', full: 9}]);
});

onEachStorage('ranges of a log', (storage) => {
  storage.transaction(() => {
    storage.putSession(record(1, 'a'));
    for (let seq = 1; seq <= 9; seq += 1) storage.append(1, entry(seq), seq === 5 ? 'five' : undefined);
  });
  const seqs = (range: Parameters<typeof storage.sizes>[1]): number[] => storage.sizes(1, range).map(({seq}) => seq);
  assert.deepEqual(seqs({limit: 3}), [1, 2, 3]);
  assert.deepEqual(seqs({limit: 3, newest: true}), [7, 8, 9]);
  assert.deepEqual(seqs({after: 2, before: 6, limit: 9}), [3, 4, 5]);
  assert.deepEqual(seqs({before: 6, limit: 2, newest: true}), [4, 5]);
  assert.deepEqual(
    storage.entries(1, 4, 5).map(({seq}) => seq),
    [4, 5],
  );
  assert.equal(storage.entryOf(1, 'five')?.seq, 5);
});

onEachStorage('the log of a list keeps its last entries', (storage) => {
  storage.transaction(() => {
    for (let seq = 1; seq <= 350; seq += 1) storage.appendList('ada', entry(seq), 100);
  });
  assert.equal(storage.listSeq('ada'), 350);
  assert.deepEqual(
    storage.listSizes('ada', 345).map(({seq}) => seq),
    [346, 347, 348, 349, 350],
  );
  assert.ok(storage.listSizes('ada', 0).length < 300);
  assert.equal(storage.listSeq('bob'), 0);
});

onEachStorage('a removed session leaves its id and, for a while, its answers', (storage) => {
  storage.transaction(() => {
    storage.putSession(record(1, 'a'));
    storage.putAnswer('ada', 'c', {session: 'a', epoch: 'e', json: '{}'});
    storage.removeSession(record(1, 'a'), 100);
  });
  assert.equal(storage.session('ada', 'a'), undefined);
  assert.equal(storage.taken('ada', 'a'), true);
  assert.equal(storage.taken('bob', 'a'), false);
  storage.transaction(() => storage.sweep(99));
  assert.equal(storage.answer('ada', 'c')?.json, '{}');
  storage.transaction(() => storage.sweep(100));
  assert.equal(storage.answer('ada', 'c'), undefined);
});

onEachStorage('lists are in order of time, then of id, and can be narrowed', (storage) => {
  storage.transaction(() => {
    storage.putSession(record(1, 'a', {updated: 't1', archived: true}));
    storage.putSession(record(2, 'c', {updated: 't2', parent: 'a'}));
    storage.putSession(record(3, 'b', {updated: 't2', status: 'running'}));
    storage.putSession({...record(4, 'd'), user: 'bob'});
  });
  const ids = (query: object): string[] => storage.list('ada', {limit: 9, ...query}).map(({id}) => id);
  assert.deepEqual(ids({}), ['b', 'c', 'a']);
  assert.deepEqual(ids({limit: 1}), ['b']);
  assert.deepEqual(ids({after: {updated: 't2', id: 'b'}}), ['c', 'a']);
  assert.deepEqual(ids({othersAfter: {updated: 't2', id: 'b'}}), ['c', 'a']);
  assert.deepEqual(ids({othersAfter: {updated: '', id: ''}}), ['a']);
  assert.deepEqual(ids({status: ['running']}), ['b']);
  assert.deepEqual(ids({status: []}), []);
  assert.deepEqual(ids({archived: false}), ['b', 'c']);
  assert.deepEqual(ids({parent: 'a'}), ['c']);
  assert.deepEqual(
    storage.children('ada', 'a').map(({session}) => session.id),
    ['c'],
  );
});

onEachStorage('words are taken literally, whatever they hold', (storage) => {
  const LAST = '\u{10ffff}';
  const words = [
    'needle',
    '"',
    '%',
    '_',
    '*',
    "'; DROP TABLE words; --",
    'NEAR(',
    'ﬁ',
    'straße',
    '日',
    'é',
    '😀',
    `a${LAST}b`,
    '\ud7ff',
    '\ue000',
    LAST,
  ];
  storage.transaction(() => {
    for (const [at, word] of words.entries()) {
      storage.putSession(record(at + 1, `s${at}`));
      storage.index(at + 1, 'messages', [word]);
    }
    storage.putSession({...record(99, 'other'), user: 'bob'});
    storage.index(99, 'title', words);
  });
  const found = (...query: string[]): string[] => storage.list('ada', {limit: 99, words: query}).map(({id}) => id);
  for (const [at, word] of words.entries()) assert.deepEqual(found(word), [`s${at}`], word);
  for (const word of [
    'eedle',
    'needles',
    '%needle',
    'n_edle',
    'need*',
    '"needle"',
    '\0',
    'needle\0',
    'NEEDLE',
    'ss',
    'e',
  ]) {
    assert.deepEqual(found(word), [], word);
  }
  for (const word of ['n', 'need']) assert.deepEqual(found(word), ['s0'], word);
  assert.deepEqual(found('a'), ['s12']);
  assert.deepEqual(found('needle', '%'), []);
  assert.equal(storage.list('bob', {limit: 9, words: ['need', '%', LAST]}).length, 1);
});

onEachStorage('rare words and frequent ones find the same, in the same order, page by page', (storage) => {
  const COUNT = 300;
  storage.transaction(() => {
    for (let key = 1; key <= COUNT; key += 1) {
      const status = ['finished', 'failed', 'stopped'][key % 3] ?? '';
      const more = {status, archived: key % 5 === 0, updated: `t${1000 + (key % 50)}`} as Partial<
        SessionRecord['session']
      >;
      storage.putSession(record(key, `s${1000 + key}`, more));
      // One in all, one in a few, and one that meets it in every second of these.
      storage.index(key, 'title', [
        'frequent',
        ...(key % 30 === 1 ? ['rare', 'rarer'] : []),
        ...(key % 2 ? ['odd'] : []),
      ]);
    }
  });
  const all = (query: object, limit: number): string[] => {
    const ids: string[] = [];
    for (let after: {updated: string; id: string} | undefined; ;) {
      const page = storage.list('ada', {...query, limit, ...(after && {after})});
      ids.push(...page.map(({id}) => id));
      const last = page.at(-1);
      if (!last) return ids;
      after = {updated: last.updated, id: last.id};
    }
  };
  const whole = storage.list('ada', {limit: COUNT});
  const expected = (wanted: (key: number) => boolean): string[] =>
    whole.map(({id}) => id).filter((id) => wanted(Number(id.slice(1)) - 1000));
  assert.equal(whole.length, COUNT);
  for (const limit of [1, 7, COUNT]) {
    assert.deepEqual(
      all({words: ['frequent']}, limit),
      expected(() => true),
    );
    assert.deepEqual(
      all({words: ['frequent', 'rare']}, limit),
      expected((key) => key % 30 === 1),
    );
    assert.deepEqual(
      all({words: ['odd', 'freq']}, limit),
      expected((key) => key % 2 === 1),
    );
    assert.deepEqual(all({words: ['rare', 'none']}, limit), []);
    assert.deepEqual(
      all({words: ['frequent'], status: ['failed', 'stopped', 'failed'], archived: true}, limit),
      expected((key) => key % 3 !== 0 && key % 5 === 0),
    );
    assert.deepEqual(
      all({words: ['rar'], status: ['failed'], archived: false}, limit),
      expected((key) => key % 30 === 1 && key % 3 === 1 && key % 5 !== 0),
    );
  }
});
