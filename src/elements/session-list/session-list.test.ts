import {expect, html, waitUntil} from '@open-wc/testing';
import {emulateMedia, sendKeys} from '@web/test-runner-commands';
import '../../define.ts';
import type {Session} from '../../model/session.ts';
import {pretendClipboard, saidAround} from '../shared/clipboard/testkit.ts';
import {ago, deep, nextEvent, scene, textOf} from '../shared/testkit.ts';
import {SessionListRow} from './session-list-row.ts';
import {element, focused, isFocused, list, row, three, withThree} from './testkit.ts';

describe('session-list', () => {
  describe('shows', () => {
    it('each status in its word', async () => {
      const words: [Session['status'], string][] = [
        ['pending', 'Starting'],
        ['running', 'Running'],
        ['waiting', 'Needs input'],
        ['stopping', 'Stopping'],
        ['finished', 'Finished'],
        ['stopped', 'Stopped'],
        ['failed', 'Failed'],
        ['unknown', 'Unknown'],
      ];
      const it = await scene(list, {}, (memory) => {
        for (const [status] of words) memory.put({id: status, title: `Is ${status}`, status});
      });
      await it.get('button', 'Is unknown');
      for (const [status, word] of words) {
        const shown = row(it, `Is ${status}`).querySelector('[part=row-status]') as Element;
        expect(textOf(shown)).to.equal(word);
      }
      expect(textOf(row(it, 'Is waiting'))).to.include('Waits for your answer');
    });

    it('agent, time with the exact time as tooltip, what waits, and unread', async () => {
      const it = await scene(list, {}, (memory) =>
        memory.put({id: 'a', title: 'Fix the build', updated: ago(5), unread: true, queued: 2}),
      );
      await it.get('button', 'Fix the build');
      const text = textOf(row(it, 'Fix the build'));
      expect(text).to.include('Agent').and.to.include('unread').and.to.include('2 queued');
      const time = row(it, 'Fix the build').querySelector('time') as HTMLTimeElement;
      expect(textOf(time)).to.equal('5 min. ago');
      expect(time.title).to.include(String(new Date(time.dateTime).getFullYear()));
      await waitUntil(() => {
        const {x, y} = time.getBoundingClientRect();
        return element(it).shadowRoot?.elementFromPoint(x + 2, y + 2) === time;
      }, 'the time cannot be pointed at');
      time.click();
      expect(it.provider.selected).to.equal('a');
    });

    it('children below their parent, and says whose they are', async () => {
      const it = await withThree();
      it.put('d', 'Read the log', 'running', {parent: 'b', updated: ago(0)});
      await it.shows('Fix the build', 'Write the manual', 'Read the log', 'Tidy up');
      expect(row(it, 'Read the log').getAttribute('aria-level')).to.equal('2');
      expect(textOf(row(it, 'Read the log'))).to.include('Child of Write the manual');
    });

    it('the folder by its name, and nothing where there is none', async () => {
      const it = await withThree();
      await it.get('button', 'Fix the build');
      const folder = (title: string) => row(it, title).querySelector<HTMLElement>('[part=row-folder]');
      it.put('a', 'Fix the build', 'running', {cwd: '/srv/projects/site/'});
      it.put('b', 'Write the manual', 'finished', {cwd: '.'});
      await waitUntil(() => folder('Fix the build')?.textContent === 'site');
      expect(folder('Fix the build')?.title).to.equal('/srv/projects/site/');
      expect(folder('Write the manual') === null).to.equal(true);
    });

    it('a start that is not confirmed as Starting, one that was rejected as Failed until it is discarded', async () => {
      const it = await withThree();
      const id = it.provider.store.start('Do something new');
      await it.get('button', 'Do something new');
      expect(textOf(row(it, 'Do something new'))).to.include('Starting');
      const [start] = it.memory.delivered;
      it.memory.reject(start?.id ?? '', 'invalid', 'That cannot be done.');
      await waitUntil(() => textOf(row(it, 'Do something new')).includes('Failed'));
      expect(textOf(row(it, 'Do something new'))).to.include('That cannot be done.');
      await it.click('Delete Do something new');
      await it.click('Delete');
      await it.gone('button', 'Do something new');
      expect(it.ops).to.deep.equal(['start']);
      expect(id).to.be.a('string');
    });

    it('nothing, loading, no match and no connection in words', async () => {
      const it = await scene(list, {welcome: false});
      await waitUntil(() => it.all('status').some((each) => textOf(each) === 'Loading sessions…'));
      expect((await it.get('list', 'Sessions')).getAttribute('aria-busy')).to.equal('true');
      it.memory.welcome();
      await it.get('paragraph', 'No sessions yet.');
      it.put('a', 'Fix the build');
      await it.shows('Fix the build');
      element(it).query = 'nothing like it';
      await it.get('paragraph', /No session matches|Searching/);
      element(it).query = '';
      await it.shows('Fix the build');
      it.memory.drop();
      await it.get('paragraph', 'Not connected: this is what was last known.');
      expect(it.titles).to.deep.equal(['Fix the build']);
    });

    it('that there is no provider, quietly', async () => {
      const alone = document.createElement('session-list');
      document.body.append(alone);
      await alone.updateComplete;
      expect(textOf(alone.shadowRoot as ShadowRoot)).to.include('No session provider is connected.');
      alone.remove();
    });
  });

  describe('selects', () => {
    it('and marks what is selected, by either of its ids', async () => {
      const it = await withThree();
      const button = await it.get('button', 'Write the manual');
      const event = nextEvent(it.provider, 'session-select');
      button.click();
      expect((await event).sessionId).to.equal('b');
      expect(it.provider.selected).to.equal('b');
      await waitUntil(() => button.getAttribute('aria-current') === 'true');
      expect(it.all('button').filter((each) => each.ariaCurrent === 'true').length).to.equal(1);
      it.provider.selected = 'mine';
      await waitUntil(() => button.ariaCurrent === null);
      it.memory.tell({type: 'session-alias', alias: 'mine', session: 'b'});
      it.put('d', 'Another');
      await waitUntil(() => button.ariaCurrent === 'true');
    });

    it('nothing when the page prevents it', async () => {
      const it = await withThree();
      void nextEvent(it.provider, 'session-select', true);
      await it.click('Write the manual');
      expect(it.provider.selected).to.equal(undefined);
    });

    it('a new conversation, unless prevented', async () => {
      const it = await withThree();
      it.provider.selected = 'b';
      void nextEvent(it.provider, 'session-new', true);
      await it.click('New session');
      expect(it.provider.selected).to.equal('b');
      await it.click('New session');
      expect(it.provider.selected).to.equal(undefined);
    });

    it('by keyboard: arrows go from title to title', async () => {
      const it = await withThree();
      (await it.get('button', 'Fix the build')).focus();
      await sendKeys({press: 'ArrowDown'});
      isFocused(it, await it.get('button', 'Write the manual'));
      await sendKeys({press: 'Enter'});
      expect(it.provider.selected).to.equal('b');
    });
  });

  describe('acts', () => {
    it('stops what is active, unless prevented; asks once', async () => {
      const it = await withThree();
      void nextEvent(it.provider, 'session-stop', true);
      await it.click('Stop Fix the build');
      expect(it.ops).to.deep.equal([]);
      await it.click('Stop Fix the build');
      expect(it.ops).to.deep.equal(['stop']);
      await waitUntil(() => textOf(row(it, 'Fix the build')).includes('Stopping'));
      await it.click('Stop Fix the build');
      expect(it.ops).to.deep.equal(['stop']);
      it.memory.put({id: 'a', status: 'stopped'});
      it.memory.settle(it.memory.delivered[0]?.id ?? '');
      await it.gone('button', 'Stop Fix the build');
      isFocused(it, await it.get('button', 'Fix the build'));
    });

    it('renames: Enter saves, Escape does not, and the focus comes back', async () => {
      const it = await withThree();
      await it.click('Rename Tidy up');
      await waitUntil(() => focused(it) === it.all('textbox', 'Title')[0]);
      await sendKeys({type: 'Never mind'});
      await sendKeys({press: 'Escape'});
      await waitUntil(() => focused(it) === it.all('button', 'Rename Tidy up')[0]);
      expect(it.ops).to.deep.equal([]);
      await sendKeys({press: 'Enter'});
      await waitUntil(() => focused(it) === it.all('textbox', 'Title')[0]);
      await sendKeys({type: 'Tidy more'});
      await sendKeys({press: 'Enter'});
      await it.get('button', 'Tidy more');
      expect(it.memory.delivered).to.have.length(1);
      expect(it.memory.delivered[0]).to.include({op: 'rename', session: 'c', title: 'Tidy more'});
      await waitUntil(() => focused(it) === it.all('button', 'Rename Tidy more')[0]);
    });

    it('archives and brings back', async () => {
      const it = await withThree();
      await it.click('Archive Tidy up');
      await it.shows('Fix the build', 'Write the manual');
      element(it).filter = 'archived';
      await it.shows('Tidy up');
      await it.click('Unarchive Tidy up');
      await it.shows();
      expect(it.ops).to.deep.equal(['archive', 'archive']);
    });

    it('deletes only after a question, and then stands on the next row', async () => {
      const it = await withThree();
      const opener = await it.get('button', 'Delete Write the manual');
      opener.focus();
      await sendKeys({press: 'Enter'});
      const dialog = await it.get<HTMLDialogElement>('dialog', /^Delete “Write the manual”\?/);
      expect(dialog.open).to.equal(true);
      await sendKeys({press: 'Escape'});
      await it.gone('dialog');
      isFocused(it, opener);
      await sendKeys({press: 'Enter'});
      await it.click('Cancel');
      await it.gone('dialog');
      await sendKeys({press: 'Enter'});
      await it.click('Delete');
      await it.shows('Fix the build', 'Tidy up');
      expect(it.ops).to.deep.equal(['delete']);
      isFocused(it, await it.get('button', 'Tidy up'));
    });

    it('asks no question if the page prevents it', async () => {
      const it = await withThree();
      void nextEvent(it.provider, 'session-delete', true);
      await it.click('Delete Tidy up');
      await element(it).updateComplete;
      expect(it.has('dialog')).to.equal(false);
    });

    it('leaves what is selected when that is deleted, unless words are left there', async () => {
      const it = await withThree();
      it.provider.selected = 'b';
      await it.click('Delete Write the manual');
      await it.click('Delete');
      expect(it.provider.selected).to.equal(undefined);
      it.provider.selected = 'c';
      it.provider.store.setDraft('Half a thought', 'c');
      await it.click('Delete Tidy up');
      await it.click('Delete');
      expect(it.provider.selected).to.equal('c');
    });

    it('says that what is deleted runs', async () => {
      const it = await withThree();
      await it.click('Delete Fix the build');
      await it.get('dialog', 'Delete “Fix the build”? It cannot be brought back. It is running and will be stopped.');
    });

    it('copies the id, and says so', async () => {
      const clipboard = pretendClipboard();
      try {
        const it = await withThree();
        const button = await it.get('button', 'Copy id of Tidy up');
        button.focus();
        button.click();
        await waitUntil(() => saidAround(button).join() === 'Copied');
        expect(clipboard.text).to.equal('c');
        isFocused(it, button);
        expect(it.provider.selected).to.equal(undefined);
      } finally {
        clipboard.restore();
      }
    });

    it('deletes all that is shown after a question, each unless the page prevents it', async () => {
      const it = await withThree();
      it.put('d', 'Write the report', 'finished', {parent: 'b'});
      it.put('e', 'Old words', 'finished', {archived: true});
      const opener = await it.get('button', 'Delete all (4)…');
      element(it).query = 'write';
      await it.get('button', 'Delete all (2)…');
      element(it).query = '';
      await it.get('button', 'Delete all (4)…');
      opener.focus();
      await sendKeys({press: 'Enter'});
      const question = 'Delete 4 sessions? They cannot be brought back. 1 of them is running and will be stopped.';
      await it.get('dialog', question);
      expect(focused(it) === it.all('button', 'Cancel')[0], 'the focus is on the harmless answer').to.equal(true);
      await sendKeys({press: 'Escape'});
      await it.gone('dialog');
      isFocused(it, opener);
      expect(it.ops).to.deep.equal([]);
      const asked: string[] = [];
      it.provider.addEventListener('session-delete', (event) => {
        asked.push(`${event.sessionId} after ${it.ops.length}`);
        if (event.sessionId === 'b') event.preventDefault();
      });
      await sendKeys({press: 'Enter'});
      await it.get('dialog');
      expect(asked).to.deep.equal([]);
      await it.click('Delete 4 sessions');
      await it.shows('Write the manual');
      expect(asked).to.deep.equal(['a after 0', 'b after 1', 'd after 1', 'c after 2']);
      expect(it.memory.delivered.map(({op, session}) => `${op} ${session}`)).to.have.members([
        'delete d',
        'delete a',
        'delete c',
      ]);
      isFocused(it, await it.get('button', 'Delete all (1)…'));
    });

    it('deletes of all only what the question was about', async () => {
      const it = await withThree();
      await it.click('Delete all (3)…');
      await it.get('dialog', /1 of them is running/);
      it.put('d', 'Came later');
      it.memory.put({id: 'b', status: 'running', turn: 't2'});
      it.memory.remove('c');
      await it.get('button', 'Came later');
      await it.click('Delete 3 sessions');
      expect(it.memory.delivered.map(({op, session}) => `${op} ${session}`)).to.deep.equal(['delete a']);
    });

    it('counts what runs, leaves the selection, and stands where something is left', async () => {
      const it = await withThree();
      it.memory.put({id: 'b', status: 'waiting', turn: 't2'});
      it.provider.selected = 'b';
      await it.click('Delete all (3)…');
      await it.get('dialog', /2 of them are running and will be stopped\.$/);
      await expect(element(it)).to.be.accessible();
      await it.click('Delete 3 sessions');
      await it.get('paragraph', 'No sessions yet.');
      expect(it.has('button', /^Delete all/)).to.equal(false);
      expect(it.provider.selected).to.equal(undefined);
      isFocused(it, await it.get('button', 'New session'));
    });

    it('deletes hundreds at once, also those that are not rendered', async () => {
      const it = await scene(list, {}, (memory) => {
        for (let i = 0; i < 1000; i++) memory.put({id: `s${i}`, title: `Session ${i}`, updated: ago(i)});
      });
      await it.click('Delete all (1,000)…');
      await it.click('Delete 1,000 sessions');
      await it.get('paragraph', 'No sessions yet.');
      expect(new Set(it.memory.delivered.map(({session}) => session)).size).to.equal(1000);
    });

    it('leaves out what the server cannot do, and everything if it only shows', async () => {
      const it = await withThree({onConnect: (memory) => memory.welcome({capabilities: ['archive']})});
      await it.get('button', 'Archive Tidy up');
      expect(it.has('button', /^(Rename|Delete)/)).to.equal(false);
      element(it).readonly = true;
      await it.gone('button', /^(Archive|Stop|New|Copy)/);
      expect(it.titles.length).to.equal(3);
      it.memory.drop();
      it.memory.welcome();
      await waitUntil(() => it.provider.store.can('delete'));
      await element(it).updateComplete;
      expect(it.has('button', /^Delete/)).to.equal(false);
    });
  });

  describe('narrows and orders', () => {
    it('by its attributes, and by a person’s choice that stays when they are set again', async () => {
      const it = await withThree();
      const box = element(it);
      box.setAttribute('filter', 'active');
      await it.shows('Fix the build');
      const show = await it.get<HTMLSelectElement>('combobox', 'Show');
      expect(show.value).to.equal('active');
      show.value = 'all';
      show.dispatchEvent(new Event('change'));
      await it.shows('Fix the build', 'Write the manual', 'Tidy up');
      box.setAttribute('filter', 'active');
      const sort = await it.get<HTMLSelectElement>('combobox', 'Sort by');
      sort.value = 'title';
      sort.dispatchEvent(new Event('change'));
      await it.shows('Fix the build', 'Tidy up', 'Write the manual');
      box.setAttribute('filter', 'nonsense');
      box.setAttribute('query', 'ma');
      await it.shows('Write the manual');
      expect((await it.get<HTMLInputElement>('searchbox', 'Search sessions')).value).to.equal('ma');
    });

    it('finds words of titles at once, and of messages by asking the server once', async () => {
      const it = await withThree();
      const box = await it.get<HTMLInputElement>('searchbox', 'Search sessions');
      box.focus();
      await sendKeys({type: 'tid'});
      await it.shows('Tidy up');
      expect(it.memory.queries.length).to.equal(0);
      await waitUntil(() => it.memory.queries.length === 1);
      expect(it.memory.queries[0]?.query).to.deep.equal({text: 'tid'});
      const deepDown = {...(it.memory.sessions.get('b') as Session), id: 'd', title: 'Said in a message'};
      it.memory.queries[0]?.answer({sessions: [deepDown]});
      await waitUntil(() => it.titles.length === 2);
      expect(it.titles).to.have.members(['Tidy up', 'Said in a message']);
    });

    it('drops the answer to what is no longer asked', async () => {
      const it = await withThree();
      element(it).query = 'old';
      await waitUntil(() => it.memory.queries.length === 1);
      element(it).query = 'new';
      await waitUntil(() => it.memory.queries.length === 2);
      const found = (id: string, title: string) => ({...(it.memory.sessions.get('b') as Session), id, title});
      it.memory.queries[1]?.answer({sessions: [found('n', 'Found by the second')]});
      await it.shows('Found by the second');
      it.memory.queries[0]?.answer({sessions: [found('o', 'Found by the first')]});
      it.put('z', 'Newest of all', 'finished', {updated: ago(-1)});
      await it.shows('Newest of all', 'Found by the second');
    });

    it('asks the server for the archived ones', async () => {
      const it = await withThree({
        onQuery: ({query, answer}, memory) =>
          answer({
            sessions: [{...(memory.sessions.get('b') as Session), id: 'x', title: 'From the attic', archived: true}],
            ...(query.session === undefined && query.archived ? {} : {next: 'unexpected'}),
          }),
      });
      element(it).filter = 'archived';
      await it.shows('From the attic');
      expect(it.memory.queries.map(({query}) => query)).to.deep.equal([{archived: true}]);
    });

    it('reads what is older than the server sent at first, page by page', async () => {
      const it = await withThree({welcome: false, onConnect: (memory) => memory.welcome()});
      await it.shows('Fix the build', 'Write the manual', 'Tidy up');
      const held = [...it.memory.sessions.values()];
      it.memory.tell({type: 'sessions', sessions: held, next: 'page 2', keep: []});
      await it.click('Show more sessions');
      expect(it.memory.queries[0]?.query).to.deep.equal({cursor: 'page 2'});
      it.memory.queries[0]?.answer({
        sessions: [{...(held[2] as Session), id: 'old', title: 'Long ago', updated: ago(9999)}],
      });
      await it.shows('Fix the build', 'Write the manual', 'Tidy up', 'Long ago');
      await it.gone('button', 'Show more sessions');
    });
  });

  describe('changes', () => {
    it('render the row that changed, and no other', async () => {
      const it = await withThree();
      await it.shows('Fix the build', 'Write the manual', 'Tidy up');
      const rendered: string[] = [];
      const prototype = SessionListRow.prototype as unknown as {render(this: SessionListRow): unknown};
      const {render} = prototype;
      prototype.render = function () {
        rendered.push(this.sessionId);
        return render.call(this);
      };
      try {
        it.memory.put({id: 'b', status: 'failed'});
        await waitUntil(() => textOf(row(it, 'Write the manual')).includes('Failed'));
        expect(rendered).to.deep.equal(['b']);
      } finally {
        prototype.render = render;
      }
    });

    it('of the order keep the focus, and what is being typed', async () => {
      const it = await withThree();
      const title = await it.get('button', 'Fix the build');
      title.focus();
      it.memory.put({id: 'c', updated: ago(0)});
      it.memory.put({id: 'b', updated: ago(0.5)});
      await it.shows('Tidy up', 'Write the manual', 'Fix the build');
      isFocused(it, title);
      await it.click('Rename Fix the build');
      await waitUntil(() => focused(it) === it.all('textbox', 'Title')[0]);
      await sendKeys({type: 'Fix it'});
      it.memory.put({id: 'a', updated: ago(-1)});
      await it.shows('Tidy up', 'Write the manual');
      await waitUntil(() => it.all('listitem')[0]?.querySelector('input') !== null);
      const box = focused(it) as HTMLInputElement;
      expect(box.value).to.equal('Fix it');
      expect(box.selectionStart).to.equal(6);
    });

    it('elsewhere that remove the focused row leave the focus on the next', async () => {
      const it = await withThree();
      (await it.get('button', 'Archive Tidy up')).focus();
      it.memory.remove('c');
      await it.shows('Fix the build', 'Write the manual');
      isFocused(it, await it.get('button', 'Write the manual'));
    });
  });

  it('shows the sessions of the provider that it is bound to, also when that changes', async () => {
    const one = await withThree();
    const two = await scene(html``, {}, (memory) => memory.put({id: 'z', title: 'Of another world'}));
    [one.provider.id, two.provider.id] = ['one', 'two'];
    await one.shows('Fix the build', 'Write the manual', 'Tidy up');
    element(one).setAttribute('context', 'two');
    await one.shows('Of another world');
    element(one).setAttribute('context', 'one');
    await one.shows('Fix the build', 'Write the manual', 'Tidy up');
    two.put('y', 'Not of this one');
    one.put('d', 'Of this one', 'finished', {updated: ago(-1)});
    await one.shows('Of this one', 'Fix the build', 'Write the manual', 'Tidy up');
  });

  describe('is accessible', () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      it(`in ${colorScheme}`, async () => {
        await emulateMedia({colorScheme});
        document.documentElement.style.setProperty('color-scheme', 'light dark');
        const it = await scene(list, {}, (memory) => {
          three(memory);
          memory.put({id: 'd', title: 'Asks something', status: 'waiting', unread: true});
          memory.put({id: 'e', title: 'Did not work', status: 'failed', error: {code: 'agent', message: 'Broken.'}});
          memory.put({id: 'f', title: 'A child', status: 'running', parent: 'a', turn: 't'});
        });
        it.provider.selected = 'a';
        await it.get('button', 'A child');
        // What comes with the pointer or the focus has its colours then.
        for (const each of deep(it.provider)) if (each.classList.contains('actions')) each.style.opacity = '1';
        await expect(element(it)).to.be.accessible();
        await it.click('Rename Tidy up');
        await it.get('textbox', 'Title');
        await expect(element(it)).to.be.accessible();
        await it.click('Delete Fix the build');
        await it.get('dialog');
        await expect(element(it)).to.be.accessible();
        await emulateMedia({colorScheme: 'light'});
      });
    }

    it('while it is empty, loads, or has no connection', async () => {
      const it = await scene(list, {welcome: false});
      await expect(element(it)).to.be.accessible();
      it.memory.welcome();
      await it.get('paragraph', 'No sessions yet.');
      await expect(element(it)).to.be.accessible();
      it.memory.refuse('unauthorized');
      await it.get('paragraph', /^Not connected/);
      await expect(element(it)).to.be.accessible();
    });
  });
});
