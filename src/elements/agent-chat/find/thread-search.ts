import {itemKey, itemText} from '../../../model/item-text.ts';
import {wordsBegin} from '../../../model/words.ts';
import type {ThreadCell} from '../../../store/cells.ts';
import type {SessionStore} from '../../../store/session-store.ts';
import {nextFrame} from '../next-frame.ts';

/** As many entries are looked through in one frame. */
const AT_ONCE = 300;

/**
 * Looks through the whole of a session for entries that hold the words of `text`, from the newest to the oldest: what is
 * loaded here, what is not by the server where it can do that. Yields the keys found so far each time there are more, and
 * at the end; stops when nobody asks for more.
 */
export async function* search(
  store: SessionStore,
  session: string,
  thread: ThreadCell,
  text: string,
): AsyncGenerator<readonly string[]> {
  const found = new Set<string>();
  const {next} = thread.confirmed;
  const items = [...thread.items];
  for (let end = items.length; end > 0; end -= AT_ONCE) {
    const before = found.size;
    for (const item of items.slice(Math.max(0, end - AT_ONCE), end).reverse()) {
      if (wordsBegin(itemText(item), text) && item.kind !== 'gap') found.add(item.key);
    }
    if (found.size > before) yield [...found];
    await nextFrame();
  }
  for (let before = store.can('find') ? next : undefined; before !== undefined;) {
    const page = await store.findEvents(session, text, before);
    if (!page) return;
    for (const event of page.events.toReversed()) {
      const key = itemKey(event);
      if (key !== undefined) found.add(key);
    }
    yield [...found];
    before = typeof page.next === 'number' ? page.next : undefined;
  }
  yield [...found];
}
