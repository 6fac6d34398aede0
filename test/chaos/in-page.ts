/**
 * What a person can read off the demo page. Each function runs in the page, so it must stand alone; what it looks at are
 * roles, parts and words, never the state behind them.
 */

/** The conversation, a line an entry; undefined while there is older that is not loaded (it is asked for). */
export function readThread(): string[] | undefined {
  const [log] = window.probe.all('[role=log]');
  if (!log) return [];
  const textOf = (element: Element | null | undefined): string => (element as HTMLElement | null)?.innerText ?? '';
  const older = [...log.querySelectorAll('button')].find((button) => /^Load(ing)? /.test(textOf(button).trim()));
  if (older) {
    if (older.getAttribute('aria-disabled') !== 'true') older.click();
    return undefined;
  }
  return [...log.querySelectorAll('agent-chat-item')].map((item) => {
    const article = item.querySelector('article');
    const tool = item.querySelector('[part~=tool]');
    const approval = item.querySelector('[part~=approval]');
    if (article) {
      const body = textOf(article.querySelector('[part~=message-body]'));
      const marks = [...article.querySelectorAll('.mark, .delivery')].map((mark) => {
        // What can be done about it is no part of what it says.
        const words = mark.cloneNode(true) as Element;
        for (const button of words.querySelectorAll('button')) button.remove();
        return words.textContent ?? '';
      });
      return [`${article.getAttribute('aria-label')}: ${body}`, ...marks].join(' | ');
    }
    if (tool) {
      const row = tool.querySelector('button');
      if (row?.getAttribute('aria-expanded') === 'false') row.click();
      const output = tool.querySelector('pre[aria-label=Output]');
      return `tool ${textOf(row)} | ${output?.textContent ?? ''}`;
    }
    if (approval) {
      const answer = textOf(approval.querySelector('.answer'));
      const choices = [...approval.querySelectorAll('button')].map((button) => textOf(button).trim());
      return `asks ${approval.getAttribute('aria-label')} | ${answer || choices.join(' or ')}`;
    }
    return `says ${textOf(item)}`;
  });
}

/** The list, a line a session, in its order. */
export function readRows(): string[] {
  return window.probe.all('[part~=row]').map((row) => {
    const of = (part: string): string => row.querySelector(`[part~=${part}]`)?.textContent?.trim() ?? '';
    const queued = row.querySelector('.queued')?.textContent?.trim() ?? '';
    return [of('row-title'), of('row-status'), of('row-unread'), queued].filter(Boolean).join(' | ');
  });
}

/** What the page as a whole is in. */
export interface Condition {
  /** Its parts are there. */
  readonly isAlive: boolean;
  readonly isConnected: boolean;
  /** It would ask a person before it goes: words are on their way. */
  readonly isUnsettled: boolean;
  /** Of the address. */
  readonly session: string | null;
  /** What stands in the box. */
  readonly box: string;
}

export function readCondition(): Condition {
  const status = window.probe?.all('[part~=status]')[0]?.textContent ?? '';
  const [box] = (window.probe?.all('textarea') ?? []) as HTMLTextAreaElement[];
  return {
    isAlive: document.readyState === 'complete' && !!box && status !== '',
    isConnected: status.trim() === 'Connected',
    isUnsettled: !dispatchEvent(new Event('beforeunload', {cancelable: true})),
    session: new URL(location.href).searchParams.get('session'),
    box: box?.value ?? '',
  };
}

/** Presses the first button that is there, goes by that name and can be pressed. */
export function pressNow(pattern: string): boolean {
  const named = new RegExp(pattern);
  const button = (window.probe?.all('button') ?? []).find(
    (each) =>
      named.test(window.probe.name(each)) &&
      !(each as HTMLButtonElement).disabled &&
      each.getAttribute('aria-disabled') !== 'true' &&
      each.checkVisibility(),
  );
  (button as HTMLElement | undefined)?.click();
  return !!button;
}

/** Opens a session of the list, by its place or its title; of those that go by one title the `nth`. */
export function openRow(which: number | string, nth = 0): boolean {
  const titles = window.probe?.all('[part~=row-title]') ?? [];
  const named =
    typeof which === 'number' ? [titles[which]] : titles.filter((each) => each.textContent?.trim() === which);
  const row = named[nth];
  (row as HTMLElement | undefined)?.click();
  return !!row;
}

/** Removes the first queued message; returns its words. */
export function removeQueued(): string | undefined {
  for (const article of window.probe?.all('article') ?? []) {
    const remove = [...article.querySelectorAll('button')].find((each) => each.textContent?.trim() === 'Remove');
    if (!remove) continue;
    remove.click();
    return article.querySelector('[part~=message-body]')?.textContent ?? '';
  }
  return undefined;
}

/** Puts the caret behind what stands in the box. */
export function enterBox(): boolean {
  const [box] = (window.probe?.all('textarea') ?? []) as HTMLTextAreaElement[];
  box?.focus();
  box?.setSelectionRange(box.value.length, box.value.length);
  return !!box;
}

/** Who loads a page again, and is asked whether unsent words may be left, says yes: they are kept. */
export function leaveUnasked(): void {
  const unasked = (event: Event): void => {
    // What `readCondition` asks is no leaving.
    if (event.isTrusted) event.stopImmediatePropagation();
  };
  addEventListener('beforeunload', unasked, {capture: true});
}

/** The page's clock goes wrong by so many milliseconds; its timers, which run by another, do not. */
export function shiftClock(ms: number): void {
  const clock = globalThis as {realDate?: DateConstructor; Date: DateConstructor};
  const Real = (clock.realDate ??= clock.Date);
  class Shifted extends Real {
    constructor(...given: []) {
      super(...((given.length ? given : [Real.now() + ms]) as []));
    }
    static override now(): number {
      return Real.now() + ms;
    }
  }
  clock.Date = Shifted as DateConstructor;
}
