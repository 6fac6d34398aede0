import type {Scene, Stage} from './stage.ts';
import {addSessions} from './sessions.ts';
import {DIFF} from './texts.ts';

function begin(stage: Stage, question = 'Please repair it.'): void {
  addSessions(stage);
  stage.session({title: 'Confirmation mails that come twice'});
  stage.asks(question);
}

function asksToEdit(stage: Stage): void {
  stage.says('The claim runs out while a large mail is put together. I extend it for as long as the work goes on:');
  const tool = stage.calls({name: 'edit', title: `Edit ${DIFF.path}`, category: 'edit'});
  stage.tell({
    kind: 'approval-asked',
    id: 'a1',
    turn: stage.turn,
    tool,
    title: `Change ${DIFF.path}?`,
    content: [{type: 'diff', ...DIFF}],
    options: [
      {id: 'once', label: 'Allow once', kind: 'allow'},
      {id: 'always', label: 'Allow every change of this file', kind: 'allow-always'},
      {id: 'no', label: 'Reject', kind: 'reject'},
    ],
  });
  stage.memory.put({id: 's', status: 'waiting'});
}

export const askingScenes: Readonly<Record<string, Scene>> = {
  approval(stage) {
    begin(stage);
    asksToEdit(stage);
  },
  answered(stage) {
    begin(stage);
    asksToEdit(stage);
    stage.tell({kind: 'approval-answered', id: 'a1', option: 'once', by: 'me'});
    stage.tell({
      kind: 'approval-asked',
      id: 'a2',
      turn: stage.turn,
      title: 'Run npm publish?',
      options: [{id: 'yes', label: 'Allow', kind: 'allow'}],
    });
    stage.tell({kind: 'approval-answered', id: 'a2', option: null, reason: 'stopped'});
    stage.tell({
      kind: 'question-asked',
      id: 'f1',
      turn: stage.turn,
      text: 'How is it called?',
      fields: [{id: 'name', label: 'Name', type: 'text'}],
    });
    stage.tell({kind: 'question-answered', id: 'f1', values: {name: 'extend-claims'}, by: 'me'});
    stage.ends();
  },
  question(stage) {
    begin(stage);
    stage.tell({
      kind: 'question-asked',
      id: 'f1',
      turn: stage.turn,
      text: 'There are two ways to repair it. Which one shall it be, and for which workers?',
      fields: [
        {
          id: 'way',
          label: 'Way',
          type: 'choice',
          required: true,
          options: [
            {value: 'extend', label: 'Extend the claim', description: 'a timer in each worker; small'},
            {
              value: 'unique',
              label: 'Remember what was sent',
              description: 'a table with a unique index; survives everything',
            },
          ],
        },
        {
          id: 'workers',
          label: 'Workers',
          type: 'choices',
          options: [
            {value: 'mail', label: 'Mail'},
            {value: 'image', label: 'Images'},
            {value: 'import', label: 'Import'},
          ],
        },
        {id: 'seconds', label: 'Seconds', type: 'number'},
        {id: 'branch', label: 'Name of the branch', type: 'text', required: true},
        {id: 'tests', label: 'With tests', type: 'boolean'},
      ],
    });
    stage.memory.put({id: 's', status: 'waiting'});
  },
  plan(stage) {
    begin(stage);
    const entries = [
      'Reproduce it with a large attachment',
      'Extend the claim while the mail is put together',
      'Remember the id of each message that was sent',
      'Look through the other three workers',
      'Write down what was wrong',
    ];
    stage.tell({
      kind: 'plan',
      turn: stage.turn,
      entries: entries.map((text, each) => ({text, status: each < 2 ? 'done' : each === 2 ? 'running' : 'pending'})),
    });
    stage.says('Two of five steps are done.');
  },
  options(stage) {
    begin(stage);
    stage.tell({
      kind: 'options',
      options: [
        {
          id: 'mode',
          label: 'Mode',
          category: 'mode',
          type: 'select',
          value: 'ask',
          choices: [
            {value: 'ask', label: 'Ask before a change'},
            {value: 'edit', label: 'Change files'},
          ],
        },
        {
          id: 'model',
          label: 'Model',
          category: 'model',
          type: 'select',
          value: 'large',
          choices: [
            {value: 'small', label: 'Small'},
            {value: 'large', label: 'Large'},
          ],
        },
        {id: 'web', label: 'Web search', type: 'boolean', value: true},
      ],
    });
    stage.says('Ready.');
    stage.ends();
    stage.memory.put({id: 's', usage: {used: 142_000, size: 200_000, cost: {amount: 1.84, currency: 'USD'}}});
  },
  commands(stage) {
    begin(stage, 'What can you do?');
    stage.tell({
      kind: 'commands',
      commands: [
        {name: 'review', description: 'Reads the change on this branch and says what is wrong with it', hint: 'branch'},
        {name: 'test', description: 'Runs the tests of what has changed'},
        {name: 'compact', description: 'Sums up what was said so far'},
        {name: 'release', description: 'Prepares a release', hint: 'version'},
      ],
    });
    stage.says('Write a slash.');
    stage.ends();
  },
};
