import type {Command} from '../model/commands.ts';
import {QueryError, type Backend, type BackendFactory} from './backend.ts';

/**
 * A backend in a file of its own, which is loaded when a page first wants the connection. It imports nothing that the
 * page has already (types aside), so that nothing has to be split off for both.
 */
export const lazyBackend =
  (load: () => Promise<BackendFactory>): BackendFactory =>
  (options) => {
    let inner: Backend | undefined;
    let isLoading = false;
    let isWanted = false;
    let watched: readonly string[] = [];
    let commands: readonly Command[] = [];
    const connect = (): void => {
      isWanted = true;
      if (inner) return inner.connect();
      if (isLoading) return;
      isLoading = true;
      options.emit([{type: 'connection', status: 'connecting'}]);
      load().then(loaded, () => {
        isLoading = false;
        if (!isWanted) return;
        const message = 'A part of this page, which talks to this kind of server, could not be loaded.';
        options.emit([
          {type: 'connection', status: 'refused', reason: 'unknown-backend'},
          {type: 'problem', code: 'unknown-backend', message},
        ]);
      });
    };
    const loaded = (factory: BackendFactory): void => {
      inner = factory(options);
      inner.watch(watched);
      inner.deliver(commands);
      if (isWanted) inner.connect();
    };
    return {
      get lacks() {
        return inner?.lacks ?? [];
      },
      connect,
      disconnect() {
        const was = isWanted;
        isWanted = false;
        if (inner) inner.disconnect();
        else if (was) options.emit([{type: 'connection', status: 'idle'}]);
      },
      reconnect: () => (inner ? inner.reconnect() : connect()),
      watch: (sessions) => void (inner ? inner.watch(sessions) : (watched = sessions)),
      deliver: (all) => void (inner ? inner.deliver(all) : (commands = all)),
      query: (query) =>
        (inner?.query(query) ?? Promise.reject({code: 'offline'})).catch(({code, message}) => {
          throw new QueryError(code, message);
        }),
    };
  };
