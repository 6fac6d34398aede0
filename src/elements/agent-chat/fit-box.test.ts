import {expect, waitUntil} from '@open-wc/testing';
import {chatScene} from './testkit.ts';

const height = (box: HTMLTextAreaElement): number => box.getBoundingClientRect().height;

describe('<agent-chat>: the size of the box', () => {
  it('follows the text to a bound, and is not measured beyond it', async () => {
    const scene = await chatScene();
    await scene.open();
    const empty = height(scene.box);
    await scene.type('One\nTwo\nThree');
    await waitUntil(() => height(scene.box) > empty);
    const three = height(scene.box);
    await scene.type('line\n'.repeat(100));
    await waitUntil(() => height(scene.box) > three);
    const most = height(scene.box);
    await scene.type('line\n'.repeat(20_000));
    await waitUntil(() => getComputedStyle(scene.box).getPropertyValue('field-sizing') !== 'content');
    expect(height(scene.box)).to.equal(most);
    expect(most).to.be.lessThan(innerHeight / 2);
    await scene.type('');
    await waitUntil(() => height(scene.box) === empty);
  });
});
