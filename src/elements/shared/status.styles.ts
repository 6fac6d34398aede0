import {css} from 'lit';

/** The status of a session: a mark before its word, told apart by shape as well. */
export const statusStyles = css`
  .status {
    --_mark: var(--_muted);
  }
  .status::before {
    content: '';
    display: inline-block;
    vertical-align: -0.04em;
    margin-inline-end: 0.45em;
    inline-size: 0.55rem;
    block-size: 0.55rem;
    box-sizing: border-box;
    border: 2px solid var(--_mark);
    border-radius: 50%;
  }
  .status.pending,
  .status.running,
  .status.stopping {
    --_mark: var(--_accent);
  }
  /* A ring with a core. It stands still: a mark that moves has the page drawn in every frame as long as anything runs. */
  .status.running::before {
    padding: 1px;
    border-width: 1.5px;
    background: var(--_mark) content-box;
  }
  .status.waiting {
    --_mark: var(--_warn);
    color: var(--_warn);
    font-weight: 600;
  }
  .status.finished {
    --_mark: var(--_good);
  }
  .status.failed {
    --_mark: var(--_bad);
    color: var(--_bad);
  }
  .status:is(.waiting, .finished, .failed)::before {
    background: var(--_mark);
  }
  .status:is(.stopped, .failed)::before {
    border-radius: 2px;
  }
`;
