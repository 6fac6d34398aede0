import {css} from 'lit';

/** What is said below a message, and its small buttons. */
export const messageBelowStyles = css`
  .small {
    min-block-size: 1.75rem;
    padding: 0.1rem 0.6rem;
    font-size: var(--_small);
  }
  .mark {
    color: var(--_muted);
    font-size: var(--_small);
    font-style: italic;
  }
  .delivery.failed {
    color: var(--_bad);
  }
  .badge {
    padding: 0.05rem 0.55rem;
    border: 1px dashed var(--_muted);
    border-radius: 99px;
  }
`;
