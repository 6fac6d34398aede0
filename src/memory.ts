export {createMemoryBackend} from './backend/memory/memory-backend.ts';
export type {
  MemoryBackend,
  MemoryHandlers,
  MemoryQuery,
  StreamPiece,
  Welcome,
} from './backend/memory/memory-backend.ts';
export {createObedientBackend} from './backend/memory/obedient.ts';
export type {ObedientBackend, ObedientOptions} from './backend/memory/obedient.ts';
