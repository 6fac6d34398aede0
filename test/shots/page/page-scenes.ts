import type {Scene} from './stage.ts';
import {addMany, addSessions} from './sessions.ts';
import {conversationScenes} from './conversation-scenes.ts';

const markdown: Scene = (stage) => conversationScenes['markdown']?.(stage);

/** The list, and what tells of the page as a whole. */
export const pageScenes: Readonly<Record<string, Scene>> = {
  list(stage) {
    addSessions(stage);
    stage.context.selected = 'mail';
  },
  'list-long'(stage) {
    addSessions(stage);
    addMany(stage);
  },
  'list-sections'(stage) {
    addSessions(stage);
    document.querySelector('session-list')?.setAttribute('group', 'time');
  },
  'list-by-status'(stage) {
    addSessions(stage);
    document.querySelector('session-list')?.setAttribute('group', 'status');
  },
  'list-search'(stage) {
    addSessions(stage);
    document.querySelector('session-list')?.setAttribute('query', 'the d');
  },
  'list-no-match'(stage) {
    addSessions(stage);
    document.querySelector('session-list')?.setAttribute('query', 'nothing like that');
  },
  notices(stage) {
    markdown(stage);
    stage.memory.put({id: 'img', status: 'running', turn: 'x1'});
    stage.memory.put({
      id: 'img',
      status: 'failed',
      error: {code: 'agent', message: 'The encoder ended with code 137.'},
    });
    stage.memory.put({id: 'docs', status: 'running', turn: 'x2'});
    stage.memory.put({id: 'docs', status: 'finished'});
    stage.memory.put({id: 'search', status: 'running', turn: 'x3'});
    stage.memory.put({id: 'search', status: 'waiting'});
  },
  empty: () => {},
  'new-conversation': (stage) => addSessions(stage),
  'session-events'(stage) {
    markdown(stage);
    stage.asks('And the other workers?');
    stage.calls(
      {name: 'search', title: 'Search “claimed_until”', category: 'search', input: {query: 'claimed_until'}},
      {outcome: 'completed', output: '2 matches'},
    );
  },
};
