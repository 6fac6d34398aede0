import {expect, nextFrame, waitUntil} from '@open-wc/testing';
import type {ThreadEvent} from '../../../model/events.ts';
import {chatScene, nameOf, theirs, type ChatScene} from '../testkit.ts';
import type {Step} from './plan-steps.ts';

const LINE = /^Plan: /;

const begun = (turn = 't'): ThreadEvent => ({kind: 'turn-began', turn, origin: 'user'});

/** So many of these steps are done, and the next one is going on. */
const plan = (done: number, steps: readonly string[] = ['Read', 'Write', 'Check'], turn = 't'): ThreadEvent => ({
  kind: 'plan',
  turn,
  entries: steps.map((text, at): Step => ({text, status: at < done ? 'done' : at === done ? 'running' : 'pending'})),
});

const many = (count: number): string[] => Array.from({length: count}, (_, at) => `Step ${at + 1}`);

async function atWork(...events: ThreadEvent[]): Promise<ChatScene> {
  const scene = await chatScene();
  await scene.open([begun(), ...events], {status: 'running', turn: 't'});
  return scene;
}

const lines = (scene: ChatScene): string[] => scene.all('button', LINE).map(nameOf);
const steps = (scene: ChatScene): string[] =>
  [...(scene.all('list', 'Steps')[0]?.children ?? [])].map((each) => nameOf(each));
const logOf = (scene: ChatScene): HTMLElement => scene.all('log')[0] as HTMLElement;
const progress = (scene: ChatScene): number | undefined => scene.all<HTMLProgressElement>('progress')[0]?.position;

async function opened(...events: ThreadEvent[]): Promise<{scene: ChatScene; line: HTMLElement; list: HTMLElement}> {
  const scene = await atWork(...events);
  const line = await scene.get('button', LINE);
  line.click();
  return {scene, line, list: await scene.get('list', 'Steps')};
}

function press(on: HTMLElement, key: string): KeyboardEvent {
  const event = new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true, composed: true});
  on.dispatchEvent(event);
  return event;
}

