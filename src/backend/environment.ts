import type {Environment, SocketLike} from './backend.ts';

/** A UUID of version 4 in lower case. Not `crypto.randomUUID`, which insecure origins do not have. */
const uuid = (): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte, at) => {
    const marked = at === 6 ? (byte & 0x0f) | 0x40 : at === 8 ? (byte & 0x3f) | 0x80 : byte;
    return marked.toString(16).padStart(2, '0');
  });
  return hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
};

/** The page as the world of a backend. Touches nothing before it is used, so it can be imported on a server. */
export const pageEnvironment: Environment = {
  now: () => Date.now(),
  timer: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
  uuid,
  // The DOM's types let a page call the listeners with any event; a browser never does.
  openSocket: (url, protocol) => new WebSocket(url, protocol) as SocketLike,
  onWake: (run) => {
    const whenVisible = () => {
      if (document.visibilityState === 'visible') run();
    };
    addEventListener('online', run);
    document.addEventListener('visibilitychange', whenVisible);
    return () => {
      removeEventListener('online', run);
      document.removeEventListener('visibilitychange', whenVisible);
    };
  },
};
