import {css} from 'lit';

/** The room: a column that scrolls, and below it the place to write. */
export const chatStyles = css`
  :host {
    --_column: var(--session-column, 46rem);
    --_inset: max(1rem, (100% - var(--_column)) / 2);
    /* For the button that finds, where no room is left for it beside the column. */
    --_strip: clamp(0rem, (var(--_column) + 6.5rem - 100%) * 999, 2.5rem);
    display: flex;
    flex-direction: column;
    block-size: 100%;
    min-block-size: 16rem;
    max-block-size: 100dvh;
    min-inline-size: 0;
    position: relative;
    overflow: hidden;
  }
  p {
    margin: 0;
  }
  .items {
    display: contents;
  }
  /* What is below it gives way only when of the conversation little more than a line is left. */
  .scroller {
    flex: 1 99999 auto;
    min-block-size: 3rem;
    overflow: hidden auto;
    overscroll-behavior: contain;
    overflow-anchor: none;
    margin-block-start: var(--_strip);
  }
  .column {
    display: flex;
    flex-direction: column;
    gap: 0.75rem;
    min-block-size: 100%;
    padding-block: 1rem 1.5rem;
    padding-inline: var(--_inset);
  }
  .foot,
  .foot > div {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
  }
  .foot {
    overflow: hidden auto;
  }
  /* Both have the gutter, so that both have one middle. */
  .scroller,
  .foot {
    scrollbar-width: thin;
    scrollbar-gutter: stable both-edges;
  }
  .foot > div {
    padding-block: 0 1rem;
    padding-inline: var(--_inset);
  }

  .empty {
    margin: auto;
    padding: 1.5rem;
    max-inline-size: 26rem;
    text-align: center;
    text-wrap: balance;
    color: var(--_muted);
  }
  .empty svg {
    inline-size: 2rem;
    block-size: 2rem;
    color: var(--_accent);
  }
  .greeting {
    margin-block: 0.5rem 0.25rem;
    font-size: 1.25em;
    font-weight: 600;
    color: var(--_text);
  }

  .skeleton {
    display: grid;
    gap: 0.75rem;
  }
  .skeleton i {
    block-size: 0.9rem;
    border-radius: 6px;
    background: var(--_line);
    animation: breathe 2s ease-in-out infinite;
  }
  .skeleton i:first-child {
    justify-self: end;
    inline-size: 45%;
    block-size: 2.6rem;
    border-radius: var(--_radius);
    margin-block-end: 0.75rem;
  }
  .skeleton i:last-child {
    inline-size: 62%;
  }

  .working {
    display: flex;
    align-items: center;
    gap: 0.6em;
    color: var(--_muted);
    font-size: var(--_small);
  }
  .working:empty {
    display: none;
  }
  .working::before {
    content: '';
    flex: none;
    inline-size: 0.5rem;
    block-size: 0.5rem;
    border-radius: 50%;
    background: var(--_accent);
    animation: breathe 1.6s ease-in-out infinite;
  }

  @keyframes breathe {
    50% {
      opacity: 0.4;
    }
  }
`;
