import {css} from 'lit';
import {statusStyles} from '../shared/status.styles.ts';
import {controls, tokens} from '../shared/styles.ts';

const list = css`
  :host {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    min-inline-size: 0;
    container: session-list / inline-size;
  }
  .controls {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    padding: var(--_gap);
    border-block-end: 1px solid var(--_line);
  }
  .new {
    flex: 1 1 9rem;
    padding-block: 0.4rem;
  }
  .search {
    flex: 1 1 100%;
    min-inline-size: 0;
    display: flex;
    align-items: center;
    position: relative;
    color: var(--_muted);
  }
  .search svg {
    position: absolute;
    inset-inline-start: 0.7rem;
    pointer-events: none;
  }
  .search input {
    flex: 1;
    padding-inline-start: 2.2rem;
    background: var(--_raised);
    border-color: transparent;
    color: var(--_text);
  }
  .search input:hover {
    border-color: var(--_line);
  }
  .pickers {
    flex: 1 1 100%;
    min-inline-size: 0;
    display: flex;
    gap: 0.5rem;
  }
  select {
    flex: 1 1 0;
    min-block-size: 2rem;
    padding: 0.15rem 0.4rem;
    font-size: var(--_small);
    color: var(--_muted);
    cursor: pointer;
  }
  select:hover {
    color: var(--_text);
    border-color: var(--_muted);
  }
  .foot {
    flex: none;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0 0.5rem;
    min-block-size: 2.25rem;
    padding: 0.25rem var(--_gap);
    border-block-start: 1px solid var(--_line);
    font-size: var(--_small);
    color: var(--_muted);
  }
  .count {
    font-variant-numeric: tabular-nums;
  }
  .foot .line {
    margin-inline: auto -0.4rem;
  }
  .foot button {
    min-block-size: 1.5rem;
    padding: 0 0.4rem;
    font-size: var(--_small);
    color: var(--_muted);
  }
  .foot .reorder,
  .marks button {
    color: var(--_accent);
  }
  .marks {
    background: var(--_accent-soft);
    color: var(--_text);
  }
  .foot :is(.delete-all:hover, .delete-marked) {
    color: var(--_bad);
  }
  .foot [aria-disabled='true'] {
    opacity: 0.5;
    cursor: default;
  }
  @media (hover: none) {
    .foot button {
      min-block-size: 2.25rem;
    }
  }
  .scroll {
    flex: 1 1 auto;
    min-block-size: 0;
    overflow: auto;
    overscroll-behavior: contain;
    /* The list does it itself. */
    overflow-anchor: none;
    padding: 0.4rem;
  }
  .note {
    margin: 0;
    padding: 2rem var(--_gap);
    text-align: center;
    color: var(--_muted);
  }
  .note:empty {
    display: none;
  }
  .stale {
    padding: 0.4rem var(--_gap);
    font-size: var(--_small);
    background: var(--_warn-soft);
    color: var(--_warn);
  }
  .more {
    inline-size: 100%;
    margin-block: 0.25rem;
    color: var(--_accent);
  }
  @container session-list (min-width: 34rem) {
    .new {
      flex: 0 0 auto;
    }
    .search {
      flex: 1 1 12rem;
    }
    .pickers {
      flex: 0 1 18rem;
    }
  }
`;

