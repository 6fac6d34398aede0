import {css} from 'lit';
import {controls, tokens} from '../shared/styles.ts';

const toasts = css`
  :host {
    position: fixed;
    inset-block-start: max(1rem, env(safe-area-inset-top));
    inset-inline-end: max(1rem, env(safe-area-inset-right));
    z-index: var(--session-notices-layer, 1000);
    inline-size: min(24rem, calc(100vw - 2rem));
    background: none;
    --_size: calc(var(--session-font-size, 0.9375rem) * 0.867);
    pointer-events: none;
  }
  .stack {
    display: grid;
    gap: 0.5rem;
  }
  .stack:has(*) + .stack {
    margin-block-start: 0.5rem;
  }
  .notice {
    --_mark: var(--_accent);
    display: flex;
    align-items: center;
    gap: 0.5rem;
    padding-block: 0.4rem;
    padding-inline: 0.75rem 0.35rem;
    border: 1px solid var(--_line);
    border-inline-start: 4px solid var(--_mark);
    border-radius: var(--_radius);
    background: var(--_surface);
    box-shadow: 0 8px 30px rgb(0 0 0 / 18%);
    pointer-events: auto;
    animation: rise 200ms cubic-bezier(0.2, 0, 0, 1);
  }
  .finished {
    --_mark: var(--_good);
  }
  .waiting {
    --_mark: var(--_warn);
  }
  .problem,
  .failed {
    --_mark: var(--_bad);
  }
  p {
    flex: 1;
    margin: 0;
    min-inline-size: 0;
    overflow-wrap: anywhere;
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 4;
    overflow: hidden;
  }
  button {
    flex: none;
  }
  [part='notice-desktop'] {
    margin-block-start: 0.5rem;
    box-shadow: 0 8px 30px rgb(0 0 0 / 18%);
    pointer-events: auto;
  }
  @keyframes rise {
    from {
      translate: 0 -0.75rem;
    }
  }
`;

export const styles = [tokens, controls, toasts];
