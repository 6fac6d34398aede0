import type {Strings} from '../context/strings.ts';

/** What the place where a text is shown gives to those who draw it. */
export interface Drawing {
  readonly strings: Strings;
  /** The address, if a link may lead there. */
  readonly href: (address: string) => string | undefined;
  /** A button that copies; `text` is asked when it is pressed. */
  readonly copyButton: (text: () => string) => unknown;
  /** Hosts whose images are loaded without a question, as `example.org` or, with a port, `example.org:8080`. */
  readonly imageHosts: readonly string[];
}
