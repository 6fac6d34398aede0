import {timeOf, titleOf, type Status} from './candidate.ts';

/**
 * The least that shows such a list: rows of the same parts for what is in sight and a little more, a space for the rest, and a change
 * touches the row that it is about, if there is one.
 */
const ROW = 66;
/** As many pixels of rows are ready below what is seen. */
const MARGIN = 400;
const statuses: Status[] = [];
const rows = new Map<number, {readonly status: HTMLElement; readonly stop: HTMLElement}>();

const styles = new CSSStyleSheet();
styles.replaceSync(`
  #list { block-size: 100vh; overflow: auto; font: 16px/1.5 sans-serif; }
  #list > .row { block-size: ${ROW}px; contain: content; }
  #list .actions { display: inline-flex; gap: 4px; }
`);
document.adoptedStyleSheets.push(styles);

function part<K extends keyof HTMLElementTagNameMap>(tag: K, text = '', name = ''): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (text) element.append(text);
  if (name) element.setAttribute('aria-label', name);
  return element;
}

const word = (status: Status | undefined): string => (status === 'running' ? 'Running' : 'Finished');

function rowAt(place: number): HTMLElement {
  const row = part('div');
  row.className = 'row';
  const status = part('span', word(statuses[place]));
  const time = part('time', new Date(timeOf(place)).toLocaleString('en'));
  const actions = part('div');
  actions.className = 'actions';
  const buttons = ['Stop', 'Rename', 'Archive', 'Copy the id of', 'Delete'].map((action) =>
    part('button', action, `${action} ${titleOf(place)}`),
  );
  const [stop = part('button')] = buttons;
  stop.hidden = statuses[place] !== 'running';
  actions.append(...buttons);
  row.append(part('button', titleOf(place)), time, status, part('span', 'Agent'), actions);
  rows.set(place, {status, stop});
  return row;
}

window.list = {
  async prepare(count) {
    for (let place = 0; place < count; place++) statuses.push('finished');
  },
  mount() {
    const list = part('div');
    list.id = 'list';
    list.setAttribute('role', 'list');
    const wanted = Math.min(statuses.length, Math.ceil((innerHeight + MARGIN) / ROW));
    for (let place = 0; place < wanted; place++) list.append(rowAt(place));
    const rest = part('div');
    rest.style.blockSize = `${(statuses.length - wanted) * ROW}px`;
    list.append(rest);
    document.body.append(list);
  },
  change(place, status) {
    statuses[place] = status;
    const row = rows.get(place);
    if (!row) return;
    row.status.textContent = word(status);
    row.stop.hidden = status !== 'running';
  },
  shown: (places) => places.map((place) => rows.get(place)?.status.textContent ?? undefined),
};
