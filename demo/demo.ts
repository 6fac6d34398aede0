import {startPage} from './page.ts';

const context = document.querySelector('session-context');
if (context) void inspect(context).then(() => startPage(context));

/** With `?inspect` in the address every frame is shown, from the first one: the page connects only then. */
async function inspect(provider: Element): Promise<void> {
  if (!new URLSearchParams(location.search).has('inspect')) return;
  await import('../src/inspector.ts');
  const place = document.createElement('aside');
  place.id = 'inspector';
  place.ariaLabel = 'Frame inspector';
  place.append(document.createElement('session-inspector'));
  provider.append(place);
}

/** A button that shows and hides what it controls. */
function drawer(id: string): (open: boolean) => void {
  const button = document.getElementById(id);
  const isOpen = (): boolean => button?.getAttribute('aria-expanded') === 'true';
  const set = (open: boolean): void => {
    if (open === isOpen()) return;
    button?.setAttribute('aria-expanded', String(open));
    // What is hidden cannot keep the focus.
    if (!open) button?.focus();
  };
  button?.addEventListener('click', () => set(!isOpen()));
  return set;
}

const showList = drawer('show-list');
const showEvents = drawer('show-events');
// On a narrow page the list is in the way as soon as a choice is made.
document.addEventListener('session-select', () => showList(false));
document.addEventListener('session-new', () => {
  showList(false);
  // After the selection has gone: whoever wants a new conversation wants to write.
  queueMicrotask(() => document.querySelector('agent-chat')?.focus());
});
document.addEventListener('keydown', ({key, defaultPrevented}) => {
  if (key !== 'Escape' || defaultPrevented) return;
  showList(false);
  if (matchMedia('(width < 70rem)').matches) showEvents(false);
});
