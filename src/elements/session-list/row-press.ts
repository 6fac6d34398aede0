import type {ReactiveController, ReactiveElement} from 'lit';
import type {SessionListRow} from './session-list-row.ts';

/** What is pressed for itself; the title is what opens a row. */
const CONTROLS = 'button:not(.open), input, form, .actions';

/**
 * A row is its title's button from edge to edge: it is opened and takes the focus wherever it is pressed, and no text is
 * selected from it. Nothing lies over the row for that: it would be painted again with each change, and hide the tooltips
 * below it. It listens at the root, because what listens itself is told to readers as something to be clicked.
 */
export class RowPress implements ReactiveController {
  readonly #list: ReactiveElement;

  constructor(list: ReactiveElement) {
    this.#list = list;
    list.addController(this);
  }

  hostConnected(): void {
    this.#list.renderRoot.addEventListener('mousedown', this.#onMousedown);
    this.#list.renderRoot.addEventListener('click', this.#onClick);
  }

  readonly #onMousedown = (event: Event): void => {
    const title = rowAt(event)?.querySelector<HTMLElement>('.open');
    if (!title || !(event instanceof MouseEvent) || event.button !== 0 || event.target === title) return;
    event.preventDefault();
    title.focus({preventScroll: true, focusVisible: false});
  };

  readonly #onClick = (event: Event): void => {
    if (event instanceof MouseEvent) rowAt(event)?.choose(event);
  };
}

function rowAt({target}: Event): SessionListRow | undefined {
  const row = target instanceof Element && !target.closest(CONTROLS) && target.closest('session-list-row');
  return row || undefined;
}
