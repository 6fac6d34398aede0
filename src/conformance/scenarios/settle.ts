import type {Client} from '../client.ts';

/** The states in which no turn is open. */
export const OVER = ['finished', 'stopped', 'failed'];

/** Ends what the start began, whatever the agent does. */
export const settle = async (page: Client, session: string, command: string): Promise<void> => {
  await page.command('stop', session, {of: command}, {rule: 'not-running'});
  await page.status('stop', session, OVER, 5_000);
};
