import {join} from 'node:path';
import type {Page} from 'puppeteer-core';
import type {Panel} from './states/state.ts';

const widths = [1280, 390];
const HEIGHTS: Readonly<Record<number, number>> = {1280: 800, 390: 780};
const themes = ['light', 'dark'];
const directions = ['ltr', 'rtl'] as const;

/** All pictures of one state; returns the names of their files. */
export async function photograph(
  page: Page,
  state: string,
  folder: string,
  panel: Panel | undefined,
): Promise<string[]> {
  const files: string[] = [];
  for (const width of widths) {
    await page.setViewport({width, height: HEIGHTS[width] ?? width, isMobile: false});
    await setPointer(page, width >= 768);
    await open(page, width < 768 ? panel : panel === 'list' ? undefined : panel);
    for (const dir of directions) {
      await page.evaluate((value) => void (document.documentElement.dir = value), dir);
      for (const theme of themes) {
        await setTheme(page, theme);
        await still(page);
        const file = `${state}.${theme}.${width}${dir === 'rtl' ? '.rtl' : ''}.png`;
        await page.screenshot({path: join(folder, file)});
        files.push(file);
      }
    }
    await page.evaluate(() => void (document.documentElement.dir = 'ltr'));
  }
  return files;
}

export const setTheme = (page: Page, theme: string): Promise<void> =>
  page.emulateMediaFeatures([
    {name: 'prefers-color-scheme', value: theme},
    {name: 'prefers-reduced-motion', value: 'reduce'},
  ]);

/** The panels that the demo's page hides where there is no room, or until they are asked for. */
const open = (page: Page, panel: Panel | undefined): Promise<void> =>
  page.evaluate((wanted) => {
    for (const id of ['list', 'events']) {
      document.getElementById(`show-${id}`)?.setAttribute('aria-expanded', String(id === wanted));
    }
  }, panel);

/** A browser without a window has no pointer that hovers: for the wide pictures the rules for that are put out of force. */
const setPointer = (page: Page, hovers: boolean): Promise<void> =>
  page.evaluate((isMouse) => {
    const [from, to] = isMouse
      ? ['(hover: none)', '(hover: none) and (width < 0px)']
      : ['(hover: none) and (width < 0px)', '(hover: none)'];
    const sheets = new Set(window.probe.all('*').flatMap(({shadowRoot}) => shadowRoot?.adoptedStyleSheets ?? []));
    const rules = [...sheets].flatMap(({cssRules}) => [...cssRules]);
    for (const rule of rules)
      if (rule instanceof CSSMediaRule && rule.conditionText === from) rule.media.mediaText = to;
  }, hovers);

/** Waits until the page looks the same in several frames: fonts are there, everything has its place and its size. */
async function still(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
    const places = (): string =>
      window.probe
        .all('*')
        .map((each) => {
          const {x, y, width, height} = each.getBoundingClientRect();
          return `${x},${y},${width},${height}`;
        })
        .join(' ');
    for (let same = 0, before = ''; same < 3;) {
      await frame();
      const now = places();
      same =
        now === before && document.getAnimations().every((each) => each.playState !== 'running' || isEndless(each))
          ? same + 1
          : 0;
      before = now;
    }
    function isEndless(animation: Animation): boolean {
      return animation.effect?.getComputedTiming().endTime === Infinity;
    }
  });
}
