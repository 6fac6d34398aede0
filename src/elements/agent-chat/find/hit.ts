import {wordsBegin} from '../../../model/words.ts';
import type {AgentChatItem} from '../chat-item.ts';
import {pattern} from './found-marks.ts';

const isShown = (entry: Element, text: string): boolean => wordsBegin(entry.textContent ?? '', text);

/** Opens what hides the words in an entry: the entry itself, then those of its long texts that have them. */
export async function unfold(entry: AgentChatItem, text: string): Promise<void> {
  const item = entry.item?.get();
  if (!item || isShown(entry, text)) return;
  if (item.kind === 'tool' || item.kind === 'thought') {
    entry.unfolded.add(item.key);
    entry.requestUpdate();
    await entry.updateComplete;
  }
  for (const button of entry.querySelectorAll<HTMLButtonElement>('button.unfold')) {
    if (isShown(entry, text)) return;
    button.click();
    if (!isShown(entry, text)) button.click();
  }
}

/** Scrolls to the first of the words in an entry, also inside of what scrolls in it, if it cannot be seen. */
export function bringIntoView(entry: Element, text: string): void {
  const hit = firstHit(entry, text);
  // A folded block of code opens for whoever finds something in it, as for the browser's own search.
  hit?.startContainer.parentElement?.closest('[hidden]')?.dispatchEvent(new Event('beforematch'));
  for (let around = hit?.startContainer.parentElement; hit && around; around = around.parentElement) {
    const {top, bottom} = hit.getBoundingClientRect();
    const box = around.getBoundingClientRect();
    if (around.scrollHeight > around.clientHeight && (top < box.top || bottom > box.bottom)) {
      around.scrollTop += top - box.top - around.clientHeight / 3;
    }
  }
}

function firstHit(entry: Element, text: string): Range | undefined {
  const words = pattern(text);
  const texts = document.createTreeWalker(entry, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); words && node; node = texts.nextNode()) {
    const at = node.textContent?.search(words) ?? -1;
    if (at < 0 || node.parentElement?.closest('.hidden, [aria-hidden=true]')) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    return range;
  }
  return undefined;
}
