/** Which names this server goes by, and which pages may connect to it. */
export interface Origins {
  /** Whether a request with these `Host` headers is meant for this server: there must be exactly one. */
  isOwnHost(headers: readonly string[] | undefined): boolean;
  /** Whether a WebSocket with these `Origin` headers may come in: none at all (no browser), or one from the list. */
  isAllowed(headers: readonly string[] | undefined): boolean;
  /** Where a page that was asked for under this `Host` finds its WebSocket: sources for `connect-src`. */
  socketSources(host: string): readonly string[];
}

export interface Names {
  /** What the server listens on. */
  readonly host: string;
  /** The port that it was given in the end. */
  readonly port: number;
  /** Further origins, as `https://example.org`. */
  readonly origins: readonly string[];
}

/** These name every interface of a machine, and so no server. */
export const isUnspecified = (host: string): boolean => ['0.0.0.0', '::', '[::]'].includes(host);

/** A host as it is written in a URL: IPv6 addresses in brackets. */
export const urlHost = (host: string): string =>
  host.includes(':') && !host.startsWith('[') ? `[${host}]` : host.toLowerCase();

/**
 * The list is made of what the operator said and of nothing else. A page of another site can make a browser send any
 * `Host` that its own name resolves to (DNS rebinding), and `Origin` is compared with the list, never with `Host`.
 */
export const createOrigins = ({host, port, origins}: Names): Origins => {
  const names = ['127.0.0.1', 'localhost', '[::1]', ...(isUnspecified(host) ? [] : [urlHost(host)])];
  const hosts = new Set<string>();
  const allowed = new Set<string>();
  const sources = new Map<string, Set<string>>();

  const add = (url: URL, defaultPort: string): void => {
    allowed.add(url.origin);
    for (const name of [url.host, `${url.hostname}:${url.port || defaultPort}`]) {
      hosts.add(name);
      const scheme = url.protocol === 'https:' ? 'wss' : 'ws';
      sources.set(name, (sources.get(name) ?? new Set()).add(`${scheme}://${name}`));
    }
  };
  for (const name of names) add(new URL(`http://${name}:${port}`), '80');
  for (const origin of origins) {
    const url = new URL(origin);
    add(url, url.protocol === 'https:' ? '443' : '80');
  }

  return {
    isOwnHost: (headers) => headers?.length === 1 && hosts.has(headers[0]?.toLowerCase() ?? ''),
    isAllowed: (headers) =>
      headers === undefined || headers.length === 0 || (headers.length === 1 && allowed.has(headers[0] ?? '')),
    // The grammar of a policy has no IPv6 addresses; there the browser must understand 'self' for WebSockets.
    socketSources: (name) => [...(sources.get(name.toLowerCase()) ?? [])].filter((source) => !source.includes('[')),
  };
};
