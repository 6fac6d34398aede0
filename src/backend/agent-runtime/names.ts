/**
 * The name of a session is made by whoever starts it, before the server has an id, and is all that links a message to
 * the session that comes of it. Ours holds the id that the page made, so that any page finds it again.
 */
export const nameOf = (session: string, words: string): string => {
  const slug = words
    // An accent is a sign of its own then, which goes.
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    // The server allows 60 characters, of which the id takes 32.
    .slice(0, 27)
    .replace(/^-+|-+$/g, '');
  return `${slug || 'chat'}-${session.replaceAll('-', '')}`;
};

const OURS = /^(.*)-([0-9a-f]{8})([0-9a-f]{4})(4[0-9a-f]{3})([89ab][0-9a-f]{3})([0-9a-f]{12})$/;

/** The id that a page made for the session of this name. */
export const pageIdOf = (name: string): string | undefined => OURS.exec(name)?.slice(2).join('-');

export const titleOf = (name: string): string => OURS.exec(name)?.[1] ?? name;
