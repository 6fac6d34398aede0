/** So long after it came, in milliseconds, a live region is listened to; react-aria waits as long, because of Safari. */
const UNHEARD = 100;

/** So long what was said stays, in milliseconds, for those who look it up. */
const KEPT = 3000;

const regions = new WeakMap<ShadowRoot, LiveRegion>();

/**
 * Says `text` to those who do not see what has happened at `place`: politely, in the one live region that the element around
 * it has for what happens anywhere in it. The region comes with the first words; outside of an element there is none.
 */
export function announce(place: Node, text: string): void {
  const root = place.getRootNode();
  if (!(root instanceof ShadowRoot)) return;
  const region = regions.get(root) ?? new LiveRegion(root);
  regions.set(root, region);
  void region.say(text);
}

class LiveRegion {
  readonly #node = document.createElement('p');
  readonly #isHeard = new Promise<void>((resolve) => setTimeout(resolve, UNHEARD));
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(root: ShadowRoot) {
    this.#node.className = 'hidden';
    this.#node.ariaLive = 'polite';
    root.append(this.#node);
  }

  async say(text: string): Promise<void> {
    await this.#isHeard;
    clearTimeout(this.#timer);
    // Another node, because the same words again are news too.
    this.#node.replaceChildren(text);
    this.#timer = setTimeout(() => this.#node.replaceChildren(), KEPT);
  }
}
