import {World} from '../support/world.ts';
import {seedStories} from './seed-stories.ts';

const callback = {
  streams: '/child /stream 1000 2000',
  sign: 'Result of',
  waits: '/child /wait 1',
  begun: 'Started.',
  last: 'Child said:',
};

seedStories('the seed, with the agent that is built in', () => World.create(), callback, true);
