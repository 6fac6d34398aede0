import {css} from 'lit';

/** What is said below a message, and its small buttons. */
export const messageBelowStyles = css`
  .small {
    min-block-size: 1.75rem;
    padding: 0.1rem 0.6rem;
    font-size: var(--_small);
  }
  /* What is selected and copied is the text. */
  .markdown :is(button, figcaption) {
    user-select: none;
  }
  .mark {
    color: var(--_muted);
    font-size: var(--_small);
    font-style: italic;
  }
  .delivery.failed {
    color: var(--_bad);
  }
  /* Over the edge of its message, so that none takes more room; where nothing can hover, for the one that is touched. */
  .message-tools {
    position: absolute;
    inset-block-start: -1.35rem;
    inset-inline-end: 0;
    display: flex;
    gap: 0 0.25rem;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) - 3px);
    background: var(--_surface);
    opacity: 0;
    pointer-events: none;
  }
  .message:hover .message-tools,
  .message-tools:focus-within {
    opacity: 1;
    pointer-events: auto;
  }
  .message-tools .copying {
    margin: 0;
  }
  .badge {
    padding: 0.05rem 0.55rem;
    border: 1px dashed var(--_muted);
    border-radius: 99px;
  }
`;
