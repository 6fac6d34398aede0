import {expect, waitUntil} from '@open-wc/testing';
import type {EventOf} from '../../../model/events.ts';
import {chatScene, type ChatScene} from '../testkit.ts';
import {looksSecret} from './secret.ts';

const fields: EventOf<'question-asked'>['fields'] = [
  {id: 'name', label: 'Name', type: 'text', required: true},
  {id: 'count', label: 'How many', type: 'number'},
  {
    id: 'size',
    label: 'Size',
    type: 'choice',
    options: [
      {value: 'small', label: 'Small', description: 'quick'},
      {value: 'large', label: 'Large'},
    ],
  },
  {
    id: 'parts',
    label: 'Parts',
    type: 'choices',
    required: true,
    options: [
      {value: 'code', label: 'Code'},
      {value: 'docs', label: 'Documents'},
    ],
  },
  {id: 'now', label: 'Begin at once', type: 'boolean'},
];

const question = (more: Partial<EventOf<'question-asked'>> = {}): EventOf<'question-asked'> => ({
  kind: 'question-asked',
  id: 'q',
  turn: 't',
  text: 'Which?',
  fields,
  ...more,
});

async function asked(more: Partial<EventOf<'question-asked'>> = {}): Promise<ChatScene> {
  const scene = await chatScene();
  const began = {kind: 'turn-began', turn: 't', origin: 'user'} as const;
  await scene.open([began, question(more)], {status: 'waiting', turn: 't'});
  await waitUntil(() => scene.all<HTMLButtonElement>('button', 'Answer')[0]?.disabled === false, 'no button to press');
  return scene;
}

/** The field with this label. */
function field<E extends HTMLElement = HTMLInputElement>(scene: ChatScene, label: string): E {
  const found = scene.all<HTMLLabelElement>('label').find((each) => each.textContent?.trim().startsWith(label));
  const input = found?.control;
  if (!input) throw new Error(`no field ${label}`);
  return input as HTMLElement as E;
}

function fill(scene: ChatScene, label: string, value: string | true): void {
  const input = field(scene, label);
  if (value === true) input.click();
  else {
    input.value = value;
    input.dispatchEvent(new InputEvent('input', {bubbles: true}));
  }
}

const answers = (scene: ChatScene): unknown[] =>
  scene.commands('answer').map((command) => ('values' in command ? command.values : 'no values'));

