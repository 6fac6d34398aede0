import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createAuthenticate, parseToken} from './tokens.ts';

test('the last = separates a token from its user', () => {
  assert.deepEqual(parseToken('abc=ann'), {token: 'abc', user: 'ann'});
  assert.deepEqual(parseToken('YWJj==ann'), {token: 'YWJj=', user: 'ann'});
  for (const text of ['abc', '=ann', 'abc=', ' =ann', '', `t=${'u'.repeat(129)}`])
    assert.equal(parseToken(text), undefined, text);
});

test('without tokens everyone is anonymous', () => {
  const authenticate = createAuthenticate([]);
  assert.equal(authenticate(undefined), 'anonymous');
  assert.equal(authenticate('any'), 'anonymous');
});

test('with tokens only who brings one comes in, as the user it names', () => {
  const authenticate = createAuthenticate([
    {token: 'one', user: 'ann'},
    {token: 'two', user: 'ben'},
    {token: 'three', user: 'ann'},
  ]);
  assert.deepEqual(authenticate('one'), {id: 'ann', name: 'ann'});
  assert.deepEqual(authenticate('two'), {id: 'ben', name: 'ben'});
  assert.deepEqual(authenticate('three'), {id: 'ann', name: 'ann'});
  for (const token of [undefined, '', 'on', 'one ', 'ann', 'ONE']) assert.equal(authenticate(token), null);
});
