import {fetchItemRenderers} from './elements/agent-chat/item-renderers.ts';
import {firstContent} from './elements/shared/first-content.ts';
import {defineElements, type Elements} from './registration/define-elements.ts';
import {elements as first} from './registration/first.ts';

/** How long the rest waits for the first message at most, in milliseconds. */
const PATIENCE = 3000;

/**
 * For plain pages: what shows the first message comes with this file, the rest as files beside it. They are loaded when
 * that is done; at once where there is no conversation on the page.
 */
function register(): void {
  if (!defineElements(first)) return;
  const details = once(() => import('./registration/chat-details.ts'));
  fetchItemRenderers(details);
  const rest = (): void => {
    load(() => import('./registration/list.ts'));
    load(() => import('./registration/extras.ts'));
    details();
  };
  if (!document.querySelector('agent-chat')) rest();
  else void Promise.race([firstContent, patience()]).then(() => requestAnimationFrame(rest));
}

const patience = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, PATIENCE));

type Part = () => Promise<{readonly elements: Elements}>;

/** Loads and defines; says so where that fails, and then calls `failed`. */
function load(part: Part, failed = (): void => {}): void {
  part().then(
    ({elements}) => defineElements(elements),
    (cause: unknown) => {
      console.error('agent-session-elements: a part could not be loaded.', cause);
      failed();
    },
  );
}

/** Asked for many times, loaded once; a file that could not be loaded is tried again when it is wanted again. */
function once(part: Part): () => void {
  let loading = false;
  return () => {
    if (loading) return;
    loading = true;
    load(part, () => (loading = false));
  };
}

register();

export {pageEnvironment} from './backend/environment.ts';
export {registerBackend} from './backend/registry.ts';
export * from './events.ts';
export {SessionStore} from './store/session-store.ts';
