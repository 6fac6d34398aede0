import type {AgentEvent} from '../../../core/agent.ts';
import {wholeNumber, type Command} from '../command.ts';
import {text} from '../say.ts';

const MOST = 100_000_000;

export const usage: Command = {
  usage: '/usage USED SIZE',
  about: 'says that USED of SIZE tokens of the context are taken',
  run(rest) {
    const [used, size, ...more] = rest
      .trim()
      .split(/\s+/)
      .map((word) => wholeNumber(word, 0, MOST));
    return used === undefined || !size || more.length > 0 ? undefined : said(used, size);
  },
};

async function* said(used: number, size: number): AsyncGenerator<AgentEvent> {
  yield {type: 'usage', used, size};
  yield text('Noted.');
}
