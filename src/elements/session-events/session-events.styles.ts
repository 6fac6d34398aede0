import {css} from 'lit';
import {outputStyles} from '../shared/output/output.styles.ts';
import {statusStyles} from '../shared/status.styles.ts';
import {controls, tokens} from '../shared/styles.ts';

const timeline = css`
  :host {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    min-inline-size: 0;
    --_size: calc(var(--session-font-size, 0.9375rem) * 0.867);
  }
  .head {
    padding: 0.6rem var(--_gap) 0.5rem;
    border-block-end: 1px solid var(--_line);
  }
  .title {
    font-weight: 600;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  /* Texts have a direction of their own, and stand where the page's texts do. */
  .title,
  .facts .text {
    unicode-bidi: plaintext;
    text-align: left;
  }
  .title:dir(rtl) {
    text-align: right;
  }
  .facts {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 1rem;
    color: var(--_muted);
  }
  .facts > span {
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .duration {
    margin-inline-start: -0.5rem;
    font-variant-numeric: tabular-nums;
  }
  .id {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    max-inline-size: 100%;
  }
  .id code {
    max-inline-size: 12rem;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font: 0.92em / 1.5 var(--_mono);
  }
  .id .copying {
    display: flex;
    align-items: center;
  }
  .controls {
    display: flex;
    flex-wrap: wrap;
    gap: 0.35rem;
    padding: 0.5rem var(--_gap);
    border-block-end: 1px solid var(--_line);
  }
  .views {
    display: flex;
    flex-wrap: wrap;
    gap: inherit;
    margin-inline-start: auto;
  }
  .toggle {
    min-block-size: 1.75rem;
    padding: 0.1rem 0.6rem;
    border-radius: 1rem;
    color: var(--_muted);
  }
  button.toggle[aria-pressed='true'] {
    background: var(--_accent-soft);
    border-color: color-mix(in oklab, var(--_accent) 40%, transparent);
    color: var(--_text);
  }
  .count {
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
  }
  .scroll {
    flex: 1 1 auto;
    min-block-size: 0;
    overflow: auto;
    overscroll-behavior: contain;
    padding: 0.4rem;
  }
  .scroll:focus-visible {
    outline-offset: -2px;
  }
  .older {
    inline-size: 100%;
    color: var(--_accent);
  }
  .note,
  .gap {
    margin: 0;
    padding: 2rem var(--_gap);
    text-align: center;
    color: var(--_muted);
  }
  .gap {
    padding: 0.4rem;
    border-block: 1px dashed var(--_line);
  }
  session-event {
    display: block;
  }
  .line {
    inline-size: 100%;
    justify-content: flex-start;
    gap: 0.5rem;
    padding: 0.15rem 0.4rem;
    text-align: start;
  }
  .line svg {
    inline-size: 0.9em;
    color: var(--_muted);
    transition: rotate var(--_fast);
  }
  .line:dir(rtl) svg {
    rotate: 180deg;
  }
  .line[aria-expanded='true'] svg {
    rotate: 90deg;
  }
  .kind {
    --_mark: var(--_muted);
    flex: none;
    padding: 0 0.45em;
    border: 1px solid color-mix(in oklab, var(--_mark) 35%, transparent);
    border-radius: 5px;
    color: var(--_mark);
    font: 0.92em / 1.5 var(--_mono);
  }
  .messages {
    --_mark: var(--_accent);
  }
  .tools {
    --_mark: var(--_good);
  }
  .kind.bad {
    --_mark: var(--_bad);
  }
  .summary {
    flex: 1 1 auto;
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  session-time {
    flex: none;
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
  }
  .live {
    margin: 0;
    padding: 0.5rem 0.4rem;
    color: var(--_muted);
  }
  .live::before {
    content: '';
    display: inline-block;
    inline-size: 0.5em;
    block-size: 0.5em;
    box-sizing: border-box;
    margin-inline: 0.2em 0.6em;
    border: 1px solid currentColor;
    border-radius: 50%;
  }
  .live.on::before {
    background: var(--_good);
    border-color: var(--_good);
    animation: breathe 1.6s ease-in-out infinite alternate;
  }
  @keyframes breathe {
    to {
      opacity: 0.35;
    }
  }
  .details {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0.3rem;
    margin-block: 0.1rem 0.6rem;
    margin-inline: 1.6rem 0;
  }
  .content {
    grid-column: 1 / -1;
    display: grid;
    gap: 0.5rem;
  }
  .text {
    margin: 0;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  figure {
    margin: 0;
  }
  figcaption,
  summary {
    color: var(--_muted);
  }
  summary {
    min-block-size: 1.5rem;
    inline-size: fit-content;
    cursor: pointer;
  }
  /* What was stored goes below the button for copying. */
  details,
  .details > pre {
    grid-area: 2 / 1 / auto / -1;
  }
  .details > .copying {
    grid-area: 2 / 2;
    align-self: start;
    display: flex;
    flex-direction: row-reverse;
    align-items: center;
    color: var(--_muted);
  }
  .details > pre + .copying {
    margin: 0.35rem;
    border-radius: calc(var(--_radius) - 4px);
    background: var(--_sunken);
  }
  /* JSON begins on the left on any page: there it would cover its first line. */
  .details > pre + .copying:dir(rtl) {
    grid-area: 2 / 1;
    justify-self: start;
  }
  .copied:not(:empty) {
    padding-inline: 0.5rem 0.25rem;
  }
  .failed .copied {
    color: var(--_bad);
  }
  .copy {
    min-block-size: 1.5rem;
    padding: 0 0.5rem;
  }
  .error pre {
    background: var(--_bad-soft);
  }
  .before pre {
    box-shadow: inset 3px 0 var(--_bad);
  }
  .after pre {
    box-shadow: inset 3px 0 var(--_good);
  }
  pre {
    margin: 0;
    padding: 0.6rem 0.75rem;
    max-block-size: 24rem;
    overflow: auto;
    border-radius: calc(var(--_radius) - 3px);
    background: var(--_sunken);
    font: 0.92em / 1.5 var(--_mono);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  @media (forced-colors: active) {
    .toggle[aria-pressed='true'] {
      border-color: Highlight;
      outline: 1px solid Highlight;
    }
  }
`;

export const styles = [tokens, controls, statusStyles, outputStyles, timeline];
