import type {Command} from '../command.ts';
import {text} from '../say.ts';

export const echo: Command = {
  usage: '/echo TEXT',
  about: 'answers TEXT, nothing else',
  run(rest) {
    // One blank separates; every other character is the person's.
    const words = rest.slice(1);
    return words.trim() === '' ? undefined : once(words);
  },
};

async function* once(words: string) {
  yield text(words);
}
