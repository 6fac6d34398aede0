/** So far it is looked for a letter: a browser would look through all of a text, again and again while it grows. */
const LOOKED_AT = 2_000;

const RIGHT_TO_LEFT =
  /^[^\p{L}]*[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/** In which direction a text is read, by its first letter. */
export const directionOf = (text: string): 'ltr' | 'rtl' =>
  RIGHT_TO_LEFT.test(text.slice(0, LOOKED_AT)) ? 'rtl' : 'ltr';
