import {ContextEvent, type Context, type ContextCallback} from '@lit/context';
import {sessionContext, type SessionScope} from './scope.ts';

type Request = ContextEvent<Context<unknown, SessionScope | undefined>>;

/** The providers that serve the whole document, in the order of their arrival: the first one does. */
const providers: Element[] = [];

/**
 * Lets `provider` answer consumers anywhere in the document, unless another one does already; returns how to stop that.
 * A request that no ancestor has answered comes up to the root element, and is handed to the provider itself.
 */
export function serveDocument(provider: Element): () => void {
  const [first] = providers;
  providers.push(provider);
  if (first) {
    console.warn('Two <session-context scope="document"> are on this page. The first one is used.', first, provider);
  } else document.documentElement.addEventListener('context-request', forward as EventListener);
  return () => {
    providers.splice(providers.indexOf(provider), 1);
    // Consumers ask again when a provider appears, and for them one does.
    if (providers.length) document.dispatchEvent(new Event('context-provider'));
    else document.documentElement.removeEventListener('context-request', forward as EventListener);
  };
}

function forward(event: Request): void {
  const [provider] = providers;
  if (event.context !== sessionContext || !provider) return;
  event.stopPropagation();
  const consumer = event.contextTarget ?? (event.composedPath()[0] as Element);
  provider.dispatchEvent(
    new ContextEvent(sessionContext, consumer, event.callback as ContextCallback<SessionScope | undefined>, true),
  );
}
