import type {ReactiveElement} from 'lit';
import type {LongList} from '../../model/long-list.ts';
import type {ThreadCell} from '../../store/cells.ts';
import type {AgentChatItem} from './chat-item.ts';
import type {CurrentSession} from './current-session.ts';
import {nextFrame} from './next-frame.ts';
import {ownTask} from '../shared/own-task.ts';
import {Unfolding} from './unfolding.ts';
import type {Place, ScrollKeeper} from './scroll-keeper.ts';
import {ThreadColumn} from './thread-column.ts';
import type {Column, ThreadItems} from './thread-items.ts';
import type {ThreadView} from './thread-view.ts';
import {HEAD, placeOf, ThreadWindow} from './thread-window.ts';
import {hasSelection} from './has-selection.ts';

/** For so many milliseconds one step follows another in the same task, half of what there is for a frame. */
const BUDGET = 8;
/** As many times the height of what is seen is ready above and below it. */
const READY = 1.5;
/** Older ones are asked for when fewer than so many times that height are left. */
const OLDER = 2;

/** What a reader moves by, for so many milliseconds. */
const MOVES = ['wheel', 'touchmove', 'keydown', 'pointerdown'];
const MOVING = 1000;

/** An entry, and how many pixels below the upper edge it stands. */
interface Anchor {
  readonly key: string;
  readonly offset: number;
}

/**
 * Where in a thread a person reads: what stands around that is in the document, it stays where it is on the screen
 * whatever comes or grows, older messages are loaded before it is reached that there are none, and who comes back to a
 * session finds the place again.
 */
export class ReadingPlace implements Place {
  readonly #host: ReactiveElement;
  readonly #session: CurrentSession;
  readonly #scroll: ScrollKeeper;
  readonly #items: ThreadItems;
  readonly #window = new ThreadWindow();
  readonly #column: ThreadColumn;
  readonly #unfolding: Unfolding;
  /** By the id of the session; who was at the end has none. */
  readonly #places = new Map<string, Anchor>();
  #thread: ThreadCell | undefined;
  #id: string | undefined;
  #keys: LongList<string> | undefined;
  #anchor: Anchor | undefined;
  /** The place is that of an earlier visit, and not shown yet. */
  #isReturning = false;
  #isWorking = false;
  #top = 0;
  #moved = -MOVING;
  /** The older ones that have been asked for by scrolling: where that failed, the button is left. */
  #asked: number | undefined;

