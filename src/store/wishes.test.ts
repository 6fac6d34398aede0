import {expect} from '@open-wc/testing';
import type {EventOf} from '../model/events.ts';
import {storeFixture} from './testkit.ts';

const pace = (value: string): EventOf<'options'> => ({
  kind: 'options',
  options: [{id: 'pace', label: 'Pace', type: 'select', value, choices: [{value: 'calm', label: 'Calm'}]}],
});

const asked: EventOf<'question-asked'> = {
  kind: 'question-asked',
  id: 'q',
  turn: 't',
  text: 'Which?',
  fields: [{id: 'name', label: 'Name', type: 'text'}],
};

function fixture() {
  const {store, memory, problems} = storeFixture();
  memory.put({id: 's', status: 'running', turn: 't'});
  store.watch('s');
  return {store, memory, problems};
}

describe('the store: what the agent offers', () => {
  it('shows the option that a person wants until the server has said what it is', () => {
    const {store, memory, problems} = fixture();
    memory.event('s', pace('brisk'));
    store.setOption('s', 'pace', 'calm');
    const [command] = memory.delivered;
    expect(command).to.include({op: 'set-option', session: 's', option: 'pace', value: 'calm'});
    expect(store.session('s')?.wished).to.deep.equal({pace: 'calm'});
    expect(store.thread('s')?.state.options[0]?.value).to.equal('brisk');
    memory.event('s', pace('calm'), {command: command?.id ?? ''});
    expect(store.session('s')?.wished).to.equal(undefined);
    expect(store.thread('s')?.state.options[0]?.value).to.equal('calm');

    store.setOption('s', 'pace', 'frantic');
    memory.reject(memory.delivered.at(-1)?.id ?? '', 'invalid', 'No.');
    expect(store.session('s')?.wished).to.equal(undefined);
    expect(problems.at(-1)).to.include({code: 'invalid', message: 'No.', sessionId: 's'});
  });

  it('answers a question once, and knows that it is on its way', () => {
    const {store, memory} = fixture();
    memory.event('s', asked);
    store.answerQuestion('s', 'q', {name: 'x'});
    expect(store.thread('s')?.item('question:q')?.get()).to.include({answering: true});
    const [command] = memory.delivered;
    expect(command).to.deep.include({op: 'answer', question: 'q', values: {name: 'x'}});
    memory.event('s', {kind: 'question-answered', id: 'q', values: {name: 'x'}}, {command: command?.id ?? ''});
    const item = store.thread('s')?.item('question:q')?.get();
    expect(item).to.deep.include({answer: {values: {name: 'x'}}});
    expect(item).not.to.have.property('answering');
  });

  it('declines with nothing', () => {
    const {store, memory} = fixture();
    memory.event('s', asked);
    store.answerQuestion('s', 'q', null);
    expect(memory.delivered[0]).to.include({op: 'answer', question: 'q', values: null});
  });
});
