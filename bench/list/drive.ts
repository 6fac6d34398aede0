import type {Status} from './candidate.ts';

/** How many changes come in one frame: about 240 a second. */
const IN_FRAME = 4;
/** Places that are on the screen, and where those begin that are not, not even a little below it. */
const SEEN = 8;
const UNSEEN = 40;

export async function frames(count: number): Promise<void> {
  for (let round = 0; round < count; round++) await new Promise((resolve) => requestAnimationFrame(resolve));
}

const wordOf = (status: Status): string => (status === 'running' ? 'Running' : 'Finished');

/** Every second change is of a row that is seen. */
const changeAt = (number: number, count: number): readonly [number, Status] => {
  const place = number % 2 ? number % SEEN : UNSEEN + ((number * 37) % (count - UNSEEN));
  return [place, Math.floor(number / (2 * SEEN)) % 2 ? 'finished' : 'running'];
};

export const drive = {
  /** Resolves when the rows are drawn. Returns milliseconds of the clock until they were there. */
  async mount(): Promise<number> {
    const begin = performance.now();
    window.list.mount();
    const places = Array.from({length: SEEN}, (_, place) => place);
    while (window.list.shown(places).includes(undefined)) await frames(1);
    const seen = performance.now() - begin;
    await frames(10);
    return seen;
  },

  /** Resolves to whether what is seen is right in the end. */
  async change(times: number, count: number): Promise<boolean> {
    const last = new Map<number, Status>();
    for (let number = 0; number < times; number++) {
      const [place, status] = changeAt(number, count);
      last.set(place, status);
      window.list.change(place, status);
      if (number % IN_FRAME === IN_FRAME - 1) await frames(1);
    }
    await frames(3);
    const seen = [...last].filter(([place]) => place < SEEN);
    const shown = window.list.shown(seen.map(([place]) => place));
    return seen.every(([, status], at) => shown[at] === wordOf(status));
  },
};

declare global {
  interface Window {
    driveList: typeof drive;
  }
}
window.driveList = drive;