const row = css`
  session-list-row {
    contain: content;
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-content: start;
    padding: 0.5rem 0.65rem;
    padding-inline-start: calc(0.65rem + var(--_depth, 0) * 1.1rem);
    border-radius: calc(var(--_radius) - 2px);
    transition: background var(--_fast);
    cursor: pointer;
  }
  session-list-row:has(form),
  .mark,
  .actions {
    cursor: default;
  }
  .section {
    padding: 0.9rem 0.65rem 0.3rem;
    font-size: var(--_small);
    font-weight: 600;
    color: var(--_muted);
  }
  .section:first-child {
    padding-block-start: 0.3rem;
  }
  session-list-row[aria-level]:not([aria-level='1'])::before {
    content: '';
    position: absolute;
    /* Below the ring of the focus. */
    z-index: -1;
    inset-block: 0;
    inset-inline-start: calc(var(--_depth, 0) * 1.1rem - 0.1rem);
    border-inline-start: 2px solid var(--_line);
  }
  session-list-row:hover,
  session-list-row:focus-within {
    background: var(--_raised);
  }
  session-list-row:is(:has([aria-current='true']), [data-marked]) {
    background: var(--_accent-soft);
  }
  .mark,
  .fold {
    flex: none;
    margin: 0;
  }
  .mark {
    inline-size: 1.15rem;
    block-size: 1.15rem;
    min-block-size: 0;
    accent-color: var(--_accent);
  }
  .fold {
    inline-size: 1.5rem;
    min-block-size: 1.5rem;
    margin: -0.15rem -0.3rem -0.15rem -0.35rem;
    color: var(--_muted);
  }
  .fold svg {
    transition: rotate var(--_fast);
  }
  .fold:dir(rtl) svg {
    rotate: 180deg;
  }
  .fold[aria-expanded='true'] svg {
    rotate: 90deg;
  }
  .line,
  .meta,
  .detail,
  .below,
  .rename {
    grid-column: 1 / -1;
  }
  .line {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    min-inline-size: 0;
  }
  .open {
    flex: 1 1 auto;
    display: block;
    min-block-size: 0;
    min-inline-size: 0;
    padding: 0;
    border: 0;
    border-radius: 3px;
    background: none;
    font-weight: 550;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .open:hover:not(:disabled) {
    background: none;
  }
  /* The whole row is what opens it (RowPress), and shows its focus. */
  .open:focus-visible {
    outline: none;
  }
  session-list-row:has(.open:focus-visible) {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }
  session-time,
  .meta,
  .below,
  .detail {
    font-size: var(--_small);
    color: var(--_muted);
  }
  session-time {
    flex: none;
    font-variant-numeric: tabular-nums;
  }
  /* Texts have a direction of their own, and stand where the page's texts do. */
  .open,
  .detail {
    unicode-bidi: plaintext;
    text-align: left;
  }
  .open:dir(rtl),
  .detail:dir(rtl) {
    text-align: right;
  }
  .meta > span {
    unicode-bidi: isolate;
  }
  .unread {
    flex: none;
    padding: 0 0.5em;
    border-radius: 1em;
    background: color-mix(in oklab, var(--_accent) 14%, transparent);
    color: var(--_accent);
    font-size: calc(var(--_size) * 0.8);
    font-weight: 600;
  }
  .agent::before,
  .folder::before,
  .queued::before {
    content: '·';
    margin-inline: 0.4em;
  }
  .meta,
  .detail {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .detail.waiting {
    color: var(--_warn);
  }
  .detail.failed {
    color: var(--_bad);
  }
  .actions {
    position: absolute;
    inset-block-end: 0.25rem;
    inset-inline-end: 0.4rem;
    display: flex;
    border-radius: calc(var(--_radius) - 3px);
    background: var(--_surface);
    box-shadow: 0 0 0 1px var(--_line);
    opacity: 0;
    transition: opacity var(--_fast);
  }
  session-list-row:hover .actions,
  session-list-row:focus-within .actions {
    opacity: 1;
  }
  .actions button {
    inline-size: 1.9rem;
    min-block-size: 1.5rem;
    color: var(--_muted);
  }
  .actions button:hover {
    color: var(--_text);
  }
  .actions .delete:hover {
    color: var(--_bad);
  }
  .copying {
    display: contents;
  }
  /* Said above the buttons, which keep their places. */
  .copied:not(:empty) {
    position: absolute;
    inset-block-end: 100%;
    inset-inline-end: 0;
    padding: 0.1rem 0.5rem;
    border-radius: calc(var(--_radius) - 3px);
    background: var(--_surface);
    box-shadow: 0 0 0 1px var(--_line);
    font-size: var(--_small);
    color: var(--_muted);
    white-space: nowrap;
  }
  .failed .copied {
    color: var(--_bad);
  }
  .actions [aria-disabled='true'] {
    opacity: 0.5;
    cursor: default;
  }
  .rename {
    display: flex;
    flex-wrap: wrap;
    gap: 0.4rem;
  }
  .rename input {
    flex: 1 1 20rem;
  }
  /* Without a pointer that hovers they have a place of their own, below the status: it matters more than what was said last. */
  @media (hover: none) {
    /* A long touch is no other way to select what a mouse does not. */
    session-list-row {
      -webkit-user-select: none;
      user-select: none;
    }
    form {
      -webkit-user-select: text;
      user-select: text;
    }
    .detail {
      grid-column: 1;
    }
    .actions {
      position: relative;
      inset: auto;
      grid-area: 3 / 2;
      align-self: center;
      margin-block: -0.35rem -0.4rem;
      margin-inline-end: -0.5rem;
      background: none;
      box-shadow: none;
      opacity: 1;
    }
    /* Many are meant now. */
    session-list-row:has(.mark) .actions {
      display: none;
    }
    .actions button {
      inline-size: 2.25rem;
      min-block-size: 2.25rem;
    }
  }
  @media (forced-colors: active) {
    session-list-row:has([aria-current='true']) {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
    .actions {
      background: Canvas;
    }
  }
`;

const rest = css`
  .skeleton {
    display: grid;
    gap: 0.6rem;
    padding: 0.8rem 0.65rem;
  }
  .skeleton i {
    block-size: 0.8rem;
    inline-size: 70%;
    border-radius: 4px;
    background: var(--_line);
    animation: breathe 1.4s ease-in-out infinite alternate;
  }
  .skeleton i + i {
    block-size: 0.6rem;
    inline-size: 40%;
  }
  @keyframes breathe {
    to {
      opacity: 0.45;
    }
  }
  dialog {
    inline-size: min(24rem, calc(100vw - 2rem));
    padding: 1.25rem;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) + 2px);
    background: var(--_surface);
    color: inherit;
    box-shadow: 0 20px 60px rgb(0 0 0 / 30%);
  }
  dialog::backdrop {
    background: rgb(10 12 18 / 45%);
  }
  dialog p {
    margin: 0 0 1.25rem;
    overflow-wrap: anywhere;
  }
  .end {
    justify-content: flex-end;
  }
`;

export const styles = [tokens, controls, statusStyles, list, row, rest];
