import {css} from 'lit';

export const composerAidsStyles = css`
  .composer textarea.long {
    field-sizing: fixed;
    block-size: 14rem;
  }
  .hint.bad {
    color: var(--_bad);
  }
`;
