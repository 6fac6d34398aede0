import {line, settled, type RuntimePage, type Script} from './testkit.ts';

/** The thread with the turn of each line: "1" is the one that began first, "?" is nobody knows which. */
export function threadOf(page: RuntimePage, session = 's1'): readonly string[] {
  const turns: string[] = [];
  return page.events(session).map(({event, command}) => {
    const turn = 'turn' in event ? event.turn : undefined;
    if (event.kind === 'turn-began') turns.push(event.turn);
    const at = turn === undefined ? -1 : turns.indexOf(turn);
    return `${at >= 0 ? at + 1 : turn === undefined ? '-' : '?'} ${line(event, command)}`;
  });
}

/** A turn of another page, with its job. */
export function begins(script: Script, prompt: string): {status: string} {
  const job = script.job('s1', prompt);
  script.resume('s1', prompt);
  return job as {status: string};
}

/** The jobs are asked again, in this time twice if it is not said otherwise. */
export async function looks({script}: RuntimePage, ms = 31_000): Promise<void> {
  script.world.passes(ms);
  await settled();
}
