import {css} from 'lit';

/** The head of many calls, calls inside of calls, and the sessions that they have started. */
export const toolStyles = css`
  .run {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 0.75rem;
    padding-inline: 0.75rem;
    border-radius: calc(var(--_radius) - 3px);
    background: var(--_raised);
    font-size: var(--_small);
  }
  .run .row {
    inline-size: auto;
    padding-inline: 0;
    border-color: transparent;
    background: transparent;
    font-weight: 600;
  }
  .run > .counts {
    display: inline-flex;
    align-items: center;
    gap: 0.4em;
    padding-block: 0.25rem;
    color: var(--_muted);
  }
  .run > .bad svg {
    color: var(--_bad);
  }
  .run + .tool {
    margin-block-start: 0.35rem;
  }
  .tool.depth-2 {
    margin-inline-start: 2.5rem;
  }
  .tool.depth-3 {
    margin-inline-start: 3.75rem;
  }
  .tool.depth-4 {
    margin-inline-start: 5rem;
  }
  .child {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 0.75rem;
    padding: 0 0.75rem 0.4rem;
    font-size: var(--_small);
  }
  .child button {
    justify-content: flex-start;
    margin-inline-start: -0.6rem;
    color: var(--_accent);
    text-align: start;
    overflow-wrap: anywhere;
  }
`;
