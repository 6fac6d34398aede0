import {css} from 'lit';
import {controls, tokens} from '../shared/styles.ts';

const timeline = css`
  :host {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    min-inline-size: 0;
    --_size: calc(var(--session-font-size, 0.9375rem) * 0.867);
  }
  .controls {
    display: flex;
    flex-wrap: wrap;
    gap: 0.35rem;
    padding: 0.5rem var(--_gap);
    border-block-end: 1px solid var(--_line);
  }
  .space {
    flex: 1;
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
    position: relative;
    margin-block: 0.1rem 0.5rem;
    margin-inline: 1.6rem 0;
  }
  .copying {
    position: absolute;
    inset-block-start: 0.35rem;
    inset-inline-end: 0.35rem;
    display: flex;
    flex-direction: row-reverse;
    align-items: center;
    border-radius: calc(var(--_radius) - 4px);
    background: var(--_sunken);
    color: var(--_muted);
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

export const styles = [tokens, controls, timeline];
