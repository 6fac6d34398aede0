/** Between a popup and what it belongs to, or the edge of the window, in pixels. */
const GAP = 4;
const MARGIN = 8;

/**
 * Puts `popup`, which is fixed, above or below `control`, where there is more room, and all of it into the window:
 * `--_room` is how high it may be.
 */
export function placeBeside(control: Element, popup: HTMLElement): void {
  const {top, bottom, left, right} = control.getBoundingClientRect();
  const {clientWidth, clientHeight} = document.documentElement;
  const isAbove = top > clientHeight - bottom;
  const room = (isAbove ? top : clientHeight - bottom) - GAP - MARGIN;
  const width = popup.offsetWidth;
  const start = popup.matches(':dir(rtl)') ? right - width : left;
  const place = {
    left: Math.max(MARGIN, Math.min(start, clientWidth - width - MARGIN)),
    top: isAbove ? undefined : bottom + GAP,
    bottom: isAbove ? clientHeight - top + GAP : undefined,
    '--_room': room,
  };
  for (const [name, pixels] of Object.entries(place)) {
    popup.style.setProperty(name, pixels === undefined ? 'auto' : `${Math.round(pixels)}px`);
  }
}
