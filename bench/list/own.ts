import '../../src/define.ts';
import {createMemoryBackend} from '../../src/backend/memory/memory-backend.ts';
import type {Session} from '../../src/model/session.ts';
import {timeOf, titleOf} from './candidate.ts';
import {frames} from './drive.ts';

/** The store knows all of them before the list comes; what a server sends is less, a page of 200 at a time. */
const memory = createMemoryBackend();
let rev = 1;
const context = document.createElement('session-context');

const sessionAt = (place: number, status: Session['status'] = 'finished', rev = 1): Session => {
  const time = new Date(timeOf(place)).toISOString();
  return {
    id: `s${place}`,
    rev,
    title: titleOf(place),
    status,
    agent: 'agent',
    created: time,
    updated: time,
  };
};

window.list = {
  async prepare(count) {
    context.backend = memory.factory;
    context.persist = 'none';
    document.body.append(context);
    await context.updateComplete;
    for (let place = 0; place < count; place++) memory.sessions.set(`s${place}`, sessionAt(place));
    memory.welcome();
    // What a list is made of is loaded once, and is not what is measured.
    const first = context.appendChild(document.createElement('session-list'));
    await first.updateComplete;
    await frames(20);
    first.remove();
    await frames(20);
  },
  mount() {
    const list = document.createElement('session-list');
    list.style.blockSize = '100vh';
    context.append(list);
  },
  change(place, status) {
    memory.tell({type: 'session', session: sessionAt(place, status, ++rev)});
  },
  shown(places) {
    const rows = [...(context.querySelector('session-list')?.shadowRoot?.querySelectorAll('session-list-row') ?? [])];
    const statusOf = new Map(
      rows.map((row) => [
        row.querySelector('[part~=row-title]')?.textContent?.trim(),
        row.querySelector('[part~=row-status]')?.textContent?.trim(),
      ]),
    );
    return places.map((place) => statusOf.get(titleOf(place)));
  },
};
