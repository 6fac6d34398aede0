import {css} from 'lit';

export const unreadStyles = css`
  .unread {
    display: flex;
    align-items: center;
    gap: 0.75rem;
    color: var(--_accent);
    font-size: var(--_small);
    font-weight: 600;
  }
  .unread::before,
  .unread::after {
    content: '';
    flex: 1;
    border-block-start: 1px solid;
  }
`;
