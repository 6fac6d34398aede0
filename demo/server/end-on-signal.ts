import type {Log} from './core/ports.ts';
import type {RunningServer} from './server.ts';

/** Ends the process when it is asked to, with 0 when everything is closed and stored; after a crash with 1. */
export function endOnSignal(server: RunningServer, log: Log): void {
  let stopping = false;
  const stop = (signal: string): void => {
    if (stopping) return;
    stopping = true;
    log('info', 'stopping', {signal});
    server.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log('error', 'stop-failed', {error});
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // What was acknowledged is stored: to start again is safer than to go on in a state that nobody knows.
  process.on('uncaughtException', (error) => {
    log('error', 'crashed', {error});
    process.exit(1);
  });
}
