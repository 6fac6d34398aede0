import {css} from 'lit';
import {controls, tokens} from '../shared/styles.ts';

const inspector = css`
  :host {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    min-inline-size: 0;
    container: session-inspector / inline-size;
    --_size: calc(var(--session-font-size, 0.9375rem) * 0.867);
    --_columns: 1.5rem 6.4rem 1.6rem minmax(5rem, 11rem) minmax(4rem, 9rem) 3.4rem minmax(8rem, 1fr);
  }
  .controls,
  .foot {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.4rem 0.6rem;
    padding: 0.5rem var(--_gap);
  }
  .controls {
    border-block-end: 1px solid var(--_line);
  }
  .controls button,
  .foot button,
  select {
    min-block-size: 1.85rem;
    padding-block: 0.1rem;
  }
  .search {
    flex: 1 1 16rem;
    min-inline-size: 0;
    display: flex;
    align-items: center;
    position: relative;
    border-radius: calc(var(--_radius) - 3px);
    background: var(--_raised);
    color: var(--_muted);
  }
  .search svg {
    position: absolute;
    inset-inline-start: 0.6rem;
    pointer-events: none;
  }
  .search input {
    flex: 1;
    padding-inline-start: 2rem;
    background: transparent;
    border-color: transparent;
    color: var(--_text);
  }
  .search input:hover {
    border-color: var(--_line);
  }
  .hits,
  .count {
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .hits {
    padding-inline: 0.4rem 0.7rem;
  }
  .toggles,
  .pickers,
  .doing {
    display: flex;
    flex-wrap: wrap;
    gap: 0.35rem;
  }
  .pickers {
    flex: 0 1 auto;
    min-inline-size: 0;
  }
  select {
    flex: 1 1 6rem;
    max-inline-size: 12rem;
    padding-inline: 0.4rem;
    color: var(--_muted);
    cursor: pointer;
  }
  select:hover {
    color: var(--_text);
    border-color: var(--_muted);
  }
  .toggle {
    padding-inline: 0.6rem;
    border-radius: 1rem;
    color: var(--_muted);
  }
  button[aria-pressed='true'] {
    background: var(--_accent-soft);
    border-color: color-mix(in oklab, var(--_accent) 40%, transparent);
    color: var(--_text);
  }
  .late {
    margin: 0;
    padding: 0.4rem var(--_gap);
    border-block-end: 1px solid var(--_line);
    background: var(--_warn-soft);
    color: var(--_warn);
  }
  .panes {
    flex: 1 1 auto;
    min-block-size: 0;
    display: flex;
    flex-direction: column;
  }
  .list {
    position: relative;
    flex: 1 1 55%;
    min-block-size: 6rem;
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
  }
  .scroll {
    overflow: auto;
    overflow-anchor: none;
    overscroll-behavior: contain;
    font-variant-numeric: tabular-nums;
  }
  .scroll:focus-visible {
    outline-offset: -2px;
  }
  .headings {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    background: var(--_surface);
    border-block-end: 1px solid var(--_line);
  }
  .heading,
  .row {
    display: grid;
    grid-template-columns: var(--_columns);
    align-items: center;
    gap: 0.5rem;
    block-size: 1.75rem;
    padding-inline: var(--_gap);
  }
  .heading {
    color: var(--_muted);
    font-weight: 600;
  }
  .row {
    --_mark: var(--_muted);
    cursor: default;
    border-block-end: 1px solid color-mix(in oklab, var(--_line) 50%, transparent);
  }
  .row > *,
  .heading > * {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .row:hover {
    background: var(--_raised);
  }
  .row[aria-selected='true'] {
    background: var(--_accent-soft);
    box-shadow: inset 3px 0 var(--_accent);
  }
  .received {
    --_mark: var(--_good);
  }
  .sent {
    --_mark: var(--_accent);
  }
  .row.connection {
    background: var(--_raised);
    color: var(--_muted);
  }
  .row.connection[aria-selected='true'] {
    background: var(--_accent-soft);
    color: var(--_text);
  }
  .opened {
    --_mark: var(--_good);
  }
  .waiting,
  .closed {
    --_mark: var(--_warn);
  }
  .refused {
    --_mark: var(--_bad);
  }
  .way {
    position: relative;
    color: var(--_mark);
    font-weight: 700;
    text-align: center;
  }
  .connection .way {
    font-size: 0.7em;
  }
  .time,
  .generation,
  .session {
    color: var(--_muted);
  }
  .size,
  .generation {
    text-align: end;
    color: var(--_muted);
  }
  .row .kind,
  .row .content {
    font: 0.95em / 1.5 var(--_mono);
  }
  .content {
    color: var(--_muted);
  }
  .latest {
    position: absolute;
    inset-block-end: 0.6rem;
    inset-inline-end: 1.2rem;
    border-radius: 1rem;
    background: var(--_raised);
    box-shadow: 0 2px 12px rgb(0 0 0 / 18%);
  }
  .note {
    margin: 0;
    padding: 2rem var(--_gap);
    text-align: center;
    color: var(--_muted);
  }
  .details {
    flex: 1 1 45%;
    min-block-size: 5rem;
    display: flex;
    flex-direction: column;
    border-block-start: 1px solid var(--_line);
    background: var(--_sunken);
  }
  .about {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.1rem 0.6rem;
    padding: 0.3rem 0.3rem 0.3rem var(--_gap);
  }
  .about .kind {
    font-family: var(--_mono);
    overflow-wrap: anywhere;
  }
  .more {
    color: var(--_muted);
  }
  .space {
    flex: 1;
  }
  .copying {
    display: flex;
    flex-direction: row-reverse;
    align-items: center;
    gap: 0.4rem;
    color: var(--_muted);
  }
  .failed .copied {
    color: var(--_bad);
  }
  .copy {
    min-block-size: 1.75rem;
    padding: 0 0.5rem;
  }
  pre {
    flex: 1;
    min-block-size: 0;
    margin: 0;
    padding: 0.2rem var(--_gap) 0.75rem;
    overflow: auto;
    font: 0.95em / 1.5 var(--_mono);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  pre:focus-visible {
    outline-offset: -2px;
  }
  .details .note {
    padding: 0.4rem var(--_gap);
    text-align: start;
  }
  .foot {
    border-block-start: 1px solid var(--_line);
    color: var(--_muted);
  }
  .foot button {
    color: var(--_text);
  }
  .kept {
    flex: 1 1 auto;
    display: flex;
    flex-wrap: wrap;
    gap: 0 0.8rem;
  }
  label {
    display: inline-flex;
    align-items: center;
    gap: 0.4rem;
    min-block-size: 1.75rem;
    cursor: pointer;
  }
  input[type='checkbox'] {
    accent-color: var(--_accent);
  }
  @container session-inspector (inline-size >= 56rem) {
    .panes {
      flex-direction: row;
    }
    .details {
      border-block-start: 0;
      border-inline-start: 1px solid var(--_line);
      min-inline-size: 0;
    }
  }
  /* What a line is of stands in its details, too. */
  @container session-inspector (inline-size < 46rem) {
    .heading,
    .row {
      grid-template-columns: 1.25rem 6.1rem minmax(5rem, 10rem) minmax(5rem, 1fr);
    }
    .generation,
    .session,
    .size {
      display: none;
    }
    .search {
      flex-basis: 100%;
    }
  }
  @container session-inspector (inline-size < 26rem) {
    .heading,
    .row {
      grid-template-columns: 1.25rem minmax(5rem, 8rem) minmax(4rem, 1fr);
    }
    .time {
      display: none;
    }
    .pickers {
      flex: 1 1 100%;
    }
    .count {
      display: none;
    }
    .foot button {
      flex: 1 1 auto;
    }
  }
  @media (forced-colors: active) {
    .row[aria-selected='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
    button[aria-pressed='true'] {
      border-color: Highlight;
      outline: 1px solid Highlight;
    }
  }
`;

export const styles = [tokens, controls, inspector];
