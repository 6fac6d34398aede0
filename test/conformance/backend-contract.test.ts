import {describe, it} from 'node:test';
import {createMemoryBackend} from '../../src/backend/memory/memory-backend.ts';
import {FakeWorld} from '../../src/backend/session-sync/testkit.ts';
import {backendContract} from '../../src/conformance.ts';

/** With the runner of Node, as who writes a backend may have it; the other backends run it beside their own tests. */
backendContract(
  'memory',
  (emit) => {
    const memory = createMemoryBackend();
    const backend = memory.factory({url: '', environment: new FakeWorld(), emit});
    return {
      backend,
      server: {
        welcome: () => memory.welcome(),
        drop: () => memory.drop(),
        retry: () => backend.reconnect(),
        put: (session) => memory.put(session),
        event: (session, event, command) => memory.event(session, event, command ? {command} : {}),
        commands: () => memory.delivered,
        ack: (command) => memory.ack(command),
        reject: (command, code, message) => memory.reject(command, code, message),
      },
    };
  },
  {describe, it},
);
