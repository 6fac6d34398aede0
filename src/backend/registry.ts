import type {Backend, BackendFactory} from './backend.ts';
import {lazyBackend} from './lazy.ts';
import {createSessionSync} from './session-sync/session-sync.ts';

const agentRuntime = () => import('./agent-runtime/agent-runtime.ts').then((module) => module.createAgentRuntime);

const backends = new Map<string, BackendFactory>([
  ['session-sync', createSessionSync],
  ['agent-runtime', lazyBackend(agentRuntime)],
]);

/** Makes a backend known under a name, for the `backend` attribute of `<session-context>`. */
export const registerBackend = (name: string, factory: BackendFactory): void => void backends.set(name, factory);

/** The backend of that name; for a name that nobody registered one that says so and never connects. */
export const findBackend = (name: string): BackendFactory => backends.get(name) ?? unknownBackend(name);

const unknownBackend =
  (name: string): BackendFactory =>
  ({emit}): Backend => {
    const refuse = (): void => {
      const known = [...backends.keys()].join(', ');
      const message = `There is no backend “${name}”. Known ones: ${known}.`;
      emit([
        {type: 'connection', status: 'refused', reason: 'unknown-backend'},
        {type: 'problem', code: 'unknown-backend', message},
      ]);
    };
    return {
      connect: refuse,
      reconnect: refuse,
      disconnect: () => emit([{type: 'connection', status: 'idle'}]),
      watch() {},
      deliver() {},
      query: () => Promise.resolve({sessions: [], events: []}),
    };
  };
