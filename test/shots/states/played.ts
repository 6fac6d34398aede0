import type {App} from '../../support/app.ts';
import type {Panel, State} from './state.ts';

const played = (
  scene: string,
  ready: string,
  act: (app: App) => Promise<void> = async () => {},
  panel?: Panel,
): State => ({
  ...(panel && {panel}),
  reach: async (studio) => {
    const app = await studio.scene(scene);
    await app.untilText(ready);
    await act(app);
    return app;
  },
});

/** Presses all buttons of that kind that are closed; a part that opens may hold more. */
async function unfold(app: App, selector: string): Promise<void> {
  await app.until((wanted) => window.probe.all(wanted).length > 0, selector);
  await app.page.evaluate((wanted) => {
    for (const each of window.probe.all(wanted)) (each as HTMLElement).click();
  }, selector);
}

const openTools = (app: App): Promise<void> => unfold(app, '[part~=tool] > [aria-expanded=false]');

async function scroll(app: App, share: number): Promise<void> {
  await app.page.evaluate((part) => {
    const [log] = window.probe.all('[part~=log]');
    log?.scrollTo({top: (log.scrollHeight - log.clientHeight) * part});
  }, share);
}

/** What asks is inert for a moment after it has come. */
const untilArmed = (app: App): Promise<void> =>
  app.until(() =>
    window.probe.all('button:enabled').some((button) => /^(Allow once|Answer)$/.test(window.probe.name(button))),
  );

const focusBox = (app: App): Promise<void> => app.type('');

/** On the memory backend, which says exactly what each state needs. */
export const playedStates: Readonly<Record<string, State>> = {
  streaming: played('streaming', 'which of them'),
  markdown: played('markdown', 'What I found', (app) => scroll(app, 0)),
  'markdown-end': played('markdown', 'jobs per minute'),
  thoughts: played('thoughts', 'Thinking'),
  'thoughts-open': played('thoughts', 'Thinking', (app) => unfold(app, '[part~=thought] > [aria-expanded=false]')),
  'right-to-left-text': played('right-to-left-text', 'mixed line'),
  'long-words': played('long-words', 'overloaded_error'),
  tools: played('tool-json', 'claimed_until'),
  'tool-json': played('tool-json', 'claimed_until', openTools),
  'tool-diff': played('tool-diff', 'worker.ts', openTools),
  'tool-terminal': played('tool-terminal', 'npm test', openTools),
  'tool-long-output': played('tool-long-output', 'queue.log', openTools),
  'tool-error': played('tool-error', 'night.json', openTools),
  'tool-run': played('tool-run', 'npm test'),
  'tool-run-open': played('tool-run', 'npm test', (app) => unfold(app, '[part~=tool-group] > [aria-expanded=false]')),
  'tool-child': played('tool-child', 'notes for the team'),
  approval: played('approval', 'Allow once', untilArmed),
  answered: played('answered', 'extend-claims'),
  question: played('question', 'There are two ways', untilArmed),
  plan: played('plan', 'Two of five'),
  'plan-open': played('plan', 'Two of five', (app) => unfold(app, '[part~=plan] > [aria-expanded=false]')),
  options: played('options', 'Ready.'),
  commands: played('commands', 'Write a slash', (app) => app.type('/').then(() => app.untilText('Sums up'))),
  'composer-grown': played('composer-grown', 'Shall I repair it?', focusBox),
  queue: played('queue', 'in five sentences'),
  'failed-send': played('failed-send', 'Too many messages'),
  'character-limit': played('character-limit', '% of the longest'),
  'own-turn': played('own-turn', '63 lines skipped'),
  stopped: played('stopped', 'no room left'),
  stopping: played('stopping', 'Stopping the agent'),
  find: played('history', 'Worker 300', async (app) => {
    await app.press('Find in conversation');
    await app.until(() =>
      window.probe
        .all('input')
        .some((input) => window.probe.name(input) === 'Find in conversation' && input.matches(':focus')),
    );
    await app.page.keyboard.type('worker 29');
    await app.until(() => / of 36\b/.test(window.probe.text()));
  }),
  'jump-to-latest': played('history', 'Worker 300', async (app) => {
    await scroll(app, 0.98);
    await app.untilText('Jump to latest');
    await app.page.evaluate(() => {
      window.stage.asks('And the last one?');
      window.stage.says('It is like the others.');
    });
    await app.untilText(', 2 new');
  }),
  'history-windowed': played('history', 'Worker 300', async (app) => {
    await scroll(app, 0.5);
    await app.until(() => /Show later messages/.test(window.probe.text()));
  }),
  list: played('list', 'AVIF', undefined, 'list'),
  'list-long': played('list-long', 'AVIF', undefined, 'list'),
  'list-sections': played('list-sections', 'AVIF', undefined, 'list'),
  'list-by-status': played('list-by-status', 'AVIF', undefined, 'list'),
  'list-search': played('list-search', 'Update the', undefined, 'list'),
  'list-no-match': played('list-no-match', 'No session matches', undefined, 'list'),
  'list-select': played(
    'list',
    'AVIF',
    async (app) => {
      await app.press('Select');
      await unfold(app, '[part~=row-mark]:is(input), [part~=row-mark] input');
    },
    'list',
  ),
  'list-delete': played('list', 'AVIF', (app) => app.press(/^Delete Serve product/), 'list'),
  'list-rename': played('list', 'AVIF', (app) => app.press(/^Rename Serve product/), 'list'),
  notices: played('notices', 'has failed.'),
  offline: played('markdown', 'jobs per minute', async (app) => {
    await app.page.evaluate(() => {
      window.stage.memory.drop(performance.now() + 12_000);
      window.stage.context.store.send('s', 'Written while there was no connection.');
    });
    await app.untilText('Not confirmed');
  }),
  refused: played('markdown', 'jobs per minute', async (app) => {
    await app.page.evaluate(() => window.stage.memory.refuse('unauthorized'));
    await app.untilText('Signed out');
  }),
  empty: played('empty', 'Start a conversation'),
  'empty-list': played('empty', 'No sessions yet', undefined, 'list'),
  'new-conversation': played('new-conversation', 'Start a conversation'),
  loading: played('loading', 'Loading the conversation'),
  'loading-list': played('loading', 'Loading sessions', undefined, 'list'),
  'session-events': played('session-events', 'Auto-scroll', undefined, 'events'),
  'session-events-open': played(
    'session-events',
    'Auto-scroll',
    (app) => unfold(app, '[part~=controls] [aria-pressed=false]'),
    'events',
  ),
};
