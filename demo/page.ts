import '../src/define.ts';
import type {SessionContext} from '../src/index.ts';

/**
 * What the demo's pages have in common: which server, as whom, and which session. `?backend=` and `?url=` pick another server,
 * `#token=` says who comes, and `?session=` is the selected session, so that reload and the back button keep it.
 */
export function startPage(context: SessionContext): void {
  const address = new URL(location.href);
  const fragment = new URLSearchParams(address.hash.slice(1));
  const token = fragment.get('token');
  if (token !== null) {
    // A secret must not stay where it can be read, copied or bookmarked.
    fragment.delete('token');
    address.hash = fragment.toString();
    history.replaceState(history.state, '', address);
    context.token = token;
  }
  context.backend = address.searchParams.get('backend') ?? 'session-sync';
  context.url = address.searchParams.get('url') ?? '/sync';

  const fromAddress = (): void => {
    context.selected = new URL(location.href).searchParams.get('session');
  };
  fromAddress();
  addEventListener('popstate', fromAddress);
  context.addEventListener('selection-change', ({sessionId}) => {
    const next = new URL(location.href);
    if (sessionId === undefined) next.searchParams.delete('session');
    else next.searchParams.set('session', sessionId);
    if (next.href !== location.href) history.pushState(null, '', next);
  });
}
