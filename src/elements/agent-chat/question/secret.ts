/** Words, in some languages, for what nobody should write where it is kept. */
const SECRET =
  /pass(word|wort|code|phrase)|secret|token|credential|kennwort|api.?key|(private|access|ssh).?key|\b(pin|otp|2fa)\b|mot de passe|contrase|senha|密码|パスワード/iu;

/** Whether a field seems to ask for a secret: an agent can name it as it likes, so this finds what is honest or careless. */
export const looksSecret = (...names: readonly string[]): boolean => names.some((name) => SECRET.test(name));