describe('<agent-chat>: the plan that is at work', () => {
  it('stands above the box until all of it is done', async () => {
    const scene = await atWork(plan(0));
    await scene.get('button', 'Plan: 0 of 3 done Read');
    expect(progress(scene)).to.equal(0);
    scene.memory.event('s', plan(2));
    await scene.get('button', 'Plan: 2 of 3 done Check');
    expect(progress(scene)).to.be.closeTo(2 / 3, 0.01);
    expect(lines(scene)).to.have.length(1);
    expect(scene.all('list', /Plan/), 'the plan itself is the only list of its name').to.have.length(1);
    scene.memory.event('s', plan(3));
    await scene.gone('button', LINE);
    expect(scene.has('list', 'Plan')).to.equal(true);
  });

  it('is gone with its turn, and that of an earlier turn does not come back', async () => {
    const scene = await atWork(plan(1));
    const line = await scene.get('button', LINE);
    line.focus();
    scene.memory.event('s', {kind: 'turn-ended', turn: 't', outcome: 'finished'});
    scene.memory.put({id: 's', status: 'finished'});
    await scene.gone('button', LINE);
    expect(scene.chat.shadowRoot?.activeElement, 'the focus is not lost').to.equal(logOf(scene));
    scene.memory.event('s', begun('u'));
    scene.memory.event('s', {kind: 'message', id: 'm', turn: 'u', role: 'user', text: 'Go on'});
    scene.memory.put({id: 's', status: 'running', turn: 'u'});
    await waitUntil(() => scene.said.includes('You: Go on'));
    expect(lines(scene)).to.deep.equal([]);
  });

  it('is found behind what came after it, and shows what comes next where nothing is going on', async () => {
    const answers = (from: number): ThreadEvent[] => many(300).map((_, at) => theirs(`Answer ${from + at}`));
    const scene = await atWork(
      plan(0),
      ...answers(0),
      {
        kind: 'plan',
        turn: 't',
        entries: [
          {text: 'Read', status: 'done'},
          {text: 'Write', status: 'pending'},
        ],
      },
      ...answers(300),
    );
    await scene.get('button', 'Plan: 1 of 2 done Write');
  });

  it('opens to all steps, stays open while they go on, and is closed for another turn', async () => {
    const {scene, line} = await opened(plan(1));
    expect(line.ariaExpanded).to.equal('true');
    expect(steps(scene)).to.deep.equal(['Read completed', 'Write running', 'Check to do']);
    await expect(scene.chat).to.be.accessible();
    scene.memory.event('s', plan(2));
    await waitUntil(() => steps(scene)[2] === 'Check running');
    expect(scene.all('button', LINE)[0], 'what has the focus is not replaced').to.equal(line);
    line.click();
    await scene.gone('list', 'Steps');
    line.click();
    await scene.get('list', 'Steps');
    scene.memory.event('s', {kind: 'turn-ended', turn: 't', outcome: 'finished'});
    scene.memory.event('s', begun('u'));
    scene.memory.event('s', plan(0, ['Another'], 'u'));
    scene.memory.put({id: 's', status: 'running', turn: 'u'});
    await scene.get('button', 'Plan: 0 of 1 done Another');
    expect(scene.has('list', 'Steps')).to.equal(false);
  });

  it('is closed by Escape, which then does nothing else; elsewhere Escape leaves it open', async () => {
    const {scene, line, list} = await opened(plan(1));
    let heard = 0;
    scene.provider.addEventListener('keydown', () => heard++);
    expect(scene.press({key: 'Escape'}).defaultPrevented).to.equal(false);
    expect(heard).to.equal(1);
    expect(scene.has('list', 'Steps')).to.equal(true);
    list.focus();
    expect(press(list, 'Escape').defaultPrevented).to.equal(true);
    await scene.gone('list', 'Steps');
    expect(scene.chat.shadowRoot?.activeElement).to.equal(line);
    expect(press(line, 'Escape').defaultPrevented, 'closed, it leaves the key to others').to.equal(false);
    expect(heard).to.equal(2);
  });

  it('has the step that is going on in sight, unless somebody reads another one', async () => {
    const {scene, list} = await opened(plan(30, many(50)));
    const isInSight = (at: number): boolean => {
      const step = list.children[at]?.getBoundingClientRect();
      const room = list.getBoundingClientRect();
      return !!step && step.top >= room.top && step.bottom <= room.bottom;
    };
    expect(list.scrollHeight).to.be.greaterThan(list.clientHeight);
    await waitUntil(() => isInSight(30));
    scene.memory.event('s', plan(45, many(50)));
    await waitUntil(() => isInSight(45));
    list.focus();
    list.scrollTop = 0;
    scene.memory.event('s', plan(46, many(50)));
    await scene.get('button', /46 of 50/);
    expect(list.scrollTop).to.equal(0);
  });

  it('leaves a reader where they are, at the end or away from it', async () => {
    const scene = await atWork(...Array.from({length: 20}, (_, at) => theirs(`Answer ${at}`)));
    const log = logOf(scene);
    const left = (): number => log.scrollHeight - log.clientHeight - log.scrollTop;
    await waitUntil(() => log.scrollTop > 0 && left() <= 1);
    const height = log.clientHeight;
    scene.memory.event('s', plan(0, many(9)));
    const line = await scene.get('button', LINE);
    await waitUntil(() => log.clientHeight < height && left() <= 1);
    line.click();
    await scene.get('list', 'Steps');
    await waitUntil(() => left() <= 1);
    line.click();
    await scene.gone('list', 'Steps');
    await waitUntil(() => left() <= 1);
    await nextFrame();
    log.scrollTop = 100;
    await scene.get('button', 'Jump to latest');
    const article = scene.all('article')[3] as HTMLElement;
    const {top} = article.getBoundingClientRect();
    line.click();
    await scene.get('list', 'Steps');
    scene.memory.event('s', plan(9, many(9)));
    await scene.gone('button', LINE);
    await waitUntil(() => log.clientHeight === height);
    expect(Math.abs(article.getBoundingClientRect().top - top)).to.be.lessThan(1);
  });

  it('is text, in one line, whatever the steps are', async () => {
    const long = `<img src=x onerror=alert(1)>\n\u202eevil\u0007\u2028 ${'word '.repeat(2000)}`;
    const {scene, line, list} = await opened(plan(1, ['קרא את הקובץ', long, `${'w'.repeat(5000)}`]));
    expect(nameOf(line)).to.match(/^Plan: 1 of 3 done <img src=x onerror=alert\(1\)> .evil/);
    expect(nameOf(line)).to.have.length.lessThan(260);
    expect(scene.has('img')).to.equal(false);
    expect(line.clientHeight).to.be.lessThan(48);
    expect(scene.all('.pinned [dir=auto]')).to.have.length(4);
    expect(list.scrollWidth).to.equal(list.clientWidth);
    expect(logOf(scene).clientHeight).to.be.greaterThan(0);
    await expect(scene.chat).to.be.accessible();
  });

  it('is in no live region, and there for who can only read', async () => {
    const scene = await atWork(plan(1));
    const line = await scene.get('button', LINE);
    expect(line.closest('[aria-live], [role=status], [role=log], [role=alert]')).to.equal(null);
    scene.chat.readonly = true;
    await scene.gone('textbox', 'Message');
    expect(lines(scene)).to.deep.equal(['Plan: 1 of 3 done Write']);
  });

  it('is gone with its session', async () => {
    const scene = await atWork(plan(1));
    await scene.get('button', LINE);
    scene.memory.remove('s');
    await waitUntil(() => scene.chat.shadowRoot?.textContent?.includes('does not exist any more'));
    expect(lines(scene)).to.deep.equal([]);
  });

  it('is none without steps', async () => {
    const scene = await atWork({kind: 'plan', turn: 't', entries: []}, theirs('Hello'));
    await scene.get('article', 'Agent');
    expect(lines(scene)).to.deep.equal([]);
  });

  it('belongs to one session', async () => {
    const {scene} = await opened(plan(1));
    scene.memory.put({id: 'other', status: 'running', turn: 'o'});
    scene.memory.event('other', begun('o'));
    scene.memory.event('other', plan(0, ['There'], 'o'));
    scene.provider.selected = 'other';
    await scene.get('button', 'Plan: 0 of 1 done There');
    expect(scene.has('list', 'Steps')).to.equal(false);
  });
});
