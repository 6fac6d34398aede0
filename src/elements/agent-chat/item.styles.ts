import {css} from 'lit';

/** The entries of a conversation: a person's words in bubbles, the agent's as text. */
export const itemStyles = css`
  agent-chat-item {
    display: block;
    min-inline-size: 0;
    overflow-wrap: anywhere;
    /* A browser lays it out, and looks for what has moved, without the others. */
    contain: layout style;
  }
  agent-chat-item[data-from='mine']:not(:first-child),
  agent-chat-item[data-from='mine'] + agent-chat-item {
    margin-block-start: 0.5rem;
  }
  .body {
    white-space: pre-wrap;
  }
  .author,
  .delivery {
    color: var(--_muted);
    font-size: var(--_small);
  }

  .message {
    position: relative;
  }
  .author {
    margin-block-end: 0.15rem;
    font-weight: 600;
  }
  .mine {
    display: flex;
    flex-direction: column;
    align-items: flex-end;
  }
  .mine .author,
  agent-chat-item[data-from='agent'] + agent-chat-item[data-from='agent'] .author {
    display: none;
  }
  .mine .body {
    inline-size: fit-content;
    max-inline-size: min(85%, 36rem);
    padding: 0.55rem 0.9rem;
    border-radius: calc(var(--_radius) * 1.6);
    border-end-end-radius: 4px;
    background: var(--_accent-soft);
  }
  .other {
    padding: 0.6rem 0.9rem;
    border-inline-start: 3px solid var(--_line);
    border-radius: 4px;
    background: var(--_raised);
  }
  .delivery {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: 0.15rem 0.5rem;
    padding-block-start: 0.25rem;
    text-align: end;
  }
  /* Most sends are confirmed before it appears, and none moves what is below. */
  .sending {
    position: absolute;
    inset-block-start: 100%;
    padding-block-start: 0.15rem;
    font-size: 0.75rem;
    line-height: 1;
    animation: appear 200ms 600ms backwards;
  }

  @keyframes appear {
    from {
      opacity: 0;
    }
  }
`;
