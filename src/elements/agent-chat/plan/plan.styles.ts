import {css} from 'lit';

/** A plan where it was told, and the one that is at work above the box. */
export const planStyles = css`
  agent-chat-item[data-kind='plan']:empty {
    display: none;
  }
  .plan {
    display: grid;
    gap: 0.35rem;
    list-style: none;
  }
  .plan li {
    display: flex;
    gap: 0.5rem;
  }
  .plan svg {
    margin-block-start: 0.2em;
  }
  .plan .done {
    color: var(--_muted);
  }
  .plan .done svg {
    color: var(--_good);
  }
  .plan .running svg,
  .pinned .running > svg:first-child {
    color: var(--_accent);
  }

  /* The steps open upwards, so that the line stays under the pointer. */
  .pinned {
    display: flex;
    flex-direction: column-reverse;
    /* In a low chat the steps give way before the box does, the line does not. */
    flex-shrink: 999;
    min-block-size: calc(2rem + 4px);
    margin-block-end: 0.5rem;
    border: 1px solid var(--_line);
    border-block-start: 0;
    border-radius: var(--_radius);
    overflow: hidden;
    font-size: var(--_small);
  }
  .pinned button {
    flex: none;
    justify-content: flex-start;
    gap: 0.5rem;
    border: 0;
    border-radius: 0;
    padding-inline: 0.75rem;
    text-align: start;
  }
  .pinned button:focus-visible {
    outline-offset: -2px;
  }
  .pinned ul:focus-visible {
    outline-offset: -4px;
  }
  .pinned .so-far {
    flex: none;
    font-variant-numeric: tabular-nums;
  }
  .pinned button > :is(.what, svg) {
    color: var(--_muted);
  }
  .pinned button > svg:last-child {
    margin-inline-start: auto;
    rotate: -90deg;
  }
  .pinned [aria-expanded='true'] > svg:last-child {
    rotate: 90deg;
  }
  .pinned progress {
    appearance: none;
    flex: none;
    inline-size: 100%;
    block-size: 2px;
    border: 0;
    background: var(--_line);
    color: var(--_accent);
  }
  .pinned progress::-webkit-progress-bar {
    background: var(--_line);
  }
  .pinned progress::-webkit-progress-value {
    background: var(--_accent);
  }
  .pinned progress::-moz-progress-bar {
    background: var(--_accent);
  }
  .pinned ul {
    border-block-start: 1px solid var(--_line);
    max-block-size: min(12rem, 30dvh);
    overflow: auto;
    overscroll-behavior: contain;
    padding: 0.6rem 0.75rem;
    overflow-wrap: anywhere;
    scrollbar-width: thin;
  }
  @media (forced-colors: active) {
    :is(.plan, .pinned) svg {
      forced-color-adjust: auto;
    }
    .pinned {
      border-block-start: 1px solid;
    }
    .pinned ul {
      border-block-start: 0;
    }
    .pinned progress {
      forced-color-adjust: none;
      background: Canvas;
    }
    .pinned progress::-webkit-progress-bar {
      background: Canvas;
    }
    .pinned progress::-webkit-progress-value {
      background: Highlight;
    }
    .pinned progress::-moz-progress-bar {
      background: Highlight;
    }
  }
`;
