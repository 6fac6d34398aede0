import {css, unsafeCSS} from 'lit';

/** Apart, because the check of the templates cannot read it. */
const ITEM_WITH_TASK = unsafeCSS('.markdown li:has(> .task)');

/** A text in Markdown, in the tokens of the element around it. */
export const markdownStyles = css`
  .markdown {
    white-space: normal;
    min-inline-size: 0;
  }
  .markdown > div {
    display: flow-root;
    /* Its size when it was seen last. */
    contain-intrinsic-block-size: auto 30rem;
  }
  .markdown > .resting {
    content-visibility: auto;
  }
  .markdown :is(p, ul, ol, blockquote, figure, h3, h4, h5, h6, pre) {
    margin: 0;
    padding: 0;
  }
  /* Not '* + *': for that a browser looks after all that stands behind whatever comes or goes anywhere in the chat. */
  .markdown > div > :not(:first-child),
  .markdown > div:not(:first-child),
  .markdown :is(blockquote, li) > :not(:first-child) {
    margin-block-start: 0.75em;
  }
  .markdown p {
    white-space: pre-line;
    unicode-bidi: plaintext;
  }
  /* Beside its mark, whichever way it is read. */
  .markdown li > p {
    text-align: match-parent;
    text-align: -webkit-match-parent;
  }
  .markdown :is(h3, h4, h5, h6) {
    line-height: 1.3;
    font-size: 1em;
    font-weight: 650;
  }
  .markdown > div > :is(h3, h4, h5, h6):not(:first-child) {
    margin-block-start: 1.2em;
  }
  .markdown .level-1 {
    font-size: 1.4em;
  }
  .markdown .level-2 {
    font-size: 1.22em;
  }
  .markdown .level-3 {
    font-size: 1.08em;
  }
  .markdown .level-6 {
    color: var(--_muted);
  }
  .markdown a {
    color: var(--_accent);
    text-underline-offset: 0.15em;
    unicode-bidi: isolate;
  }
  .markdown :is(ul, ol) {
    padding-inline-start: 1.6em;
  }
  .markdown :is(li:not(:first-child), li > :is(ul, ol)) {
    margin-block-start: 0.25em;
  }
  .markdown .loose > li:not(:first-child) {
    margin-block-start: 0.75em;
  }
  .markdown li::marker {
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
  }
  ${ITEM_WITH_TASK} {
    list-style: none;
  }
  .markdown .task > input {
    margin-inline: -1.45em 0.5em;
    padding: 0;
    vertical-align: -0.1em;
    accent-color: var(--_accent);
  }
  .markdown blockquote {
    padding-inline-start: 0.9em;
    border-inline-start: 3px solid var(--_line);
    color: var(--_muted);
  }
  .markdown hr {
    inline-size: 100%;
    margin-inline: 0;
    border: 0;
    border-block-start: 1px solid var(--_line);
  }
  .markdown code {
    font: 0.9em var(--_mono);
  }
  .markdown :not(pre) > code {
    padding: 0.1em 0.3em;
    border-radius: 4px;
    background: var(--_sunken);
    white-space: break-spaces;
  }
  /* Until what draws code and tables has come. */
  .markdown .box {
    white-space: pre-wrap;
  }
  .markdown .box > * {
    white-space: normal;
  }
`;
