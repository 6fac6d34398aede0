import {expect, waitUntil} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import '../../define.ts';
import {ago} from '../shared/testkit.ts';
import {element, focused, inABox, row, withThree} from './testkit.ts';

describe('the keys of a list', () => {
  const standsOn = (it: Awaited<ReturnType<typeof withThree>>, title: string) =>
    waitUntil(() => focused(it)?.textContent.trim() === title, `not on ${title}`);

  it('go to the ends and by pages, also where nothing was rendered before', async () => {
    const it = await inABox(1000);
    (await it.get('button', 'Session 0')).focus();
    await sendKeys({press: 'End'});
    await standsOn(it, 'Session 999');
    await sendKeys({press: 'ArrowUp'});
    await standsOn(it, 'Session 998');
    await sendKeys({press: 'Home'});
    await standsOn(it, 'Session 0');
    await sendKeys({press: 'PageDown'});
    await waitUntil(() => /^Session [2-9]$/.test(focused(it)?.textContent.trim() ?? ''));
    await sendKeys({press: 'PageUp'});
    await standsOn(it, 'Session 0');
  });

  it('find a title by its beginning', async () => {
    const it = await withThree();
    it.put('d', 'Tea', 'finished', {updated: ago(9)});
    (await it.get('button', 'Fix the build')).focus();
    await sendKeys({press: 't'});
    await standsOn(it, 'Tidy up');
    await sendKeys({press: 'e'});
    await standsOn(it, 'Tea');
  });

  it('stop once, at the row of last time, and then at its actions', async () => {
    const it = await withThree();
    (await it.get('button', 'Write the manual')).focus();
    await element(it).updateComplete;
    const stops = it.all('button').filter((each) => each.closest('session-list-row') && each.tabIndex === 0);
    await waitUntil(() => row(it, 'Write the manual').querySelector<HTMLElement>('.open')?.tabIndex === 0);
    expect(new Set(stops.map((each) => each.closest('session-list-row'))).size).to.equal(1);
    await sendKeys({press: 'Tab'});
    expect(focused(it)?.getAttribute('aria-label')).to.equal('Rename Write the manual');
    await sendKeys({press: 'ArrowDown'});
    await standsOn(it, 'Tidy up');
  });

  it('ask before something is deleted', async () => {
    const it = await withThree();
    (await it.get('button', 'Tidy up')).focus();
    await sendKeys({press: 'Delete'});
    await it.get('dialog', /^Delete “Tidy up”\?/);
    expect(it.ops).to.deep.equal([]);
    await sendKeys({press: 'Escape'});
    await standsOn(it, 'Tidy up');
    element(it).readonly = true;
    await it.gone('button', /^Delete/);
    await sendKeys({press: 'Delete'});
    await element(it).updateComplete;
    expect(it.has('dialog')).to.equal(false);
  });

  it('leave a title that is being written alone', async () => {
    const it = await withThree();
    await it.click('Rename Tidy up');
    await waitUntil(() => focused(it) === it.all('textbox', 'Title')[0]);
    await sendKeys({press: 'Home'});
    await sendKeys({type: 'Not '});
    await sendKeys({press: 'Delete'});
    expect((focused(it) as HTMLInputElement).value).to.equal('Not idy up');
  });
});
