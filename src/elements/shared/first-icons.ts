import {html, type TemplateResult} from 'lit';

/** The shapes of what stands around the first message; the others come later. */
export const firstShapes = {
  stop: 'M7 7h10v10H7z',
  send: 'M12 19V5M6 11l6-6 6 6',
  spark: 'M12 4l1.8 6.2L20 12l-6.2 1.8L12 20l-1.8-6.2L4 12l6.2-1.8z',
};

/** A shape on a grid of 24, drawn as lines (`controls` has the style). What it means is always said in words, too. */
export const drawn = (shape: string): TemplateResult =>
  html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d=${shape}></path></svg>`;
