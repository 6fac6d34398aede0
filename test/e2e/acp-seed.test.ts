import {scriptedWorld} from '../support/scripted-world.ts';
import {seedStories} from './seed-stories.ts';

const ownTurn = {
  streams: '/own /stream 5000 20',
  sign: 'w1 w2',
  waits: '/own /wait 1',
  begun: 'Waiting.',
  last: 'Waited.',
};

seedStories('the seed, with an agent as a process', async () => (await scriptedWorld()).world, ownTurn, false);
