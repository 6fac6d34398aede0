import {startPage} from './page.ts';

const context = document.querySelector('session-context');
if (context) startPage(context);

/** A button that shows and hides what it controls. */
function drawer(id: string): (open: boolean) => void {
  const button = document.getElementById(id);
  const set = (open: boolean): void => button?.setAttribute('aria-expanded', String(open));
  button?.addEventListener('click', () => set(button.getAttribute('aria-expanded') !== 'true'));
  return set;
}

const showList = drawer('show-list');
const showEvents = drawer('show-events');
// On a narrow page the list is in the way as soon as a choice is made.
for (const choice of ['session-select', 'session-new'] as const) {
  document.addEventListener(choice, () => showList(false));
}
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || event.defaultPrevented) return;
  showList(false);
  if (matchMedia('(width < 70rem)').matches) showEvents(false);
});
