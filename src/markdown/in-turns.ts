/** How long it works before it lets others work, in milliseconds. */
const TURN = 10;

const waiting: (() => boolean)[] = [];

/**
 * Does what is a lot piece by piece, so that the page answers meanwhile: `work` does a piece, and says whether there is
 * more. It is done in tasks of its own, but if nothing of it is there yet (`isFirst`) not after the next frame; what came
 * last first: it stands at the end of the conversation, where most readers are.
 */
export function inTurns(work: () => boolean, isFirst: boolean): void {
  if (waiting.push(work) > 1) return;
  if (!isFirst) {
    setTimeout(turn);
    return;
  }
  const begin = (): void => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    turn();
  };
  const frame = requestAnimationFrame(begin);
  const timer = setTimeout(begin);
}

function turn(): void {
  const end = performance.now() + TURN;
  do {
    const work = waiting.at(-1);
    if (work && !work()) waiting.splice(waiting.indexOf(work), 1);
  } while (waiting.length > 0 && performance.now() < end);
  if (waiting.length > 0) setTimeout(turn);
}