describe('<agent-chat>: questions', () => {
  it('have one direction, that of their words, whatever that of the page is', async () => {
    const scene = await asked({
      fields: [
        {id: 'name', label: 'שם', type: 'text'},
        {id: 'count', label: 'כמה', type: 'number'},
        {id: 'parts', label: 'חלקים', type: 'choices', options: [{value: 'code', label: 'קוד'}]},
      ],
    });
    const parts = ['שם', 'כמה', 'קוד'].map((label) => field(scene, label));
    expect(parts.map((part) => getComputedStyle(part.closest('div, fieldset') ?? part).direction)).to.deep.equal(
      parts.map(() => 'rtl'),
    );
  });

  it('are forms, and are answered with what is filled in', async () => {
    const scene = await asked();
    const form = await scene.get('group', 'Which?');
    expect(form.textContent).to.include('quick');
    fill(scene, 'Name', 'a “name”');
    fill(scene, 'How many', '2.5');
    fill(scene, 'Large', true);
    fill(scene, 'Code', true);
    fill(scene, 'Documents', true);
    await expect(scene.chat).to.be.accessible();
    await scene.click('Answer');
    const values = {name: 'a “name”', count: 2.5, size: 'large', parts: ['code', 'docs'], now: false};
    expect(answers(scene)).to.deep.equal([values]);
    await waitUntil(() => field<HTMLTextAreaElement>(scene, 'Name').matches(':disabled'));
    await scene.click('Answer');
    expect(answers(scene), 'once').to.have.length(1);
    scene.memory.event(
      's',
      {kind: 'question-answered', id: 'q', values},
      {command: scene.commands('answer')[0]?.id ?? ''},
    );
    await scene.gone('button', 'Answer');
    const said = (await scene.get('group', 'Which?')).querySelector('dl')?.textContent?.replace(/\s+/g, ' ');
    expect(said).to.include('Size Large Parts Code, Documents Begin at once No');
    await expect(scene.chat).to.be.accessible();
  });

  it('are not answered before what is required is there', async () => {
    const scene = await asked();
    await scene.click('Answer');
    expect(answers(scene)).to.deep.equal([]);
    expect(field(scene, 'Name').validity.valueMissing).to.equal(true);
    fill(scene, 'Name', 'x');
    await scene.click('Answer');
    expect(field(scene, 'Code').validationMessage).to.equal('Choose at least one.');
    expect(answers(scene)).to.deep.equal([]);
    fill(scene, 'Code', true);
    await scene.click('Answer');
    expect(answers(scene)).to.deep.equal([{name: 'x', parts: ['code'], now: false}]);
  });

  it('can be declined, whatever is in the form', async () => {
    const scene = await asked();
    await scene.click('Decline');
    expect(answers(scene)).to.deep.equal([null]);
    scene.memory.event('s', {kind: 'question-answered', id: 'q', values: null});
    await waitUntil(() => scene.all('group', 'Which?')[0]?.textContent?.includes('got no answer'));
  });

  it('cannot be answered by what was meant for something else when they appear', async () => {
    const scene = await chatScene();
    await scene.open([question({fields: []})], {status: 'waiting', turn: 't'});
    const answer = await scene.get<HTMLButtonElement>('button', 'Answer');
    expect(answer.disabled).to.equal(true);
    answer.click();
    expect(answers(scene)).to.deep.equal([]);
    expect(scene.chat.shadowRoot?.activeElement, 'takes no focus').to.equal(null);
    await waitUntil(() => !answer.disabled);
    answer.click();
    expect(answers(scene)).to.deep.equal([{}]);
  });

  it('are armed again when what they ask changes', async () => {
    const scene = await asked({fields: []});
    (await scene.get('button', 'Answer')).focus();
    scene.memory.event('s', question({text: 'Which now?', fields: []}));
    const group = await scene.get('group', 'Which now?');
    const answer = await scene.get<HTMLButtonElement>('button', 'Answer');
    answer.click();
    expect(answer.disabled).to.equal(true);
    expect(scene.chat.shadowRoot?.activeElement === group, 'no answer keeps the focus').to.equal(true);
    await waitUntil(() => !answer.disabled);
    answer.click();
    expect(answers(scene)).to.deep.equal([{}]);
  });

  it('never take a secret silently, and nothing is filled in by the browser', async () => {
    const scene = await asked({fields: [{id: 'a', label: 'GitHub token', type: 'text'}, ...fields.slice(0, 2)]});
    const token = field(scene, 'GitHub token');
    const about = scene.chat.shadowRoot?.getElementById(token.getAttribute('aria-describedby') ?? '');
    expect(about?.textContent).to.match(/may be a secret.*kept in the conversation/);
    for (const input of scene.all('[data-field]')) expect(input.getAttribute('autocomplete')).to.equal('off');
    expect(field(scene, 'Name').hasAttribute('aria-describedby')).to.equal(false);
  });

  it('find what looks like a secret in label and id', () => {
    for (const name of ['Password', 'passphrase', 'API key', 'api_key', 'Your PIN', 'Kennwort', 'access key'])
      expect(looksSecret(name), name).to.equal(true);
    for (const name of ['Name', 'Pinned', 'Keyboard', 'Passenger', 'Compass'])
      expect(looksSecret(name), name).to.equal(false);
  });

  it('keep what is filled in when the conversation is shown again', async () => {
    const scene = await asked();
    fill(scene, 'Name', 'half a name');
    fill(scene, 'Large', true);
    scene.provider.selected = undefined;
    await scene.gone('group', 'Which?');
    scene.provider.selected = 's';
    await scene.get('group', 'Which?');
    expect(field(scene, 'Name').value).to.equal('half a name');
    expect(field(scene, 'Large').checked).to.equal(true);
  });

  it('stay text, whatever is in them', async () => {
    const evil = '<img src=x onerror=alert(1)>\u202e';
    const scene = await asked({
      text: evil,
      fields: [{id: evil, label: evil, type: 'choice', options: [{value: evil, label: evil, description: evil}]}],
    });
    expect(scene.all('img')).to.have.length(0);
    scene.all<HTMLInputElement>('input[type=radio]')[0]?.click();
    await scene.click('Answer');
    expect(answers(scene)).to.deep.equal([{[evil]: evil}]);
    await scene.get('group', '<img src=x onerror=alert(1)>⟨U+202E⟩');
  });
});
