import {css} from 'lit';
import {controls, tokens} from '../shared/styles.ts';

const badge = css`
  :host {
    display: inline-flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem;
    background: none;
    --_size: calc(var(--session-font-size, 0.9375rem) * 0.867);
  }
  .word {
    --_mark: var(--_muted);
    display: inline-flex;
    align-items: center;
    gap: 0.5em;
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
  }
  .word::before {
    content: '';
    flex: none;
    inline-size: 0.55rem;
    block-size: 0.55rem;
    box-sizing: border-box;
    border: 2px solid var(--_mark);
    border-radius: 50%;
  }
  .open {
    --_mark: var(--_good);
  }
  .open::before {
    background: var(--_mark);
  }
  .connecting::before {
    border-inline-end-color: transparent;
    animation: turn 0.9s linear infinite;
  }
  .waiting {
    --_mark: var(--_warn);
    color: var(--_warn);
  }
  .refused {
    --_mark: var(--_bad);
    color: var(--_bad);
  }
  .refused::before {
    background: var(--_mark);
    border-radius: 2px;
  }
  button {
    min-block-size: 1.75rem;
    padding-block: 0.1rem;
  }
  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }
`;

export const styles = [tokens, controls, badge];
