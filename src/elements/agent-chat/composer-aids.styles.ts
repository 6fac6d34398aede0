import {css} from 'lit';

export const composerAidsStyles = css`
  .composer textarea.long {
    field-sizing: fixed;
    block-size: 14rem;
  }
  .bar .stopping svg {
    animation: breathe 1.2s ease-in-out infinite;
  }
  .hint {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25rem 0.6rem;
    padding: 0 0.25rem 0.5rem;
    color: var(--_muted);
    font-size: var(--_small);
  }
  .hint.warn {
    color: var(--_warn);
  }
  .hint.bad {
    color: var(--_bad);
  }
  @media (forced-colors: active) {
    .working[class]::before {
      background: CanvasText;
    }
  }
`;
