import {fetchItemRenderers} from './elements/agent-chat/item-renderers.ts';
import {defineElements, type Elements} from './registration/define-elements.ts';
import {elements as first} from './registration/first.ts';

/** How long the rest waits for the first message, in milliseconds. */
const PATIENCE = 1000;

/**
 * For plain pages: the conversation comes with this file, everything else as files beside it. What stands on the page is
 * loaded at once; what does not is loaded a little later all the same, because it may stand where nobody can look.
 */
function register(): void {
  if (!defineElements(first)) return;
  const list = once(() => import('./registration/list.ts'));
  const extras = once(() => import('./registration/extras.ts'));
  const details = once(() => import('./registration/chat-details.ts'));
  fetchItemRenderers(details);
  if (document.querySelector('session-list, connection-status')) list();
  if (document.querySelector('session-events, session-notices')) extras();
  setTimeout(() => {
    list();
    extras();
    details();
  }, PATIENCE);
}

/** Loads and defines; a file that could not be loaded is tried again when it is wanted again. */
function once(load: () => Promise<{readonly elements: Elements}>): () => void {
  let loading = false;
  return () => {
    if (loading) return;
    loading = true;
    load().then(
      ({elements}) => defineElements(elements),
      (cause: unknown) => {
        loading = false;
        console.error('agent-session-elements: a part could not be loaded.', cause);
      },
    );
  };
}

register();

export {pageEnvironment} from './backend/environment.ts';
export {registerBackend} from './backend/registry.ts';
export * from './events.ts';
export {SessionStore} from './store/session-store.ts';
