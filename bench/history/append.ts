import {Page} from '../load/page.ts';
import {textOf} from './fill.ts';

/** Another page sends messages into a session, one after the other: two of each, because the agent answers with the same. */
export async function append(url: string, session: string, from: number, messages: number): Promise<void> {
  const channel = `session:${session}`;
  const page = await Page.open(url, [{channel}]);
  for (let number = from; number < from + messages; number += 2) {
    const ended = page.next(
      ({type, event}) => type === 'event' && (event as {kind?: string} | undefined)?.kind === 'turn-ended',
    );
    await page.command('send', session, {text: `/echo ${textOf(number)}`});
    await ended;
  }
  await page.close();
}
