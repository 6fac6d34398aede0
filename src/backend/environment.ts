import type {Environment, SocketLike} from './backend.ts';

/** A UUID of version 4 in lower case. Not `crypto.randomUUID`, which insecure origins do not have. */
const uuid = (): string =>
  'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replace(/x/g, () => {
    const [byte = 0] = crypto.getRandomValues(new Uint8Array(1));
    return (byte % 16).toString(16);
  });

/** Milliseconds; what is longer would run at once. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

/** The page as the world of a backend. Touches nothing before it is used, so it can be imported on a server. */
export const pageEnvironment: Environment = {
  // Not the time of day: who puts the clock back would make every pause as long as that.
  now: () => performance.now(),
  timer: (ms, run) => {
    const timer = setTimeout(run, Math.min(ms, LONGEST_TIMEOUT));
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
