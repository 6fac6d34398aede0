import type {Scene, Stage} from './stage.ts';
import {addSessions} from './sessions.ts';
import {LONG_ANSWER, MARKDOWN, RTL_ANSWER, RTL_QUESTION, THOUGHT} from './texts.ts';

const QUESTION = 'Why do some customers get the confirmation mail twice?';

function begin(stage: Stage, title: string, question = QUESTION): void {
  addSessions(stage);
  stage.session({title});
  stage.asks(question);
}

function manyTurns(stage: Stage, turns: number): void {
  for (let turn = 1; turn <= turns; turn++) {
    stage.asks(`Question ${turn}: and what about worker ${turn}?`);
    stage.says(
      `Worker ${turn} claims its jobs for ${turn + 20} seconds. It has ${turn * 3} tests, and none of them needs longer than that.`,
    );
    stage.ends();
  }
}

export const conversationScenes: Readonly<Record<string, Scene>> = {
  streaming(stage) {
    begin(
      stage,
      'Import the catalogue of 2019',
      'Some articles of 2019 are missing after the import. Which ones, and why?',
    );
    stage.thinks(THOUGHT);
    stage.calls(
      {name: 'search', title: 'Search “parseArticle” in src', category: 'search', input: {query: 'parseArticle'}},
      {outcome: 'completed', output: '4 matches'},
    );
    stage.streams(LONG_ANSWER);
  },
  markdown(stage) {
    begin(stage, 'Confirmation mails that come twice');
    stage.says(MARKDOWN);
    stage.ends();
  },
  thoughts(stage) {
    begin(stage, 'Confirmation mails that come twice');
    stage.thinks(THOUGHT);
    stage.says('It is the claim of the job, which runs out.');
    stage.thinks('Now the tests.');
    stage.streams('The worker has a test for that already. It only', 'thought');
  },
  'right-to-left-text'(stage) {
    begin(stage, RTL_QUESTION, RTL_QUESTION);
    stage.says(RTL_ANSWER);
    stage.ends();
    stage.asks('And in English, please, with `worker.ts` in it.');
    stage.says('The worker claims a job for 30 seconds (`worker.ts`). שלום: a mixed line.');
    stage.ends();
  },
  'long-words'(stage) {
    begin(
      stage,
      'AVeryLongTitleWithoutAnySpaceInItThatGoesOnAndOnAndOnAndNeverEndsAnywhere',
      `https://example.com/${'a-very-long-path/'.repeat(14)}`,
    );
    stage.says(
      `\`${'x'.repeat(180)}\` and ${'W'.repeat(160)}\n\n| ${'column | '.repeat(14)}\n|${'---|'.repeat(14)}\n| ${'some value | '.repeat(14)}`,
    );
    stage.ends('failed', `The model answered with 529: ${'overloaded_error '.repeat(8)}`);
  },
  queue(stage) {
    begin(stage, 'Confirmation mails that come twice');
    stage.says('I am looking at the worker now.');
    stage.tell({kind: 'queued', command: 'q1', text: 'Then look through the other three workers too.'});
    stage.tell({
      kind: 'queued',
      command: 'q2',
      text: 'And when all of that is done, write down for the team what was wrong, in five sentences at most, with the numbers of last night.',
    });
    stage.memory.put({id: 's', queued: 2});
  },
  'failed-send'(stage) {
    begin(stage, 'Confirmation mails that come twice');
    stage.says('It is the claim of the job.');
    stage.ends();
    stage.context.store.send('s', 'Please repair it, and refuse this one.');
  },
  'character-limit'(stage) {
    begin(stage, 'Confirmation mails that come twice');
    stage.says('Send me the log, please.');
    stage.ends();
    stage.context.store.setDraft('2026-11-22T04:12:09Z claim 7121 by worker-3 for 30 s\n'.repeat(2300), 's');
  },
  'composer-grown'(stage) {
    begin(stage, 'Confirmation mails that come twice');
    stage.says('Shall I repair it?');
    stage.ends();
    stage.context.store.setDraft(
      'Yes, please:\n\n1. extend the claim while the mail is put together\n2. remember the id of the message\n3. a test for each\n\nAnd keep the change small.',
      's',
    );
  },
  history(stage) {
    addSessions(stage);
    stage.session({title: 'A long day'});
    manyTurns(stage, 300);
  },
  'own-turn'(stage) {
    begin(stage, 'Nightly import', 'Tell me when the import of tonight is through.');
    stage.says('I will look at it when it writes its report.');
    stage.ends();
    stage.begins('agent');
    stage.calls(
      {name: 'read', title: 'Read report.json', category: 'read', input: {path: 'report.json'}},
      {outcome: 'completed', output: '{"articles": 28030, "skipped": 63}'},
    );
    stage.says('The import is through: 28,030 articles, 63 lines skipped.');
    stage.ends();
  },
  stopped(stage) {
    begin(stage, 'Confirmation mails that come twice');
    stage.says('I am looking at the worker now.');
    stage.ends('stopped');
    stage.asks('Go on.');
    stage.says('The worker claims the job, and then');
    stage.ends('failed', 'The model did not answer for five minutes.');
    stage.tell({
      kind: 'notice',
      id: 'n1',
      level: 'warning',
      text: 'The context was made shorter: what was said before 10:12 is summed up.',
    });
    stage.tell({kind: 'notice', id: 'n2', level: 'info', text: 'Another model answers from here on.'});
    stage.tell({kind: 'notice', id: 'n3', level: 'error', text: 'The workspace has no room left.'});
  },
  stopping(stage) {
    begin(stage, 'Confirmation mails that come twice');
    stage.says('I am looking at the worker now.');
    stage.memory.put({id: 's', status: 'stopping'});
  },
};
