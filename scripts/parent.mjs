/** What npm calls what it does when it starts a server. */
const STARTERS = ['serve', 'start', 'npx'];

/**
 * Under npm a shell may stand between npm and this process, and dies of npm's SIGTERM without passing it on; npm itself may
 * be killed. Nobody would know then of a server that goes on and keeps its database. So what npm has started ends with its
 * parent, as if it had been asked to; what was started by hand may outlive its shell.
 */
export function endWithParent() {
  const {npm_lifecycle_event: script} = process.env;
  if (script === undefined || !STARTERS.includes(script)) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, 100);
  timer.unref();
}
