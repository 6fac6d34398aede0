import type {App} from '../../support/app.ts';
import type {State} from './state.ts';

/** With the built page, the real server and its built-in agent. */
const served = (act: (app: App) => Promise<void>, path = '/'): State => ({
  reach: async ({world}) => {
    const app = await world.open(path);
    await act(app);
    return app;
  },
});

const asks =
  (question: string, ...answers: readonly string[]) =>
  async (app: App): Promise<void> => {
    await app.say(question);
    for (const answer of answers) await app.untilText(answer);
  };

export const servedStates: Readonly<Record<string, State>> = {
  'server-streaming': served(asks('/stream 20000 100', 'w120')),
  'server-plan': served(asks('/plan 4', '4 steps done.')),
  'server-diff': served(asks('/diff debugging.md', 'Allow once')),
  'server-form': served(asks('/form Which one shall it be?', 'Begin at once')),
  'server-offers': served(async (app) => {
    await asks('/options', 'Choose.')(app);
    await asks('/usage 42000 100000', '42 % of context')(app);
    await asks('/commands', 'commands.')(app);
    await app.type('/');
    await app.untilText('fails with the error');
  }),
  'server-tools': served(asks('/tools 12', '12 calls made.')),
  'server-child': served(asks('/child /wait 100', 'Started.')),
  'server-failed': served(asks('/fail The model has no more credit.', 'Failed: The model')),
  'server-read': served(asks('read debugging.md', 'frame')),
  inspector: served(asks('outline debugging.md', 'Every frame'), '/?inspect'),
  'connection-lost': {
    reach: async ({world}) => {
      const app = await world.open();
      await asks('/stream 20000 100', 'w120')(app);
      world.proxy.cut();
      await app.untilText('Offline');
      return app;
    },
  },
};
