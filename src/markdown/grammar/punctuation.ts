/** What `uc.micro` lists character by character, in the browser's own words. */
export const P = /\p{P}/u;
export const S = /\p{S}/u;
