let tell = (): void => {};

/** Resolves once a provider's page has something to show, or nothing to wait for. What is not needed before loads then. */
export const firstContent = new Promise<void>((resolve) => (tell = resolve));

export const contentIsThere = (): void => tell();