  constructor(host: ReactiveElement, session: CurrentSession, scroll: ScrollKeeper, items: ThreadItems) {
    this.#host = host;
    this.#session = session;
    this.#scroll = scroll;
    this.#items = items;
    this.#unfolding = new Unfolding(host, scroll);
    this.#column = new ThreadColumn(items, (towards) => this.#showMore(towards));
    items.choose = (keys, view) => this.#choose(keys, view);
    for (const type of MOVES) host.addEventListener(type, this.#moves, {passive: true});
    // Not while it is rendered.
    void host.updateComplete.then(() => (scroll.place = this));
  }

  get isMoving(): boolean {
    return performance.now() - this.#moved < MOVING;
  }

  open(thread: ThreadCell | undefined): boolean {
    this.#switch(thread);
    return this.#anchor !== undefined;
  }

  toEnd(): void {
    this.#anchor = undefined;
    this.#isReturning = false;
    if (!this.#keys || this.#window.to === this.#keys.length) return;
    this.#window.toEnd();
    this.#items.update();
  }

  restore(): void {
    const element = this.#anchor && this.#items.get(this.#anchor.key);
    const {scroller} = this.#scroll;
    if (!this.#anchor || !element?.isConnected || !scroller) return;
    const moved = this.#offset(element) - this.#anchor.offset;
    if (Math.abs(moved) > 0.5) scroller.scrollTop += moved;
  }

  remember(hasScrolled: boolean): void {
    const {scroller, away} = this.#scroll;
    if (!scroller) return;
    const isUpwards = scroller.scrollTop < this.#top;
    this.#top = scroller.scrollTop;
    const isHeld =
      !hasScrolled && this.#anchor && (this.#isReturning || this.#items.get(this.#anchor.key)?.isConnected);
    if (!away) this.#anchor = undefined;
    else if (!isHeld) this.#anchor = this.#firstVisible();
    if (hasScrolled && isUpwards) this.#loadOlder();
    if (!hasScrolled) this.#unfolding.keep();
    void this.#work();
  }

  /** Shows the entry of this key; undefined if it is not loaded. */
  async reveal(key: string): Promise<AgentChatItem | undefined> {
    const keys = this.#keys;
    const place = keys ? placeOf(keys, key) : -1;
    if (!keys || place < 0) return undefined;
    this.#window.show(place);
    this.#anchor = {key, offset: (this.#scroll.scroller?.clientHeight ?? 0) / 3};
    this.#items.update();
    this.#scroll.leaveEnd();
    await this.#drawn();
    return this.#items.get(key);
  }

  readonly #moves = (event: Event): void => {
    if (event.composedPath().includes(this.#scroll.scroller ?? this.#host)) this.#moved = event.timeStamp;
  };

  #switch(thread: ThreadCell | undefined): void {
    if (thread === this.#thread) return;
    if (this.#id !== undefined && this.#thread) {
      if (this.#anchor) this.#places.set(this.#id, this.#anchor);
      else this.#places.delete(this.#id);
    }
    this.#thread = thread;
    this.#id = this.#session.id;
    this.#keys = this.#asked = undefined;
    this.#anchor = this.#id === undefined ? undefined : this.#places.get(this.#id);
    this.#isReturning = this.#anchor !== undefined;
    this.#window.forget();
    this.#column.forget();
  }

  #choose(keys: LongList<string>, view: ThreadView): Column {
    this.#switch(view.thread);
    this.#keys = keys;
    this.#window.follow(keys, !this.#anchor && !this.#scroll.away);
    if (this.#isReturning && this.#anchor) {
      const place = placeOf(keys, this.#anchor.key);
      this.#isReturning = false;
      if (place >= 0) this.#window.show(place);
      // It is not loaded (any more).
      else void this.#host.updateComplete.then(() => this.#scroll.toEnd());
    }
    // Where all of it fits on the screen, nothing scrolls and nothing is resized.
    void this.#work();
    return this.#column.parts(keys, this.#window, this.#kept(), view.strings);
  }

  /** The way to older ones, and what has the focus. */
  #kept(): string[] {
    const {activeElement} = this.#host.renderRoot as ShadowRoot;
    const focused = activeElement?.closest('agent-chat-item')?.item?.get().key;
    return focused === undefined ? [HEAD] : [HEAD, focused];
  }

  /** Brings what is wanted around the reader into the document, and lets go of what is far, a little in each frame. */
  async #work(): Promise<void> {
    if (this.#isWorking) return;
    this.#isWorking = true;
    try {
      for (let begin = 0; ;) {
        if (performance.now() - begin > BUDGET) {
          await nextFrame();
          await ownTask();
          begin = performance.now();
        }
        this.#scroll.settle();
        if (!this.#scroll.scroller || !this.#move()) return;
        this.#items.update();
        await this.#drawn();
      }
    } finally {
      this.#isWorking = false;
    }
  }

  async #drawn(): Promise<void> {
    const {from, to} = this.#window;
    const items = this.#keys?.slice(from, to).map((key) => this.#items.get(key)?.updateComplete);
    await Promise.all(items ?? []);
    this.#scroll.settle();
  }

  #move(): boolean {
    const {scroller} = this.#scroll;
    const keys = this.#keys;
    if (!scroller || !keys?.length) return false;
    if (!this.#scroll.away && this.#window.to < keys.length) {
      this.#window.toEnd();
      return true;
    }
    const box = scroller.getBoundingClientRect();
    const inside = this.#inside(keys);
    const rect = (place: number) => inside.at(place)?.[1].getBoundingClientRect();
    const [start, end] = [rect(0), rect(-1)];
    if (!start || !end) return false;
    if (start.top >= box.bottom || end.bottom <= box.top) return this.#jump(box, keys);
    return this.#window.move(
      {
        above: box.top - start.top,
        below: end.bottom - box.bottom,
        wanted: box.height * READY,
        first: (rect(ThreadWindow.step)?.top ?? end.bottom) - start.top,
        last: end.bottom - (rect(-1 - ThreadWindow.step)?.bottom ?? start.top),
      },
      !hasSelection(this.#host.renderRoot as ShadowRoot),
    );
  }

  /** The reader has come to where nothing is: far away by the scroll bar, or by a key. */
  #jump(box: DOMRect, keys: LongList<string>): boolean {
    const there = this.#column.at(box.top, keys);
    if (!there) return false;
    const ahead = Math.ceil((box.height + there.above) / this.#column.strides.average) + 1;
    this.#window.show(there.place, ahead);
    this.#anchor = {key: keys.at(there.place) ?? '', offset: -there.above};
    return true;
  }

  #loadOlder(): void {
    const {scope, id} = this.#session;
    const next = this.#thread?.confirmed.next;
    const gap = this.#items.get(HEAD);
    const {scroller} = this.#scroll;
    if (!scope || id === undefined || next === undefined || next === this.#asked || !gap || !scroller) return;
    if (this.#offset(gap) < -OLDER * scroller.clientHeight) return;
    this.#asked = next;
    void scope.store.loadOlder(id);
  }

  #showMore(towards: 'start' | 'end'): void {
    const key = this.#keys?.at(towards === 'start' ? this.#window.from - 1 : this.#window.to);
    if (key === undefined) return;
    (this.#scroll.scroller as HTMLElement | undefined)?.focus({preventScroll: true});
    void this.reveal(key);
  }

  #offset(element: Element): number {
    return element.getBoundingClientRect().top - (this.#scroll.scroller?.getBoundingClientRect().top ?? 0);
  }

  /** The entries of the window that are in the document, with their keys; some may be folded away. */
  #inside(keys: LongList<string>): (readonly [string, Element])[] {
    return keys.slice(this.#window.from, this.#window.to).flatMap((key) => {
      const element = this.#items.get(key);
      return element?.isConnected ? [[key, element] as const] : [];
    });
  }

  /** By halves, because reading a place costs. The button for older messages stays at the head, so it holds nothing. */
  #firstVisible(): Anchor | undefined {
    const inside = this.#keys ? this.#inside(this.#keys).filter(([key]) => key !== HEAD) : [];
    const top = this.#scroll.scroller?.getBoundingClientRect().top ?? 0;
    let low = 0;
    let high = inside.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((inside[middle]?.[1].getBoundingClientRect().bottom ?? 0) > top) high = middle;
      else low = middle + 1;
    }
    // All of it may stand above what is seen.
    const [key, element] = inside[low] ?? inside.at(-1) ?? [];
    return key === undefined || !element ? undefined : {key, offset: this.#offset(element)};
  }
}
