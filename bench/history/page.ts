import {behindFrame} from '../kit/behind-frame.ts';
import '../../src/define.ts';
import {loadParts} from '../../src/markdown/view/later-parts.ts';

const STEPS = 20;
/** Frames in which nothing changes any more. */
const STILL = 8;

let context = document.createElement('session-context');
let chat = document.createElement('agent-chat');

const log = (): Element | null | undefined => chat.shadowRoot?.querySelector('[role=log]');
const articles = (): Element[] => [...(chat.shadowRoot?.querySelectorAll('article') ?? [])];

/** The message of that number is on the screen. */
function isSeen(number: number): boolean {
  const box = log()?.getBoundingClientRect();
  const article = articles().findLast((each) => each.textContent?.includes(`Message ${number}.`));
  const {top = NaN, bottom = NaN} = article?.getBoundingClientRect() ?? {};
  return !!box && bottom > box.top && top < box.bottom;
}

/** Resolves when what stands there does not change any more. */
async function settled(): Promise<void> {
  for (let still = 0, before = ''; still < STILL;) {
    await behindFrame();
    const now = [log()?.scrollTop, log()?.scrollHeight, chat.shadowRoot?.querySelectorAll('*').length].join();
    still = now === before ? still + 1 : 0;
    before = now;
  }
}

const conversation = {
  /** A page that shows this session, and has loaded what it needs for it. */
  async prepare(url: string, session: string, last: number): Promise<void> {
    context = document.createElement('session-context');
    chat = document.createElement('agent-chat');
    context.url = url;
    context.persist = 'none';
    chat.style.blockSize = '100vh';
    context.append(chat);
    document.body.append(context);
    await loadParts();
    await conversation.open(session, last);
  },

  /** Resolves to milliseconds of the clock until the last message was on the screen, once all around it is drawn. */
  async open(session: string, last: number): Promise<number> {
    const begin = performance.now();
    context.selected = session;
    while (!isSeen(last)) await behindFrame();
    const seen = performance.now() - begin;
    await settled();
    return seen;
  },

  /** Until this message has come. */
  async come(number: number): Promise<void> {
    while (!isSeen(number)) await behindFrame();
    await settled();
  },

  /** Resolves at the beginning of what is loaded by then. */
  async scrollToTop(): Promise<void> {
    for (let step = STEPS; step > 0; step--) {
      const element = log();
      if (element) element.scrollTop -= element.scrollTop / step;
      await settled();
    }
  },

  /** Nodes of the page. */
  nodes(): number {
    return chat.shadowRoot?.querySelectorAll('*').length ?? 0;
  },

  /** Takes it away as a page does that shows something else. */
  close(): void {
    context.remove();
    chat.remove();
  },
};

declare global {
  interface Window {
    conversation: typeof conversation;
  }
}
window.conversation = conversation;
