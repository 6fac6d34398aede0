import assert from 'node:assert/strict';
import {test} from 'node:test';
import {dataFolder, type Person} from './data-folder.ts';

const folderOf = (platform: Person['platform'], home: string, env: Person['env'] = {}): string =>
  dataFolder({platform, home, env});

test('each system has its place for what belongs to a person', () => {
  const unix = '/home/ann/.local/share/agent-session-elements';
  assert.equal(folderOf('linux', '/home/ann'), unix);
  assert.equal(folderOf('freebsd', '/home/ann', {XDG_DATA_HOME: ''}), unix);
  assert.equal(folderOf('linux', '/home/ann', {XDG_DATA_HOME: 'relative'}), unix);
  assert.equal(folderOf('linux', '/home/ann', {XDG_DATA_HOME: '/data'}), '/data/agent-session-elements');
  assert.equal(folderOf('darwin', '/Users/ann'), '/Users/ann/Library/Application Support/agent-session-elements');
  assert.equal(folderOf('win32', 'C:\\Users\\ann'), 'C:\\Users\\ann\\AppData\\Local\\agent-session-elements');
  assert.equal(folderOf('win32', 'C:\\Users\\ann', {LOCALAPPDATA: 'D:\\local'}), 'D:\\local\\agent-session-elements');
});
