import {LitElement, html, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const UNITS = [
  ['year', 365 * DAY],
  ['month', 30 * DAY],
  ['week', 7 * DAY],
  ['day', DAY],
  ['hour', HOUR],
  ['minute', MINUTE],
] as const;

/** How often what is shown is looked at again; a text changes at most once a minute. */
const PACE = 10_000;

/** The language that an element is in: the nearest `lang` around it, also outside of the shadow roots it is in. */
export function languageOf(element: Element): string | undefined {
  for (let at: Element | undefined = element; at;) {
    const marked = at.closest('[lang]');
    if (marked) return marked.getAttribute('lang') || undefined;
    const root = at.getRootNode();
    at = root instanceof ShadowRoot ? root.host : undefined;
  }
  return undefined;
}

interface Formats {
  readonly counted: Intl.RelativeTimeFormat;
  readonly named: Intl.RelativeTimeFormat;
  readonly exact: Intl.DateTimeFormat;
  readonly number: Intl.NumberFormat;
}

const formats = new Map<string | undefined, Formats>();

/** Made once a language; one that is no language is the browser's. */
function formatsOf(language: string | undefined): Formats {
  let held = formats.get(language);
  if (held) return held;
  try {
    held = {
      counted: new Intl.RelativeTimeFormat(language, {style: 'short'}),
      named: new Intl.RelativeTimeFormat(language, {numeric: 'auto'}),
      exact: new Intl.DateTimeFormat(language, {dateStyle: 'full', timeStyle: 'medium'}),
      number: new Intl.NumberFormat(language),
    };
  } catch {
    held = formatsOf(undefined);
  }
  formats.set(language, held);
  return held;
}

/** “now”, “5 min. ago”, “yesterday”: without seconds, so that it changes rarely; never in the future. */
export function relativeTime(time: number, now: number, language?: string): string {
  const {counted, named} = formatsOf(language);
  const age = Math.max(0, now - time);
  const unit = UNITS.find(([, length]) => age >= length);
  if (!unit) return named.format(0, 'second');
  const count = -Math.floor(age / unit[1]);
  return (unit[0] === 'day' ? named : counted).format(count, unit[0]);
}

/** “today”, “yesterday”, “this week”: how a language calls the day or week that begins `count` of them from now. */
export const namedTime = (count: number, unit: 'day' | 'week', language?: string): string =>
  formatsOf(language).named.format(count, unit);

/** To the second; what is no time stays as it is. */
export function exactTime(time: string, language?: string): string {
  const at = Date.parse(time);
  return Number.isNaN(at) ? time : formatsOf(language).exact.format(at);
}

export const localNumber = (number: number, language?: string): string => formatsOf(language).number.format(number);

/** Times on the page. One timer for all of them, as long as there is one. */
const shown = new Set<RelativeTime>();
let timer: ReturnType<typeof setInterval> | undefined;

function show(time: RelativeTime): void {
  shown.add(time);
  timer ??= setInterval(() => {
    for (const each of shown) each.refresh();
  }, PACE);
}

function hide(time: RelativeTime): void {
  shown.delete(time);
  if (shown.size) return;
  clearInterval(timer);
  timer = undefined;
}

/** How long ago something was by the server's clock, with the exact time as tooltip; in the language of its place. */
export class RelativeTime extends LitElement {
  /** ISO 8601. */
  @property({attribute: false}) time = '';
  @property({attribute: false}) clock: {readonly serverTime: number} | undefined;
  #text = '';

  override connectedCallback(): void {
    super.connectedCallback();
    show(this);
    this.refresh();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    hide(this);
  }

  /** Renders again only if the words have changed. */
  refresh(): void {
    if (this.hasUpdated && this.#words() !== this.#text) this.requestUpdate();
  }

  /** Its looks are those of where it stands. */
  protected override createRenderRoot(): this {
    return this;
  }

  protected override render(): TemplateResult {
    this.#text = this.#words();
    return html`<time datetime=${this.time} title=${exactTime(this.time, languageOf(this))}>${this.#text}</time>`;
  }

  #words(): string {
    const at = Date.parse(this.time);
    return Number.isNaN(at) ? '' : relativeTime(at, this.clock?.serverTime ?? Date.now(), languageOf(this));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'session-time': RelativeTime;
  }
}
