import {css} from 'lit';

/** Images, and what stands in their place. Few texts have any: it comes with what is no message. */
export const imageStyles = css`
  .markdown img {
    max-inline-size: 100%;
    block-size: auto;
    border-radius: calc(var(--_radius) - 4px);
  }
  .markdown .image {
    white-space: normal;
    flex-wrap: wrap;
    justify-content: flex-start;
    max-inline-size: 100%;
    text-align: start;
  }
  /* A table scrolls: its rows need not be as high as the words are long. */
  .markdown td .image {
    flex-wrap: nowrap;
    white-space: nowrap;
  }
  .markdown .alt {
    color: var(--_muted);
  }
`;
