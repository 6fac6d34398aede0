import type {Item} from '../../src/model/items.ts';
import {must} from './broken.ts';
import type {SimPage} from './page.ts';
import {wordsFor, type Script} from './scripts.ts';
import type {World} from './world.ts';

/** What persons do at their pages, by the verbs that the elements use. */
export class People {
  readonly #world: World;
  #said = 0;

  constructor(world: World) {
    this.#world = world;
  }

  start(page: SimPage, script: Script): void {
    const user = this.#user(page);
    const text = this.#tag(user, script);
    const session = page.store.start(text);
    if (session === undefined) return;
    this.#world.started.get(user)?.push(session);
    this.#wrote(page, user, session, text);
    page.watch(session);
  }

  send(page: SimPage, session: string, script: Script): void {
    const user = this.#user(page);
    const text = this.#tag(user, script);
    if (page.store.send(session, text) !== undefined) this.#wrote(page, user, session, text);
  }

  stop(page: SimPage, session: string): void {
    const before = page.store.session(session);
    page.store.stop(session);
    const after = page.store.session(session);
    if (!before?.turn || !after?.turn) return;
    const active = ['pending', 'running', 'waiting', 'stopping'].includes(before.status);
    must(
      'a stop is shown from the click on',
      !active || after.status === 'stopping',
      () => `${session} ${after.status}`,
    );
  }

  /** Takes back the first of what waits. */
  unqueue(page: SimPage, session: string): void {
    const [first] = page.store.thread(session)?.confirmed.folded.queue ?? [];
    if (!first) return;
    page.store.unqueue(session, first.command);
    for (const words of this.#world.words) if (words.text === first.text) words.discarded = true;
  }

  /** Whatever is asked; where nothing is, an option is chosen, if there is one. */
  answer(page: SimPage, session: string): void {
    const open = this.#items(page, session).findLast(
      (item) => (item.kind === 'approval' || item.kind === 'question') && !item.answer,
    );
    if (open?.kind === 'approval') return page.store.answerApproval(session, open.id, 'yes');
    if (open?.kind === 'question') return page.store.answerQuestion(session, open.id, {how: 'so'});
    const [option] = page.store.thread(session)?.confirmed.folded.options ?? [];
    const {choices = []} = option ?? {};
    const next = choices[(choices.findIndex(({value}) => value === option?.value) + 1) % choices.length];
    if (option && next) page.store.setOption(session, option.id, next.value);
  }

  /** Tries again, or throws away, the first words that were refused. */
  decide(page: SimPage, what: 'retry' | 'discard'): void {
    for (const session of this.#world.sessionsOf(page.user)) {
      const failed = this.#items(page, session).find((item) => item.kind === 'message' && item.delivery === 'failed');
      if (failed?.kind !== 'message' || failed.command === undefined) continue;
      if (what === 'retry') {
        const to = page.store.retry(failed.command);
        if (to === undefined || to === session) return;
        this.#world.started.get(page.user)?.push(to);
        page.watch(to);
      } else {
        page.store.discard(failed.command);
        const words = this.#world.wordsOf(failed.text);
        if (words) words.discarded = true;
      }
      return;
    }
  }

  /** The other one signs in, once it is known who was there before. */
  become(page: SimPage): void {
    const other = this.#world.users.find((user) => user !== page.user);
    if (!other || page.store.user === undefined) return;
    for (const session of [...page.watching.keys()]) page.unwatch(session);
    page.become(other);
  }

  #items(page: SimPage, session: string): Item[] {
    const cell = page.store.thread(session);
    return [...(cell?.keys ?? [])].flatMap((key) => cell?.item(key)?.get() ?? []);
  }

  /** Whose the words are that are written now: of the one whom the page shows. */
  #user(page: SimPage): string {
    return page.store.user?.id ?? page.user;
  }

  #tag(user: string, script: Script): string {
    return wordsFor(`${user}#${(this.#said += 1)}`, script);
  }

  #wrote(page: SimPage, user: string, session: string, text: string): void {
    this.#world.words.push({text, user, session, page, discarded: false, settled: new Set()});
  }
}
