import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createOrigins} from './origins.ts';

const local = createOrigins({host: '127.0.0.1', port: 8137, origins: []});

test('the names of loopback with the port are its own, nothing else is', () => {
  for (const host of ['127.0.0.1:8137', 'localhost:8137', 'LocalHost:8137', '[::1]:8137'])
    assert.ok(local.isOwnHost([host]), host);
  for (const host of [
    '127.0.0.1',
    'localhost',
    '127.0.0.1:80',
    'evil.example:8137',
    'localhost.:8137',
    'a@localhost:8137',
    '',
  ])
    assert.ok(!local.isOwnHost([host]), host);
  assert.ok(!local.isOwnHost(undefined));
  assert.ok(!local.isOwnHost(['localhost:8137', 'evil.example']));
});

test('pages of those names may connect, and what is no browser', () => {
  for (const origin of ['http://127.0.0.1:8137', 'http://localhost:8137', 'http://[::1]:8137'])
    assert.ok(local.isAllowed([origin]), origin);
  assert.ok(local.isAllowed(undefined));
  for (const origin of ['null', '', 'https://localhost:8137', 'http://localhost', 'http://evil.example:8137', '*'])
    assert.ok(!local.isAllowed([origin]), origin);
  assert.ok(!local.isAllowed(['http://localhost:8137', 'http://localhost:8137']));
});

test('a host and origins that the operator names are names of the server too', () => {
  const named = createOrigins({
    host: 'Box.local',
    port: 80,
    origins: ['https://demo.example', 'http://dev.example:5173'],
  });
  for (const host of ['box.local', 'box.local:80', 'demo.example', 'demo.example:443', 'dev.example:5173', 'localhost'])
    assert.ok(named.isOwnHost([host]), host);
  assert.ok(!named.isOwnHost(['demo.example:80']));
  for (const origin of ['http://box.local', 'https://demo.example', 'http://dev.example:5173'])
    assert.ok(named.isAllowed([origin]), origin);
  assert.ok(!named.isAllowed(['http://demo.example']));
});

test('all interfaces name no server', () => {
  for (const host of ['0.0.0.0', '::', '[::]']) {
    const origins = createOrigins({host, port: 8137, origins: []});
    assert.ok(!origins.isOwnHost(['0.0.0.0:8137']), host);
    assert.ok(!origins.isOwnHost(['[::]:8137']), host);
    assert.ok(origins.isOwnHost(['localhost:8137']), host);
  }
});

test('an IPv6 address is written in brackets', () => {
  const origins = createOrigins({host: 'fe80::1', port: 8137, origins: []});
  assert.ok(origins.isOwnHost(['[fe80::1]:8137']));
  assert.ok(origins.isAllowed(['http://[fe80::1]:8137']));
});

test('a page is told where its WebSocket is under the name it was asked for', () => {
  const origins = createOrigins({host: '127.0.0.1', port: 8137, origins: ['https://demo.example']});
  assert.deepEqual(origins.socketSources('localhost:8137'), ['ws://localhost:8137']);
  assert.deepEqual(origins.socketSources('demo.example'), ['wss://demo.example']);
  assert.deepEqual(origins.socketSources('[::1]:8137'), []);
  assert.deepEqual(origins.socketSources("evil.example; script-src 'unsafe-inline'"), []);
});
